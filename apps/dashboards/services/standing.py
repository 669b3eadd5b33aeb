"""Whether those that a draft counts still agree to it: between its building and its publication, they may say no."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from apps.dashboards.models import Consent, Objection, Release, ReleaseMember

LEFT = (
    "Depuis sa construction, une association qu’elle compte a retiré son accord, ou n’est plus là. Écartez-la et "
    "construisez-la de nouveau."
)
TOLD = (
    "Depuis sa construction, une association a dit avoir remis son rapport à un financeur\u00a0: les seuils changent. "
    "Écartez-la et construisez-la de nouveau."
)


def why_stale(release: Release) -> str:
    """ "" when nothing changed. 1 query."""
    told = Exists(consents().filter(report_given=True))
    held = release.exact_tables.filter(key="participation").values("exact__cells__tout/n__held")
    found = ReleaseMember.objects.filter(release=release).aggregate(
        left=Count("pk", filter=Q(organisation=None) | gone(release)),
        told=Count("pk", filter=told),
        # As the building counted it.
        then=Max(Cast(Subquery(held[:1]), IntegerField())),
    )
    if found["left"]:
        return LEFT
    return TOLD if found["told"] > (found["then"] or 0) else ""


def consents() -> QuerySet[Consent]:
    return Consent.objects.filter(organisation=OuterRef("organisation"))


def gone(release: Release) -> Q:
    """Of a member: its association agrees no more."""
    if release.programme_id:
        return ~Q(Exists(consents().filter(programme=release.programme_id, withdrawn_at=None)))
    return Q(Exists(Objection.objects.filter(organisation=OuterRef("organisation"))))
