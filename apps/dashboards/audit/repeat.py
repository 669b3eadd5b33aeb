"""A15 on a draft: its exact tables, protected again, must give what was stored to the last character."""

from __future__ import annotations

from collections.abc import Mapping

from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.seen import Json, shared_of, split
from apps.dashboards.building.build import rules_now
from apps.dashboards.building.earlier import earlier_releases
from apps.dashboards.disclosure import Exact, ExactTable, ProtectedTable, protect_release
from apps.dashboards.models import Release

NAMES_ONLY = ("since", "band")


def protect_again(release: Release, out: Findings) -> None:
    """Adds to ``out`` the tables that differ. What was published is judged no more: its neighbours have changed."""
    if release.is_published:
        return
    stored = {table.key: table.protected for table in release.tables.all()}
    exact = {table.key: exact_table(table.key, table.exact) for table in release.exact_tables.all()}
    ordered = {key: exact[key] for key in stored if key in exact}
    again = protect_release(ordered, earlier_releases(release), rules_now(), str(release.pk))
    for key, table in again.items():
        out.tried()
        if cells_of(stored[key]) != told(table):
            out.found(f"« {stored[key]['title']} » : protégé de nouveau, ce tableau n’est plus le même.")


def exact_table(key: str, data: Json) -> ExactTable:
    cells = {split(name): Exact.from_json(cell) for name, cell in data["cells"].items()}
    return ExactTable(key, data["rows"], data["columns"], cells, data["bases"], shared_of(data))


def cells_of(protected: Json) -> Mapping[str, Json]:
    return {
        f"{row['key']}/{column}": {name: value for name, value in cell.items() if name not in NAMES_ONLY}
        for row in protected["rows"]
        for column, cell in row["cells"].items()
    }


def told(table: ProtectedTable) -> Mapping[str, Json]:
    return {f"{row}/{column}": cell.as_json() for (row, column), cell in table.cells.items()}
