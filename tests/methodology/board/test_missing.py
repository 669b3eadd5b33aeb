"""What each step still lacks, from what the tools hold."""

from __future__ import annotations

import pytest

from apps.methodology.missing import ASKED, CELL, STEPS, VALUED, Facts, Row, missing
from apps.methodology.tools import KINDS

NOTE = Row("note", {"question": True, "mandate": True})


def plain(step: int, *rows: Row, campaign: str = "") -> list[str]:
    return [text.replace("\u00a0", " ") for text in missing(step, Facts(rows, campaign))]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (1, "Aucun rendez-vous n’est posé."),
        (2, "Aucune activité n’est décrite."),
        (3, "Aucune fiche n’est remplie."),
        (4, "Aucune campagne d’auto-diagnostic ne nourrit encore cette démarche."),
        (5, "L’équilibre visé n’est pas encore posé."),
        (6, "Aucun levier n’est proposé."),
        (7, "Aucune action n’est écrite."),
        (8, "Aucun indicateur n’est choisi."),
    ],
)
def test_an_empty_step_says_where_to_begin(step: int, told: str) -> None:
    assert told in plain(step)


@pytest.mark.parametrize(
    ("step", "rows", "campaign"),
    [
        (1, [NOTE, Row("meeting", {"title": "Bureau", "date": "2027-01-04"})], ""),
        (2, [Row("activity", {"fragilities": True, "beneficiaries": True}, 4)], ""),
        (
            3,
            [Row("photograph", {CELL: True}), *(Row("year", {"year": str(y)}) for y in (2024, 2025, 2026))],
            "",
        ),
        (4, [Row("agenda_point", {"concluded": True})], "closed"),
        (5, [Row("target", {"balance": True}), Row("scenario", {"is_chosen": True})], ""),
        (
            6,
            [Row("lever", {"decision": "chosen", "conditions": True, "risks": True}), Row("lever", {}, 9)],
            "",
        ),
        (7, [Row("action", {"owner": True, "due": True}), Row("action", {"progress": "dropped"})], ""),
        (
            8,
            [
                Row("indicator", {"goal": True}),
                Row("reading", {"actual": True}),
                Row("review", {"date": True}),
                Row("pitch", {"need": True, "answer": True}),
            ],
            "",
        ),
    ],
)
def test_a_full_step_lacks_nothing(step: int, rows: list[Row], campaign: str) -> None:
    assert plain(step, *rows, campaign=campaign) == []


@pytest.mark.parametrize(
    ("step", "rows", "told"),
    [
        (1, [NOTE, Row("meeting", {"title": "Bureau"}, 2)], ["2 rendez-vous sans date."]),
        (1, [Row("note", {"question": True})], ["Le mandat de la gouvernance n’est pas encore écrit.", "Aucun rendez-vous n’est posé."]),
        (2, [Row("activity", {"beneficiaries": True}), Row("activity", {"fragilities": True, "beneficiaries": True}, 3)], ["1 activité sans fragilité."]),
        (3, [Row("photograph", {CELL: True}), Row("year", {"year": "2025"}, 2), Row("year", {"year": "2024", "activity": True})], ["Il manque 2 exercices de comptes sur 3."]),
        (5, [Row("target", {"balance": True}), Row("scenario", {"is_chosen": False})], ["Aucun scénario n’est retenu."]),
        (6, [Row("lever", {"decision": "later"})], ["Aucun levier n’est retenu."]),
        (6, [Row("lever", {"decision": "chosen", "risks": True}, 2)], ["2 leviers retenus sans conditions de réussite."]),
        (7, [Row("action", {"owner": True}, 3), Row("action", {"due": True})], ["1 action sans responsable.", "3 actions sans échéance."]),
    ],
)  # fmt: skip
def test_what_is_half_written_is_counted(step: int, rows: list[Row], told: list[str]) -> None:
    assert plain(step, *rows) == told


def test_a_result_is_debated_before_the_step_lacks_nothing() -> None:
    assert "pas encore close" in plain(4, campaign="open")[0]
    assert plain(4, campaign="closed") == ["L’ordre du jour de l’atelier est vide."]
    assert plain(4, Row("agenda_point", {}, 2), campaign="closed") == ["2 sujets sans conclusion."]


def test_only_fields_that_exist_are_asked() -> None:
    for kind, codes in [*ASKED.items(), *VALUED.items()]:
        assert set(codes) <= set(KINDS[kind].by_code), kind
        assert set(codes) <= set(ASKED[kind]), kind
    assert set(STEPS) == set(range(1, 9))
