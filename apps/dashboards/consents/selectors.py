"""What an association shares. Each says how many queries it costs."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.accounts.models import Organisation
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Objection, ReleaseMember


def counted_in(organisation: Organisation) -> QuerySet[ReleaseMember]:
    """Published releases that count it, newest first. 1 query."""
    rows = ReleaseMember.objects.filter(organisation=organisation, release__state=ReleaseState.PUBLISHED)
    return rows.select_related("release__programme").order_by("-release__published_at", "-pk")


def consents_of(organisation: Organisation) -> QuerySet[Consent]:
    """Those that stand, and those withdrawn. 1 query."""
    return organisation.programme_consents.select_related("programme", "given_by", "withdrawn_by")


def objection_of(organisation: Organisation) -> Objection | None:
    """1 query."""
    return Objection.objects.filter(organisation=organisation).select_related("made_by").first()
