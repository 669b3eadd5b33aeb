"""A protected table as it was stored (pure), and the words of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.microtypography import NARROW, NO_BREAK
from apps.core.typography import number
from apps.dashboards.quarters import Quarter

HIDDEN, MISSING = "masqué", "pas de donnée"
STATES = ("shown", "hidden", "zero", "missing")


@dataclass(frozen=True, slots=True)
class Cell:
    """``state``: one of STATES. ``since``: slug of the quarter whose value is repeated, or nothing."""

    state: str = "missing"
    n: int = 0
    values: Mapping[str, Any] | None = None
    since: str = ""

    @property
    def is_shown(self) -> bool:
        return self.state == "shown"

    def get(self, name: str) -> int | None:
        found = (self.values or {}).get(name)
        return found if isinstance(found, int) else None


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    labels: Mapping[str, str]
    cells: Mapping[str, Cell]

    @property
    def cell(self) -> Cell:
        """Of a table with one column."""
        return next(iter(self.cells.values()))

    @property
    def is_visible(self) -> bool:
        return any(cell.is_shown for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """``total``: of the visible rounded cells, or None where they do not add up."""

    key: str
    title: str
    says: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: int | None
    hidden: int

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells.values())

    def states(self) -> frozenset[str]:
        return frozenset(cell.state for cell in self.cells())

    def by_size(self) -> tuple[Row, ...]:
        """By published number, the largest first, then in the order of the list: the exact order would tell more."""
        order = {"shown": 0, "zero": 1, "hidden": 2, "missing": 3}
        place = {row.key: rank for rank, row in enumerate(self.rows)}
        return tuple(sorted(self.rows, key=lambda row: (order[row.cell.state], -row.cell.n, place[row.key])))


def read(data: Mapping[str, Any]) -> Table:
    columns = tuple((column["key"], column["label"]) for column in data["columns"])
    total = data.get("total")
    return Table(
        key=data["key"],
        title=data["title"],
        says=data["says"],
        kind=data["kind"],
        columns=columns,
        rows=tuple(_row(row, [key for key, _ in columns]) for row in data["rows"]),
        total=total["n"] if total else None,
        hidden=data["hidden"],
    )


def _row(data: Mapping[str, Any], columns: list[str]) -> Row:
    cells = {key: _cell(data["cells"].get(key, {"state": "missing"})) for key in columns}
    return Row(data["key"], data["label"], data.get("labels") or {}, cells)


def _cell(data: Mapping[str, Any]) -> Cell:
    values = {name: value for name, value in data.items() if name not in ("state", "n", "since")}
    return Cell(data["state"], data.get("n", 0), values, data.get("since", ""))


def text(cell: Cell, kind: str) -> str:
    """What the cell of a table says: « 45 », « 45 (15 %) », « 63 », « de 1 à 2 M€ », « masqué », « pas de donnée »."""
    if cell.state == "hidden":
        return HIDDEN
    if cell.state == "missing":
        return MISSING
    if cell.state == "zero":
        return "0"
    return _WRITE[kind](cell)


def _count(cell: Cell) -> str:
    share = cell.get("share")
    return number(cell.n) if share is None else f"{number(cell.n)} ({share}{NARROW}%)"


def _mean(cell: Cell) -> str:
    return number(cell.get("mean") or 0)


def _band(cell: Cell) -> str:
    return str((cell.values or {}).get("band", ""))


def _quarters(cell: Cell) -> str:
    return " – ".join(number(cell.get(name) or 0) for name in ("q1", "q2", "q3"))


_WRITE = {
    "count": _count,
    "distribution": _count,
    "means": _mean,
    "change": _mean,
    "amounts": _band,
    "quartiles": _quarters,
}


def since_quarter(slug: str) -> Quarter:
    """« 2026-t2 » → its quarter."""
    year, _, place = slug.partition("-t")
    return Quarter(int(year), int(place[:1]))


def kept(cell: Cell) -> str:
    """« valeur du T2 2026 » of a value repeated, or nothing."""
    if not cell.since:
        return ""
    return f"valeur du {since_quarter(cell.since).short.replace(' ', NO_BREAK)}"
