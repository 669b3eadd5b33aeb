"""Reads for « se situer »: one campaign of the person's, one published table."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from apps.accounts.selectors import Person
from apps.dashboards.models import ReleaseTable
from apps.dashboards.selectors import latest_national
from apps.diagnostic.models import Campaign
from apps.diagnostic.selectors import campaigns_of

TABLE = "reperes"


def campaign_or_404(user: Person, pk: UUID) -> Campaign:
    """Of her organisations, with its size and its result. One query."""
    found = campaigns_of(user).select_related("organisation", "size_class", "result").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def marks_table() -> ReleaseTable | None:
    """The quarters of the latest national release, with its release. Two queries."""
    release = latest_national()
    return None if release is None else release.tables.select_related("release").filter(key=TABLE).first()
