"""Whole percentages, made from numbers already protected and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from apps.dashboards.disclosure.cells import CellKey, ProtectedTable, Published
from apps.dashboards.tables import BY_KEY, Kind


def with_shares(tables: Mapping[str, ProtectedTable]) -> dict[str, ProtectedTable]:
    everybody = tables["participation"].cells.get(("tout", "n")) if "participation" in tables else None
    base = everybody.n if everybody is not None and everybody.is_shown else 0
    return {key: shared(table, base) for key, table in tables.items()}


def shared(table: ProtectedTable, everybody: int) -> ProtectedTable:
    about = BY_KEY[table.key]
    if about.kind is Kind.COUNT and about.tells_answers:
        cells = {key: of(cell, everybody) for key, cell in table.cells.items()}
    elif about.kind is Kind.DISTRIBUTION:
        cells = {key: of(cell, row_total(table, key)) for key, cell in table.cells.items()}
    else:
        return table
    return replace(table, cells=cells)


def row_total(table: ProtectedTable, key: CellKey) -> int:
    """The visible total of a row, 0 as soon as one of its cells is hidden: a share would then tell the base."""
    row = [table.cells[(key[0], column)] for column in table.columns]
    return sum(cell.n for cell in row) if all(cell.is_shown for cell in row) else 0


def of(cell: Published, base: int) -> Published:
    """A repeated value keeps its number; its share is that of the numbers printed beside it."""
    if not cell.is_shown:
        return cell
    share = {"share": min(100, (200 * cell.n + base) // (2 * base))} if base else {}
    return replace(cell, values=share)
