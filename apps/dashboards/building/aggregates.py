"""From flat rows to exact tables. Every number is exact: whole tenths and whole cents, summed by the database."""

# ruff: noqa: S608 - every name put in a statement is written in this app

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.db.backends.utils import CursorWrapper

from apps.dashboards.building.columns import AXIS_CODES, score
from apps.dashboards.building.population import FLAT
from apps.dashboards.building.queries import (
    EVERYBODY,
    WITH_EMPLOYEES,
    WITHOUT_EMPLOYEES,
    Query,
    largest,
    queries,
)
from apps.dashboards.disclosure import CellKey, Exact, ExactTable
from apps.dashboards.tables import TABLES, Kind, Rows, Table

Cells = dict[CellKey, Exact]
RowKeys = Mapping[str, Sequence[str]]  # by table key
TENTHS, CENTS = 10, 100
# Means of rows that an association may be in together.
SEVERAL_ROWS = "axes-fragilite"
# Whose rows are known of anybody: the base of a mean is who is in the row.
COUNTED_IN = {
    Rows.REGIONS: "participation-region",
    Rows.SIZES: "participation-taille",
    Rows.FRAGILITIES: "participation-fragilite",
}


def exact_tables(cursor: CursorWrapper, rows: RowKeys) -> dict[str, ExactTable]:
    """Every table in its order, with all its cells, the empty ones too. ``rows``: the keys of each table's rows."""
    found = {table.key: full(table, rows[table.key], counted(cursor, table)) for table in TABLES}
    kept = kept_apart(cursor)
    return {
        table.key: ExactTable(
            table.key,
            rows[table.key],
            [column.key for column in table.columns],
            found[table.key],
            {row: base(table, row, found, kept) for row in rows[table.key]},
            overlaps(cursor) if table.key == SEVERAL_ROWS else {},
        )
        for table in TABLES
    }


def overlaps(cursor: CursorWrapper) -> dict[tuple[str, str, str], int]:
    """Associations with a score that chose two fragilities, by pair of them and axis."""
    scored = ", ".join(f"count({score(axis)})" for axis in AXIS_CODES)
    cursor.execute(
        f"SELECT one, other, {scored} FROM {FLAT} CROSS JOIN LATERAL unnest(fragilities) AS one "
        "CROSS JOIN LATERAL unnest(fragilities) AS other WHERE one < other GROUP BY 1, 2"
    )
    return {
        (one, other, axis): n
        for one, other, *counts in cursor.fetchall()
        for axis, n in zip(AXIS_CODES, counts, strict=True)
    }


def counted(cursor: CursorWrapper, table: Table) -> Cells:
    """The cells in which there is somebody."""
    cells: Cells = {}
    for query in queries(table):
        cursor.execute(query.whole(FLAT))
        for line in cursor.fetchall():
            cells.update(read(table, query, line))
    return with_largest(cursor, cells) if table.kind is Kind.AMOUNTS else cells


def read(table: Table, query: Query, line: Sequence[Any]) -> Cells:
    found = iter(line)
    row = str(next(found)) if query.row else ""
    cells: Cells = {}
    for measure in query.measures:
        n, held = next(found), next(found)
        told = next(found) if measure.value else None
        if n:
            cells[(row or measure.row, measure.column)] = Exact(n, held, values(table.kind, told, n))
    return cells


def values(kind: Kind, told: Any, n: int) -> dict[str, Fraction]:
    """``told``: a sum of tenths, a sum of cents, or three quartiles in tenths (whole, or halves and quarters: exact)."""
    if kind in (Kind.MEANS, Kind.CHANGE):
        return {"mean": Fraction(int(told), TENTHS * n)}
    if kind is Kind.AMOUNTS:
        return {"total": Fraction(int(told), CENTS)}
    if kind is Kind.QUARTILES:
        return {f"q{rank}": Fraction(quartile) / TENTHS for rank, quartile in enumerate(told, 1)}
    return {}


def with_largest(cursor: CursorWrapper, cells: Cells) -> Cells:
    """``second`` is 0 when only one association gave an amount."""
    cursor.execute(largest(FLAT))
    top: dict[str, list[Fraction]] = {}
    for row, cents in cursor.fetchall():
        top.setdefault(row, []).append(Fraction(int(cents), CENTS))
    for key, cell in cells.items():
        first, second = (*sorted(top[key[0]], reverse=True), Fraction())[:2]
        cells[key] = replace(cell, values={**cell.values, "largest": first, "second": second})
    return cells


def full(table: Table, rows: Sequence[str], cells: Cells) -> Cells:
    """In the order of rows and columns. A row that no list names any more is not published."""
    return {
        (row, column.key): cells.get((row, column.key), Exact(0)) for row in rows for column in table.columns
    }


def kept_apart(cursor: CursorWrapper) -> dict[str, int]:
    """Sizes of the groups that are no row of a table of their own."""
    cursor.execute(
        f"SELECT count(*), count(*) FILTER (WHERE has_employees), count(*) FILTER (WHERE NOT has_employees), "
        f"count(has_before) FROM {FLAT}"
    )
    return dict(zip((EVERYBODY, WITH_EMPLOYEES, WITHOUT_EMPLOYEES, "before"), cursor.fetchone(), strict=True))


def base(table: Table, row: str, found: Mapping[str, Cells], kept: Mapping[str, int]) -> int:
    """Associations that could have been counted in the row (``ExactTable.bases``)."""
    cells = found[table.key]
    if table.kind is Kind.DISTRIBUTION:
        return sum(cell.n for key, cell in cells.items() if key[0] == row)
    if table.kind is Kind.COUNT and table.splits and table.tells_answers:
        return sum(cell.n for cell in cells.values())
    if table.kind is Kind.CHANGE:
        return kept["before"]
    if table.kind is Kind.QUARTILES:
        return kept[row] if row in kept else found["participation-taille"][(row, "n")].n
    if table.kind is Kind.MEANS and table.rows in COUNTED_IN:
        return found[COUNTED_IN[table.rows]][(row, "n")].n
    return kept[EVERYBODY]
