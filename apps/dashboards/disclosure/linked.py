"""Two tables that share out the same population (attack A3): the sums of their visible cells, one minus the other.

A mean is whole: its sum is uncertain by half a point an association. Where that leaves less than ``ROOM`` points on a
group smaller than k, one more cell is held back. Twice as much is asked for: of a group near 0 or 100, half of the
interval is outside the scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from apps.dashboards.disclosure.cells import HIDDEN, CellKey, Exact, Published
from apps.dashboards.disclosure.rules import ROOM, Rules


@dataclass
class Side:
    """The cells of one column of one table; ``earlier``: what the cells held back show again."""

    table: str
    cells: dict[CellKey, tuple[Exact, Published]]
    earlier: Mapping[CellKey, Published]

    def visible(self) -> list[Exact]:
        return [exact for exact, cell in self.cells.values() if cell.is_shown]

    def missing(self, release: str) -> int:
        """Associations that the visible cells leave out, those that moved since a repeated value included."""
        return sum(
            exact.moved.get(cell.since, 0) if cell.is_shown else exact.n
            for exact, cell in self.cells.values()
            if cell.since != release
        )

    def smallest(self, release: str) -> tuple[int, CellKey] | None:
        fresh = [
            (exact.n, key)
            for key, (exact, cell) in self.cells.items()
            if cell.is_shown and cell.since == release and exact.n
        ]
        return min(fresh, default=None)


def is_leaky(one: Side, other: Side, rules: Rules, release: str) -> bool:
    """True when the difference may be a group under k whose mean would be known within ``ROOM`` points."""
    lost, lacking = one.missing(release), other.missing(release)
    if lost == lacking == 0:
        return False
    group = max(1, abs(lost - lacking))
    if group > rules.k:
        return False
    # Half a point each, both ways.
    return sum(exact.n for exact in (*one.visible(), *other.visible())) < 2 * ROOM * group


def is_told(group: int, counted: int, rules: Rules) -> bool:
    """True when a group, found by subtracting means of ``counted`` associations in all, is small and known too well."""
    return 0 < group < rules.need() and counted < 2 * ROOM * group


def leaky_pair(sides: Sequence[Side], rules: Rules, release: str) -> tuple[Side, Side] | None:
    return next((pair for pair in combinations(sides, 2) if is_leaky(*pair, rules, release)), None)


def held_back(sides: Sequence[Side], rules: Rules, release: str) -> Mapping[str, set[CellKey]]:
    """By table, the cells to hold back so that no pair of tables tells a small group."""
    held: dict[str, set[CellKey]] = {}
    while (pair := leaky_pair(sides, rules, release)) is not None:
        choices = [(found, side) for side in pair if (found := side.smallest(release))]
        if not choices:
            break
        (_, key), side = min(choices, key=lambda choice: choice[0])
        side.cells[key] = (side.cells[key][0], side.earlier.get(key, HIDDEN))
        held.setdefault(side.table, set()).add(key)
    return held
