"""What a scenario asks of the roadmap, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from apps.methodology.choosing.proposals import LESS, WAYS, Proposal, proposals
from apps.methodology.tools.follow_up import INDICATOR, READING
from apps.methodology.tools.roadmap import ACTION
from apps.methodology.tools.values import clean
from apps.simulator.plan import Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import SORTS
from apps.simulator.study import Study, study
from tests.methodology.roadmap.support import plainly

BASE = Base(
    2026,
    {"ventes": 6_000_000, "subv_region": 3_000_000, "payroll": 7_000_000, "purchases": 1_000_000},
    treasury=2_500_000,
)
TODAY = date(2026, 11, 27)
PILLARS = ("human", "financial", "alliances")


def one(sort: str, mid: str = "1000", starts: date | None = date(2027, 9, 1), **more: Any) -> Hypothesis:
    amounts = {code: Decimal(value) for code, value in more.pop("amounts", {}).items()}
    title = more.pop("title", "Le Port")
    return Hypothesis(str(uuid4()), sort, title, Decimal(mid), starts=starts, amounts=amounts, **more)


def studied(*hypotheses: Hypothesis) -> Study:
    return study(Plan("k", BASE, Settings(years=3), hypotheses), 100)


def found(*hypotheses: Hypothesis) -> list[Proposal]:
    return proposals("Grandir", studied(*hypotheses), TODAY)


def action(hypothesis: Hypothesis) -> dict[str, str]:
    return {code: plainly(text) for code, text in found(hypothesis)[0].fields.items()}


HIRING = {"fte": "0.5", "employer_rate": "40", "once": "1500", "aid": "7000"}


def test_hiring_is_an_action_due_the_day_the_post_begins() -> None:
    said = action(
        one("hiring", "24000", amounts=HIRING, low=Decimal(23000), high=Decimal(26000), title="Animatrice")
    )
    assert said["title"] == "Recruter « Animatrice »"
    assert (said["starts"], said["due"], said["pillar"]) == ("2027-05-01", "2027-09-01", "human")
    assert said["cost"] == "18300"  # 24 000 × 0,5 × 1,4 + 1 500
    assert (
        said["funding"]
        == "Aide au poste de 7 000 € par an (Subventions de l’État), le reste par l’association"
    )
    assert "Scénario retenu : Grandir." in said["notes"]
    assert (
        "Hypothèse, salaire brut par an : 24 000 € par an et par ETP, entre 23 000 et 26 000" in said["notes"]
    )
    assert "temps de travail : 0,5 ETP" in said["notes"]


def test_the_effect_told_is_the_simulators() -> None:
    hypothesis = one("hiring", "24000", amounts=HIRING)
    effect = studied(hypothesis).projection.effects[hypothesis.key]
    assert effect.result[0] == -(560_000 + 150_000) + 233_333
    assert "2027 : −4 767 €" in action(hypothesis)["notes"]


@pytest.mark.parametrize("sort", ["agreement", "funder_won", "funder_lost", "alliance"])
def test_what_must_stand_before_is_due_the_day_before(sort: str) -> None:
    said = action(one(sort, "100", date(2028, 1, 1), lasts=3, choices={"nature": "subv_region"}))
    assert said["due"] == "2027-12-31"
    assert (
        said["title"]
        == {
            "agreement": "Signer la convention « Le Port »",
            "funder_won": "Obtenir « Le Port »",
            "funder_lost": "Préparer la fin de « Le Port »",
            "alliance": "Conclure « Le Port »",
        }[sort]
    )


def test_an_investment_says_how_it_is_paid() -> None:
    amounts = {"term": "10", "borrowed": "20000", "loan_years": "5", "loan_rate": "3", "granted": "15000"}
    said = action(one("investment", "48000", amounts=amounts, title="Four à pain"))
    assert said["title"] == "Décider et financer « Four à pain »"
    assert said["cost"] == "48000"
    assert said["funding"] == "Emprunt 20 000 €, subvention d’équipement 15 000 € et trésorerie 13 000 €"


@pytest.mark.parametrize("sort", sorted(LESS))
def test_less_is_told_as_less(sort: str) -> None:
    amounts = {"fte": "-1", "employer_rate": "40"} if sort == "hiring" else {"each": "15"}
    said = action(one(sort, "24000" if sort == "hiring" else "-40", amounts=amounts))
    assert said["title"] == plainly(LESS[sort].title.format("« Le Port »"))
    assert "cost" not in said


def test_an_evolution_gives_no_action_but_an_indicator() -> None:
    hypothesis = one("indexation", "2", None, choices={"nature": "payroll"})
    made = found(hypothesis)
    assert [proposal.kind for proposal in made] == ["indicator"] * 3
    said = made[-1]
    assert said.fields["title"] == "Salaires et charges sociales"
    assert said.fields["start"] == "70000"
    assert [reading.planned for reading in said.readings] == ["71400", "72828", "74285"]


def test_result_and_months_of_cash_are_planned_at_each_years_end() -> None:
    told = studied().projection
    result, cash = found()
    assert [reading.on for reading in result.readings] == [date(year, 12, 31) for year in (2027, 2028, 2029)]
    assert [Decimal(reading.planned) * 100 for reading in result.readings] == list(told.results)
    assert (result.fields["start"], result.fields["start_on"]) == ("10000", "2026-12-31")
    assert (result.fields["goal"], result.fields["goal_on"]) == ("10000", "2029-12-31")
    assert [reading.planned for reading in cash.readings] == ["5.3", "6.8", "8.3"]
    assert cash.fields["start"] == "3.8"


def test_nothing_is_proposed_after_the_years_that_are_counted() -> None:
    assert [p.kind for p in found(one("hiring", amounts=HIRING, starts=date(2030, 1, 1)))] == [
        "indicator"
    ] * 2


def test_an_action_begins_neither_in_the_past_nor_after_its_due_date() -> None:
    said = action(one("hiring", amounts=HIRING, starts=None))
    assert (said["starts"], said["due"]) == (TODAY.isoformat(), "2027-01-01")
    late = proposals("G", studied(one("hiring", amounts=HIRING, starts=date(2027, 1, 1))), date(2027, 6, 1))
    assert late[0].fields["starts"] == late[0].fields["due"] == "2027-01-01"


@pytest.mark.parametrize("sort", sorted(set(SORTS) - {"indexation"}))
def test_every_sort_gives_an_action_that_the_fields_can_keep(sort: str) -> None:
    assert set(WAYS) == set(SORTS) - {"indexation"}
    amounts = {quantity.code: "7" for quantity in SORTS[sort].quantities}
    choices = {choice.code: choice.default or choice.codes[0] for choice in SORTS[sort].choices}
    hypothesis = one(sort, "30", title="Un nom très long " * 7, lasts=2, amounts=amounts, choices=choices)
    for proposal in found(hypothesis):
        kind = ACTION if proposal.kind == "action" else INDICATOR
        for code, value in proposal.fields.items():
            assert clean(kind.field(code), value, PILLARS) == value, (code, value)
        for reading in proposal.readings:
            assert clean(READING.field("planned"), reading.planned) == reading.planned


def test_notes_tell_only_what_has_an_effect() -> None:
    bare = action(one("hiring", "24000", amounts={"fte": "1", "employer_rate": "40"}))["notes"]
    assert "l’aide" not in bare
    assert "départ comprise" not in bare
    told = action(one("hiring", "24000", amounts=HIRING))["notes"]
    assert "d’où vient l’aide : subventions de l’État" in told
    assert "dépense de départ comprise" in told
