"""What the library covers: public cases for each goal and each fragility, and what no case tells yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from django.urls import reverse

from apps.catalogue.models import Fragility, Goal
from apps.core.typography import count, join_list, number
from apps.webinars import selectors


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    goal: Goal
    total: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    fragilities: list[tuple[Fragility, int]]
    lines: list[Line]
    sentence: str
    gaps: str


def grid() -> Grid:
    """3 queries, whatever the number of cases."""
    goals, fragilities = list(Goal.objects.order_by("number")), list(Fragility.objects.all())
    tags = list(selectors.public().order_by().values_list("tags", flat=True))
    crossed, alone = counted(tags)
    lines = [
        Line(
            goal,
            alone[f"goal:{goal.number}"],
            [
                cell(goal, fragility, crossed[f"goal:{goal.number}", f"fragility:{fragility.pk}"])
                for fragility in fragilities
            ],
        )
        for goal in goals
    ]
    totals = [(fragility, alone[f"fragility:{fragility.pk}"]) for fragility in fragilities]
    return Grid(totals, lines, sentence(lines, len(tags)), gaps(lines, totals))


def counted(cases: Iterable[Sequence[str]]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Cases for each pair of a goal and a fragility, and for each of them alone."""
    crossed: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for tags in cases:
        goals = [tag for tag in tags if tag.startswith("goal:")]
        fragilities = [tag for tag in tags if tag.startswith("fragility:")]
        crossed.update(product(goals, fragilities))
        alone.update([*goals, *fragilities])
    return crossed, alone


def cell(goal: Goal, fragility: Fragility, found: int) -> Cell:
    query = urlencode({"goal": goal.number, "fragility": fragility.pk})
    return Cell(
        found,
        f"{reverse('webinars:library')}?{query}",
        f"{count(found, 'cas', 'cas')}, ODD {goal.number}, {fragility.name}",
    )


def sentence(lines: list[Line], cases: int) -> str:
    cells = [cell for line in lines for cell in line.cells]
    covered = sum(cell.count > 0 for cell in cells)
    return (
        f"{count(cases, 'cas public', 'cas publics')} : {number(covered)} croisements sur {number(len(cells))} "
        f"ont au moins un cas, {number(len(cells) - covered)} n’en ont aucun."
    )


def gaps(lines: list[Line], fragilities: list[tuple[Fragility, int]]) -> str:
    """Goals and fragilities that no case tells."""
    goals = [str(line.goal.number) for line in lines if not line.total]
    names = [f"« {fragility.name} »" for fragility, total in fragilities if not total]
    told = []
    if goals:
        told.append(f"aucun cas pour {'l’ODD' if len(goals) == 1 else 'les ODD'} {join_list(goals)}")
    if names:
        told.append(
            f"aucun pour {'la fragilité' if len(names) == 1 else 'les fragilités'} {join_list(names)}"
        )
    text = " ; ".join(told)
    return f"{text[0].upper()}{text[1:]}." if text else "Chaque ODD et chaque fragilité ont au moins un cas."
