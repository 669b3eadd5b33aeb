"""What a release keeps of its tables: the protected JSON that everything reads, the exact one, each reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.core.microtypography import NO_BREAK
from apps.core.typography import number
from apps.dashboards.building.labels import RowName
from apps.dashboards.disclosure import ExactTable as ExactCells
from apps.dashboards.disclosure import ProtectedTable, Published, State
from apps.dashboards.models import ExactTable, Release, ReleaseTable, Suppression
from apps.dashboards.tables import BY_KEY, Kind, Table

THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000


def store(
    release: Release,
    exact: Mapping[str, ExactCells],
    protected: Mapping[str, ProtectedTable],
    rows: Mapping[str, Sequence[RowName]],
    slugs: Mapping[str, str],
) -> None:
    """Replaces what an earlier attempt left. ``slugs``: of the quarter of each earlier release, by identifier."""
    for kept in (release.tables, release.exact_tables, release.suppressions):
        kept.all().delete()
    ReleaseTable.objects.bulk_create(
        ReleaseTable(
            release=release,
            key=key,
            position=place,
            protected=protected_json(BY_KEY[key], table, rows[key], slugs),
            since={
                f"{row}/{column}": cell.since
                for (row, column), cell in table.cells.items()
                if repeats(cell, slugs)
            },
        )
        for place, (key, table) in enumerate(protected.items())
    )
    ExactTable.objects.bulk_create(
        ExactTable(release=release, key=key, exact=exact_json(table)) for key, table in exact.items()
    )
    Suppression.objects.bulk_create(
        Suppression(release=release, table=key, row=row, column=column, reason=reason)
        for key, table in protected.items()
        for (row, column), reason in sorted(table.reasons.items())
    )


def repeats(cell: Published, slugs: Mapping[str, str]) -> bool:
    return cell.is_shown and cell.since in slugs


def protected_json(
    table: Table, protected: ProtectedTable, rows: Sequence[RowName], slugs: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "says": table.says,
        "kind": str(table.kind),
        "columns": [{"key": column.key, "label": column.label} for column in table.columns],
        "rows": [row_json(table, protected, row, slugs) for row in rows],
        "total": total(table, protected),
        "hidden": protected.hidden,
    }


def row_json(
    table: Table, protected: ProtectedTable, row: RowName, slugs: Mapping[str, str]
) -> dict[str, Any]:
    named = {"labels": dict(row.columns)} if row.columns else {}
    cells = {
        column.key: cell_json(table, protected.cells[(row.key, column.key)], slugs)
        for column in table.columns
    }
    return {"key": row.key, "label": row.label, **named, "cells": cells}


def cell_json(table: Table, cell: Published, slugs: Mapping[str, str]) -> dict[str, Any]:
    told = cell.as_json()
    if table.kind is Kind.AMOUNTS and cell.is_shown:
        told["band"] = band_name(cell.values["low"], cell.values["high"])
    if repeats(cell, slugs):
        told["since"] = slugs[cell.since]
    return told


def total(table: Table, protected: ProtectedTable) -> dict[str, int] | None:
    """Of the rounded numbers that are shown, where each association is in one row at most."""
    if not (table.splits and table.kind is Kind.COUNT):
        return None
    return {"n": sum(cell.n for cell in protected.cells.values() if cell.state is State.SHOWN)}


def band_name(low: int, high: int) -> str:
    """« de 1 à 2 M€ », « de 500 k€ à 1 M€ », « moins de 1 k€ »."""
    (first, unit), (last, other) = scaled(low), scaled(high)
    if not low:
        return f"moins de {number(last)}{NO_BREAK}{other}"
    start = number(first) if unit == other else f"{number(first)}{NO_BREAK}{unit}"
    return f"de {start} à {number(last)}{NO_BREAK}{other}"


def scaled(euros: int) -> tuple[int, str]:
    for size, unit in ((BILLION, "Md€"), (MILLION, "M€"), (THOUSAND, "k€")):
        if euros >= size:
            return euros // size, unit
    return euros, "€"


def exact_json(table: ExactCells) -> dict[str, Any]:
    return {
        "rows": list(table.rows),
        "columns": list(table.columns),
        "bases": dict(table.bases),
        "cells": {f"{row}/{column}": cell.as_json() for (row, column), cell in table.cells.items()},
        "shared": {"/".join(place): n for place, n in sorted(table.shared.items())},
    }
