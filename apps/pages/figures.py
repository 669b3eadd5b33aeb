"""Figures of the public pages: published numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.catalogue.models import ReferencePoint, TrajectoryHorizon, TrajectoryRow
from apps.core.figures import efforts, emblem, units
from apps.core.figures.svg import Svg

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
    return efforts.draw(
        [efforts.Effort(row.name, tuple(shares(row, horizons)), row.fits_associations) for row in rows],
        [(horizon.label, horizon.name) for horizon in horizons],
    )
