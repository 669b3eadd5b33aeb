"""What a step still lacks, in plain words (pure). It tells, it never locks: a démarche may go on without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.typography import count
from apps.methodology.tools.photograph import CELLS

CELL = "cell"  # any of the eighteen cells of a photograph
YEARS_WANTED = 3
# Kind → the fields asked of its items.
ASKED: dict[str, tuple[str, ...]] = {
    "note": ("question", "mandate"),
    "meeting": ("title", "date", "step"),
    "activity": ("fragilities", "beneficiaries"),
    "photograph": tuple(field.code for field in CELLS),
    "year": ("year", "activity"),
    "agenda_point": ("concluded",),
    "target": ("balance",),
    "scenario": ("is_chosen",),
    "simulation": ("base_year", "years", "treasury", "equity"),
    "lever": ("decision", "conditions", "risks"),
    "partnership": (),
    "action": ("owner", "due", "progress"),
    "indicator": ("goal",),
    "reading": ("actual",),
    "review": ("date",),
    "pitch": ("need", "answer"),
}
# Of these the value counts; of the others, whether there is one.
VALUED: dict[str, tuple[str, ...]] = {
    "meeting": ("title", "date", "step"),
    "year": ("year",),
    "scenario": ("is_chosen",),
    "lever": ("decision",),
    "action": ("progress",),
}


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` items that say the same. ``said``: code → value of a ``VALUED`` field, True for another one filled."""

    kind: str
    said: Mapping[str, Any]
    number: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """``campaign``: of the association's diagnostic, "open", "closed" (a result can be read), or ""."""

    rows: Sequence[Row] = ()
    campaign: str = ""

    def of(self, kind: str, **wanted: Any) -> list[Row]:
        """Those of this kind whose fields have the values ``wanted``; None: not filled."""
        return [
            row
            for row in self.rows
            if row.kind == kind and all(row.said.get(code) == value for code, value in wanted.items())
        ]

    def number(self, kind: str, **wanted: Any) -> int:
        return sum(row.number for row in self.of(kind, **wanted))

    def has(self, kind: str, **wanted: Any) -> bool:
        return bool(self.of(kind, **wanted))


def missing(step: int, facts: Facts) -> list[str]:
    """Sentences, the first thing to do first; none when nothing we can see is missing."""
    return [sentence for sentence in STEPS[step](facts) if sentence]


def framing(facts: Facts) -> list[str]:
    undated = facts.number("meeting", date=None)
    return [
        "" if facts.has("note", question=True) else "La question à trancher n’est pas encore écrite.",
        "" if facts.has("note", mandate=True) else "Le mandat de la gouvernance n’est pas encore écrit.",
        "" if facts.has("meeting") else "Aucun rendez-vous n’est posé.",
        _lacking(undated, "rendez-vous", "rendez-vous", "date"),
    ]


def activities(facts: Facts) -> list[str]:
    if not facts.has("activity"):
        return ["Aucune activité n’est décrite."]
    return [
        _lacking(facts.number("activity", fragilities=None), "activité", "activités", "fragilité"),
        _lacking(facts.number("activity", beneficiaries=None), "activité", "activités", "bénéficiaires"),
    ]


def photograph(facts: Facts) -> list[str]:
    years = {row.said["year"] for row in facts.of("year", activity=None) if "year" in row.said}
    lacking = YEARS_WANTED - len(years)
    return [
        "" if facts.has("photograph", **{CELL: True}) else "Aucune fiche n’est remplie.",
        f"Il manque {count(lacking, 'exercice', 'exercices')} de comptes sur {YEARS_WANTED}."
        if lacking > 0
        else "",
    ]


def diagnosis(facts: Facts) -> list[str]:
    if facts.campaign != "closed":
        return [
            "La campagne d’auto-diagnostic n’est pas encore close : le résultat vient ensuite."
            if facts.campaign
            else "Aucune campagne d’auto-diagnostic ne nourrit encore cette démarche."
        ]
    if not facts.has("agenda_point"):
        return ["L’ordre du jour de l’atelier est vide."]
    return [_lacking(facts.number("agenda_point", concluded=None), "sujet", "sujets", "conclusion")]


def target(facts: Facts) -> list[str]:
    return [
        "" if facts.has("target", balance=True) else "L’équilibre visé n’est pas encore posé.",
        "" if facts.has("scenario") else "Aucun scénario n’est écrit.",
        "Aucun scénario n’est retenu."
        if facts.has("scenario") and not facts.has("scenario", is_chosen=True)
        else "",
    ]


def levers(facts: Facts) -> list[str]:
    if not facts.has("lever"):
        return ["Aucun levier n’est proposé."]
    if not facts.has("lever", decision="chosen"):
        return ["Aucun levier n’est retenu."]
    return [
        _lacking(
            facts.number("lever", decision="chosen", conditions=None),
            "levier retenu",
            "leviers retenus",
            "conditions de réussite",
        ),
        _lacking(
            facts.number("lever", decision="chosen", risks=None),
            "levier retenu",
            "leviers retenus",
            "risque écrit",
        ),
    ]


def roadmap(facts: Facts) -> list[str]:
    kept = [row for row in facts.of("action") if row.said.get("progress") != "dropped"]
    if not kept:
        return ["Aucune action n’est écrite."]
    alone = sum(row.number for row in kept if "owner" not in row.said)
    undated = sum(row.number for row in kept if "due" not in row.said)
    return [
        _lacking(alone, "action", "actions", "responsable"),
        _lacking(undated, "action", "actions", "échéance"),
    ]


def follow_up(facts: Facts) -> list[str]:
    return [
        "" if facts.has("indicator") else "Aucun indicateur n’est choisi.",
        _lacking(facts.number("indicator", goal=None), "indicateur", "indicateurs", "valeur visée"),
        "Aucun relevé n’est noté."
        if facts.has("indicator") and not facts.has("reading", actual=True)
        else "",
        "" if facts.has("review", date=True) else "Aucune revue n’est datée.",
        ""
        if facts.has("pitch", need=True, answer=True)
        else "Le pitch ne dit pas encore le besoin et votre réponse.",
    ]


def _lacking(number: int, singular: str, plural: str, what: str) -> str:
    """« 3 activités sans fragilité. », "" for none."""
    return f"{count(number, singular, plural)} sans {what}." if number else ""


STEPS: dict[int, Callable[[Facts], list[str]]] = {
    1: framing,
    2: activities,
    3: photograph,
    4: diagnosis,
    5: target,
    6: levers,
    7: roadmap,
    8: follow_up,
}
