"""Figures of the public pages: published numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.catalogue.models import ReferencePoint, TrajectoryHorizon, TrajectoryRow
from apps.core.figures import emblem, units
from apps.core.figures.bars import Part, bar
from apps.core.figures.fills import filled
from apps.core.figures.palette import INK_SOFT, NEUTRAL
from apps.core.figures.svg import Element, Svg, text
from apps.core.microtypography import NARROW, NO_BREAK

WIDTH, BAR, SIZE, ROW = 480, 30, 16, 78
FILLS = ("solid", "hatch", "dots")
PILLAR_CODES = {"human": "A", "financial": "B", "alliances": "C"}
CASH = {
    "cash-under-3m-employers-2025-03": "associations employeuses",
    "cash-under-3m-non-employers-2025-03": "associations sans salarié",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A published percentage of a population, as a hundred squares."""

    point: ReferencePoint
    label: str
    figure: Svg


def cash(points: Iterable[ReferencePoint]) -> list[Share]:
    """The two published shares of the home page, employers first; nothing for one that is missing."""
    found = {point.code: point for point in points}
    return [
        Share(found[code], label, units.draw(units.Units(int(found[code].number or 0), label)))
        for code, label in CASH.items()
        if code in found
    ]


def signature(pillars: Sequence[str]) -> Svg:
    """The emblem with the pillars at play full; codes of the catalogue."""
    return emblem.signature({PILLAR_CODES[code] for code in pillars})


def shares(row: TrajectoryRow, horizons: Sequence[TrajectoryHorizon]) -> list[tuple[int, str]]:
    """(percentage, position) for each horizon, in order."""
    values = (row.months_18, row.years_7, row.years_28)
    return [(value, row.positions[horizon.code]) for value, horizon in zip(values, horizons, strict=True)]


def matrix(rows: Sequence[TrajectoryRow], horizons: Sequence[TrajectoryHorizon]) -> Svg:
    """One bar a row of the trajectory matrix, the three horizons in order."""
    cells = [[f"{value}{NARROW}%, {position}" for value, position in shares(row, horizons)] for row in rows]
    said = ". ".join(
        f"{row.name}{NO_BREAK}: " + ", ".join(f"{h.label} {c}" for h, c in zip(horizons, line, strict=True))
        for row, line in zip(rows, cells, strict=True)
    )
    body = [element for rank, row in enumerate(rows) for element in _row(row, rank * ROW)]
    return Svg(
        WIDTH,
        ROW * len(rows) + 24,
        f"Part de l’effort par horizon. {said}.",
        (*body, *_legend([h.label for h in horizons], ROW * len(rows))),
        ("Façon d’agir", *(f"{h.label}, {h.name.lower()}" for h in horizons)),
        tuple((row.name, *line) for row, line in zip(rows, cells, strict=True)),
    )


def _row(row: TrajectoryRow, y: float) -> list[Element]:
    weights = (row.months_18, row.years_7, row.years_28)
    parts = [Part(Fraction(value, 100), kind, NEUTRAL) for value, kind in zip(weights, FILLS, strict=True)]
    weight = 700 if row.fits_associations else 400
    return [text((0, y + 15), row.name, size=SIZE, font_weight=weight), *bar(parts, y + 23, WIDTH, BAR, SIZE)]


def _legend(labels: Sequence[str], y: float) -> list[Element]:
    drawn: list[Element] = []
    for rank, (label, kind) in enumerate(zip(labels, FILLS, strict=True)):
        x = rank * WIDTH / 3
        drawn += filled(kind, x, y, 24, 15, NEUTRAL)
        drawn.append(text((x + 32, y + 13), label, size=SIZE, fill=INK_SOFT))
    return drawn
