"""Whether those that a draft counts still agree to it: between its building and its publication, they may say no."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

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
    """ "" when nothing changed. 3 queries."""
    members = ReleaseMember.objects.filter(release=release)
    if members.filter(organisation=None).exists() or gone(release, members).exists():
        return LEFT
    now = members.filter(Exists(consents().filter(report_given=True))).count()
    return TOLD if now > held_then(release) else ""


def consents() -> QuerySet[Consent]:
    return Consent.objects.filter(organisation=OuterRef("organisation"))


def gone(release: Release, members: QuerySet[ReleaseMember]) -> QuerySet[ReleaseMember]:
    if release.programme_id:
        agreed = consents().filter(programme=release.programme_id, withdrawn_at=None)
        return members.exclude(Exists(agreed))
    return members.filter(Exists(Objection.objects.filter(organisation=OuterRef("organisation"))))


def held_then(release: Release) -> int:
    """As the building counted it. A release without tables held nobody."""
    exact = release.exact_tables.filter(key="participation").values_list("exact", flat=True).first() or {}
    return int(exact.get("cells", {}).get("tout/n", {}).get("held", 0))
