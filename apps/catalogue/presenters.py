"""What templates show of the catalogue: tags, the matrix, lists by family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from apps.catalogue.models import Fragility, FragilityFamily, Goal, Pillar, Resource

PILLAR_WORDS = {"human": "humaines", "financial": "financières", "alliances": "alliances"}


@dataclass(frozen=True, slots=True)
class Tag:
    """``css`` names a pillar (its colour and shape) or is empty; ``url`` may be empty."""

    label: str
    url: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A resource in a list: the resource, and its tags."""

    resource: Resource
    tags: list[Tag]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Of a goal: the weight of its link with the fragility ("" for none), and how many cases tell of both."""

    goal: Goal
    weight: str
    cases: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One cell a goal."""

    fragility: Fragility
    cells: list[MatrixCell]


@dataclass(frozen=True, slots=True)
class Family:
    family: FragilityFamily
    fragilities: list[Fragility]


class Page(Protocol):
    """Whatever has a title and an address."""

    @property
    def title(self) -> str: ...
    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Around:
    """The page before and the page after in a list; None at its ends."""

    before: Page | None
    after: Page | None


def pillar_tag(pillar: Pillar) -> Tag:
    return Tag(PILLAR_WORDS[pillar.code], css=pillar.code)


def tags(resource: Resource) -> list[Tag]:
    """Pillars, then fragilities, then goals."""
    return [
        *(pillar_tag(pillar) for pillar in resource.pillars.all()),
        *(Tag(fragility.name, fragility.get_absolute_url()) for fragility in resource.fragilities.all()),
        *(Tag(f"ODD\u00a0{goal.number}", goal.get_absolute_url()) for goal in resource.goals.all()),
    ]


def cards(resources: Iterable[Resource]) -> list[Card]:
    return [Card(resource, tags(resource)) for resource in resources]


def matrix(
    fragilities: Iterable[Fragility], goals: Iterable[Goal], cases: Mapping[tuple[str, str], int]
) -> list[MatrixRow]:
    """One row a fragility, one cell a goal, in the order given; ``cases``: (fragility, goal) → how many."""
    columns = list(goals)
    rows = []
    for fragility in fragilities:
        weights = {link.goal_id: link.weight for link in fragility.goal_links.all()}
        cells = [
            MatrixCell(goal, weights.get(goal.pk, ""), cases.get((fragility.pk, goal.pk), 0))
            for goal in columns
        ]
        rows.append(MatrixRow(fragility, cells))
    return rows


def by_family(fragilities: Iterable[Fragility]) -> list[Family]:
    ordered = sorted(fragilities, key=lambda f: (f.family.position, f.position))
    return [Family(family, list(group)) for family, group in groupby(ordered, key=lambda f: f.family)]


def around(rows: Iterable[Page], current: Page) -> Around:
    """The rows before and after this one, by place."""
    ordered = list(rows)
    place = ordered.index(current)
    before = ordered[place - 1] if place else None
    return Around(before, ordered[place + 1] if place + 1 < len(ordered) else None)
