"""Step 3, the sheets of the photograph: one for the whole, one an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.urls import reverse

from apps.core.figures.svg import Svg
from apps.core.typography import count, join_list, nbsp
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.target.figures import coverage
from apps.methodology.target.figures.coverage import Photo, Six
from apps.methodology.tools.photograph import CELLS, PILLARS, SCALES, STAGES, cell

WHOLE = "L’association dans son ensemble"
REMOVED = "Activité retirée de la carte"
OF_PILLARS = {
    "human": "des richesses humaines",
    "financial": "des ressources financières",
    "alliances": "des alliances",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet in the list: ``scope`` is the key of its activity, "" for the whole."""

    row: Row
    scope: str
    title: str
    url: str
    filled: int
    is_double: bool


def scope_of(row: Row) -> str:
    return str(row.get("activity") or "")


def scopes(sheet: Sheet) -> dict[str, str]:
    """What a sheet or a year can be about, in order: key → name, "" for the whole."""
    return {"": WHOLE, **{str(row.id): row.title for row in sheet.rows("activity")}}


def cards(sheet: Sheet) -> list[Card]:
    """The whole first, then as the map of activities; those of a removed activity last."""
    known, seen = scopes(sheet), set[str]()
    ranks = {scope: rank for rank, scope in enumerate(known)}
    made = []
    for row in sorted(sheet.rows("photograph"), key=lambda row: ranks.get(scope_of(row), len(ranks))):
        scope = scope_of(row)
        filled = sum(bool(row.get(field.code)) for field in CELLS)
        url = reverse("method:item", args=[sheet.engagement.pk, row.id])
        made.append(Card(row, scope, known.get(scope, REMOVED), url, filled, scope in seen))
        seen.add(scope)
    return made


def missing(sheet: Sheet) -> list[str]:
    """The scopes without a sheet; an activity that nobody named cannot be chosen yet."""
    held = {scope_of(row) for row in sheet.rows("photograph")}
    named = [str(row.id) for row in sheet.rows("activity") if row.versions.get("title")]
    return [scope for scope in ("", *named) if scope not in held]


def picture(made: Sequence[Card]) -> Svg | None:
    return coverage.draw([Photo(card.title, cells_of(card.row)) for card in made]) if made else None


def cells_of(row: Row) -> tuple[Six, Six, Six]:
    pillars = [
        tuple(bool(row.get(cell(pillar, scale, stage))) for scale, _ in SCALES for stage, _ in STAGES)
        for pillar, _ in PILLARS
    ]
    return cast(tuple[Six, Six, Six], tuple(pillars))


def sentences(made: Sequence[Card], lacking: int) -> list[str]:
    """The first one says what to see."""
    if not made:
        return ["La photographie commence par la fiche de l’ensemble."]
    begun = sum(card.filled > 0 for card in made)
    whole = next((card for card in made if not card.scope), None)
    said = [
        f"{count(begun, 'fiche commencée', 'fiches commencées')} sur {len(made)}."
        if begun
        else "Les fiches sont prêtes, rien n’y est encore écrit.",
        *(_blank(whole.row) if whole and whole.filled else []),
        f"{count(lacking, 'fiche manque', 'fiches manquent')} encore." if lacking else "",
    ]
    return [nbsp(sentence) for sentence in said if sentence]


def _blank(row: Row) -> list[str]:
    """What the sheet of the whole says nothing of, pillar by pillar."""
    return [
        f"Dans l’ensemble, rien n’est dit {OF_PILLARS[pillar]} {join_list(scales)}."
        for pillar, _ in PILLARS
        if (scales := [name for scale, name in SCALES if not _told(row.values, pillar, scale)])
    ]


def _told(values: Mapping[str, object], pillar: str, scale: str) -> bool:
    return any(values.get(cell(pillar, scale, stage)) for stage, _ in STAGES)
