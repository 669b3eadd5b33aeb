"""What attacks read: releases as everybody sees them, and the truth that only judges what was derived (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from apps.dashboards.disclosure.cells import CellKey, Exact

Json = dict[str, Any]
NATIONAL = ""


class Place(NamedTuple):
    """A cell, by its address."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Read:
    """A published cell. ``origin``: identifier of the release whose value it is."""

    state: str
    n: int
    values: Mapping[str, int | float]
    origin: str

    @property
    def is_shown(self) -> bool:
        return self.state == "shown"


@dataclass(frozen=True, slots=True)
class Precision:
    """How exact published numbers are: counts to the nearest ``rounding``, means within ``mean`` points.

    ``least``: what the published rules say a shown group counts at the very least, which every reader knows.
    """

    rounding: int = 5
    mean: Fraction = Fraction(1, 2)
    least: int = 0

    def count(self, n: int) -> tuple[Fraction, Fraction]:
        """Least and most that ``n`` may stand for."""
        low = n - self.rounding // 2
        high = low + self.rounding - 1
        return Fraction(min(max(low, self.least), high)), Fraction(high)


@dataclass(frozen=True, slots=True)
class Seen:
    """A release in reach. ``tables``: the protected JSON, by key, in order; ``since``: by table, « row/column » → release.

    ``quarter``: the slug that readers see. ``scope``: "" for the national one, a programme's identifier otherwise.
    """

    key: str
    scope: str
    quarter: str
    tables: Mapping[str, Json]
    since: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    precision: Precision = Precision()
    cells: dict[Place, Read] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Everything is looked up by address, many times over.
        object.__setattr__(self, "cells", dict(self._read()))

    def _read(self) -> Iterator[tuple[Place, Read]]:
        for key, table in self.tables.items():
            since = self.since.get(key, {})
            for row in table["rows"]:
                for column, cell in row["cells"].items():
                    values = {k: v for k, v in cell.items() if isinstance(v, int | float) and k != "n"}
                    origin = since.get(f"{row['key']}/{column}", self.key)
                    yield (
                        Place(key, row["key"], column),
                        Read(cell["state"], cell.get("n", 0), values, origin),
                    )

    def shown(self, place: Place) -> Read | None:
        cell = self.cells.get(place)
        return cell if cell is not None and cell.is_shown else None

    def places(self, table: str) -> list[Place]:
        return [place for place in self.cells if place.table == table]


@dataclass(frozen=True, slots=True)
class Truth:
    """``rows``: the list's own order, by table. ``members``: the campaigns it counts that some programme counts as well,
    ``outside``: how many others.
    """

    cells: Mapping[str, Mapping[CellKey, Exact]]
    bases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    outside: int = 0
    # By table, how many are in two rows at once: (row, other row, column).
    shared: Mapping[str, Mapping[tuple[str, str, str], int]] = field(default_factory=dict)

    @classmethod
    def from_json(
        cls, tables: Mapping[str, Json], members: frozenset[str] = frozenset(), outside: int = 0
    ) -> Truth:
        """Shape of ``models.ExactTable.exact``, by table."""
        cells = {
            key: {split(name): Exact.from_json(cell) for name, cell in table["cells"].items()}
            for key, table in tables.items()
        }
        return cls(
            cells,
            {key: table["bases"] for key, table in tables.items()},
            {key: table["rows"] for key, table in tables.items()},
            members,
            outside,
            {key: shared_of(table) for key, table in tables.items()},
        )

    def at(self, place: Place) -> Exact | None:
        return self.cells.get(place.table, {}).get((place.row, place.column))


def shared_of(table: Json) -> dict[tuple[str, str, str], int]:
    """A release built before they were counted has none."""
    found = {}
    for place, n in table.get("shared", {}).items():
        row, other, column = place.split("/")
        found[row, other, column] = n
    return found


def split(name: str) -> CellKey:
    """« 53/A » → its row and its column (the last part: a row's key may hold a slash)."""
    row, _, column = name.rpartition("/")
    return row, column


@dataclass(frozen=True, slots=True)
class Case:
    """``subject``: the release that is judged; ``others``: all that is published beside it, newest first."""

    subject: Seen
    others: Sequence[Seen]
    truths: Mapping[str, Truth]
    k: int = 11
    dominance: Fraction = Fraction(85, 100)
    p: Fraction | None = None

    @property
    def own(self) -> list[Seen]:
        """The earlier ones of the same scope."""
        return [other for other in self.others if other.scope == self.subject.scope]

    @property
    def foreign(self) -> list[Seen]:
        return [other for other in self.others if other.scope != self.subject.scope]

    def is_small(self, n: int, held: int = 0) -> bool:
        """A real group that may not be known: one of its members, or who holds reports, is left with fewer than k."""
        return 0 < n <= self.k + held

    def exact(self, seen: Seen, place: Place) -> Exact | None:
        """The truth behind what this cell says: that of the release whose value it is."""
        cell = seen.cells.get(place)
        return None if cell is None else self.at(cell.origin, place)

    def at(self, release: str, place: Place) -> Exact | None:
        truth = self.truths.get(release)
        return None if truth is None else truth.at(place)

    def moved(self, place: Place, one: str, other: str) -> int | None:
        """How many associations are between the two values of a cell; None when nobody counted it."""
        if one == other:
            return 0
        for newer, older in ((one, other), (other, one)):
            exact = self.at(newer, place)
            if exact is not None and older in exact.moved:
                return exact.moved[older]
        return None

    def told(self, place: Place) -> list[tuple[Seen, Read]]:
        """The different values of a cell ever shown in this scope, newest first."""
        found: dict[str, tuple[Seen, Read]] = {}
        for seen in (self.subject, *self.own):
            cell = seen.shown(place)
            if cell is not None:
                found.setdefault(cell.origin, (seen, cell))
        return list(found.values())
