"""The releases already published that a new one must be read beside: its own scope's, and every other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Abs

from apps.dashboards.disclosure import CellKey, EarlierRelease, Exact, Published
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release, ReleaseTable
from apps.dashboards.quarters import QUARTERS_COUNTED

# Of a stored cell, what only names things for readers.
SAID = ("since", "band")


def neighbours(release: Release) -> QuerySet[Release]:
    """Published, with a campaign in common at most: two years before or after. Newest first."""
    place = 4 * release.year + release.quarter_number
    return (
        Release.objects.filter(state=ReleaseState.PUBLISHED)
        .exclude(pk=release.pk)
        .annotate(apart=Abs(F("year") * 4 + F("quarter_number") - Value(place)))
        .filter(Q(apart__lte=QUARTERS_COUNTED))
        .order_by("-year", "-quarter_number", "-version", "pk")
    )


def earlier_releases(release: Release) -> list[EarlierRelease]:
    """3 queries."""
    found = neighbours(release).prefetch_related("tables", "exact_tables")
    return [
        EarlierRelease(
            str(there.pk),
            there.programme_id == release.programme_id,
            {table.key: published(table) for table in there.tables.all()},
            {table.key: exact(table.exact) for table in there.exact_tables.all()},
        )
        for there in found
    ]


def published(table: ReleaseTable) -> dict[CellKey, Published]:
    """The cells as everybody reads them, each dated by the release whose value it is."""
    cells = {}
    for row in table.protected["rows"]:
        for column, cell in row["cells"].items():
            since = table.since.get(f"{row['key']}/{column}", str(table.release_id))
            told = {name: value for name, value in cell.items() if name not in SAID}
            cells[(row["key"], column)] = Published.from_json(told, since)
    return cells


def exact(stored: Mapping[str, Any]) -> dict[CellKey, Exact]:
    cells = {}
    for place, cell in stored["cells"].items():
        row, _, column = place.partition("/")
        cells[(row, column)] = Exact.from_json(cell)
    return cells
