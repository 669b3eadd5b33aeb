"""Reads of the operation pages: every release, whatever its state, for operators only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.http import Http404

from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import AuditRun, Programme, Release, ReleaseTable, Suppression

WAITING = (ReleaseState.REQUESTED, ReleaseState.BUILDING, ReleaseState.BUILT, ReleaseState.FAILED)
# Runs that the page of a release tells; the newest one is told whole.
LAST_AUDITS = 5
NATIONAL = "national"


def releases(scope: str = "") -> QuerySet[Release]:
    """The national ones, then by programme; newest first. ``scope``: ``NATIONAL`` or a programme's identifier."""
    found = Release.objects.select_related("programme", "requested_by", "published_by")
    if scope == NATIONAL:
        found = found.filter(programme=None)
    elif scope:
        found = found.filter(programme=UUID(scope))
    by_scope = (F("programme__name").asc(nulls_first=True), "programme")
    return found.order_by(*by_scope, "-year", "-quarter_number", "-version")


def waiting() -> QuerySet[Release]:
    """Neither published nor set aside, oldest request first: what an operator has to look at."""
    return releases().filter(state__in=WAITING).order_by("requested_at", "pk")


def programmes() -> QuerySet[Programme]:
    return Programme.objects.order_by("name", "pk")


def open_programmes() -> QuerySet[Programme]:
    return programmes().filter(closed_at=None)


def release_or_404(pk: UUID) -> Release:
    found = releases().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def last_audits(release: Release) -> list[AuditRun]:
    """Newest first."""
    return list(release.audits.order_by("-run_at", "-pk")[:LAST_AUDITS])


@dataclass(frozen=True, slots=True)
class TableRow:
    """``reasons``: by ``Suppressed`` value, how many cells of the table are not shown as they are."""

    key: str
    title: str
    hidden: int
    reasons: Mapping[str, int]


def tables(release: Release) -> list[TableRow]:
    """Two queries; the tables themselves stay in the database."""
    reasons: dict[str, dict[str, int]] = {}
    counted = Suppression.objects.filter(release=release).order_by("table", "reason")
    for table, reason, cells in counted.values_list("table", "reason").annotate(cells=Count("pk")):
        reasons.setdefault(table, {})[reason] = cells
    found = release.tables.order_by("position").values_list("key", "protected__title", "protected__hidden")
    return [TableRow(key, title, hidden, reasons.get(key, {})) for key, title, hidden in found]


@dataclass(frozen=True, slots=True)
class Both:
    """A table before and after, as they are stored. ``reasons``: « row/column » → ``Suppressed`` value."""

    title: str
    protected: Mapping[str, Any]
    exact: Mapping[str, Any]
    reasons: Mapping[str, str]


def both_or_404(release: Release, key: str) -> Both:
    """Three queries."""
    table = ReleaseTable.objects.filter(release=release, key=key).first()
    exact = release.exact_tables.filter(key=key).first()
    if table is None or exact is None:
        raise Http404
    logged = Suppression.objects.filter(release=release, table=key).values_list("row", "column", "reason")
    reasons = {f"{row}/{column}": reason for row, column, reason in logged}
    return Both(table.protected["title"], table.protected, exact.exact, reasons)


def names(pks: set[str]) -> dict[str, str]:
    """« T2 2026 (Appuis ruraux) » by identifier, among ``pks``; one query, none when empty."""
    found = Release.objects.filter(pk__in=pks).select_related("programme") if pks else ()
    return {str(release.pk): name_of(release) for release in found}


def name_of(release: Release) -> str:
    version = f", version {release.version}" if release.version > 1 else ""
    scope = release.programme.name if release.programme else "France"
    return f"{release.quarter.short}{version} ({scope})"
