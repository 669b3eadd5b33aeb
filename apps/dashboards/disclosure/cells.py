"""Exact cells, as the builder counts them, and published ones, as everybody reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

CellKey = tuple[str, str]  # row, column


class State(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"
    ZERO = "zero"  # nobody, of a characteristic that is no answer
    MISSING = "missing"  # nothing was asked or given there


@dataclass(frozen=True, slots=True)
class Exact:
    """A cell before protection.

    ``n``: associations that contribute, ``held`` of which gave their report to a funder. ``values``: ``mean`` (0–100);
    or ``total`` (euros), ``largest`` and ``second`` (the two largest contributions); or ``q1``, ``q2``, ``q3``.
    ``moved``: by earlier release (its identifier), how many associations came, left or changed between the
    contribution they had there and the one they have here.
    """

    n: int
    held: int = 0
    values: Mapping[str, Fraction] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "held": self.held,
            "values": {name: str(value) for name, value in self.values.items()},
            "moved": dict(self.moved),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Exact:
        values = {name: Fraction(value) for name, value in data["values"].items()}
        return cls(data["n"], data["held"], values, data["moved"])


@dataclass(frozen=True, slots=True)
class Published:
    """A cell after protection. ``n`` is to the nearest 5; ``values`` are whole numbers.

    ``since``: identifier of the release whose values these are.
    """

    state: State
    n: int = 0
    values: Mapping[str, int] = field(default_factory=dict)
    since: str = ""

    @property
    def is_shown(self) -> bool:
        return self.state is State.SHOWN

    def as_json(self) -> dict[str, Any]:
        if self.state is State.SHOWN:
            return {"state": "shown", "n": self.n, **self.values}
        if self.state is State.ZERO:
            return {"state": "zero", "n": 0}
        return {"state": str(self.state)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], since: str) -> Published:
        values = {name: value for name, value in data.items() if name not in ("state", "n")}
        return cls(State(data["state"]), data.get("n", 0), values, since)


HIDDEN = Published(State.HIDDEN)
ZERO = Published(State.ZERO)
MISSING = Published(State.MISSING)


@dataclass(frozen=True, slots=True)
class ExactTable:
    """``cells`` has every (row, column) of the table, also the empty ones. ``bases``: by row, the associations that could
    have been counted in it (the whole population for rows that are answers; those of the row in a distribution).
    ``shared``: where an association may be in several rows, by pair of rows and column, how many are in both.
    """

    key: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[CellKey, Exact]
    bases: Mapping[str, int]
    shared: Mapping[tuple[str, str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    key: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[CellKey, Published]
    reasons: Mapping[CellKey, str]

    def with_cells(
        self, cells: Mapping[CellKey, Published], reasons: Mapping[CellKey, str]
    ) -> ProtectedTable:
        return replace(self, cells={**self.cells, **cells}, reasons={**self.reasons, **reasons})

    @property
    def hidden(self) -> int:
        return sum(cell.state is State.HIDDEN for cell in self.cells.values())
