"""Releases that a person may read. A programme's is missing (404) for whoever may not: its existence tells something."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Membership
from apps.accounts.selectors import Person, person_id, platform_roles_of
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Programme, Release, ReleaseTable

NEWEST = ("-year", "-quarter_number", "-version")


def published() -> QuerySet[Release]:
    return Release.objects.filter(state=ReleaseState.PUBLISHED).select_related("programme").order_by(*NEWEST)


def readable_releases(user: Person) -> QuerySet[Release]:
    """National ones; a programme's for its funders, for members of associations that agreed to it, for operators."""
    return published().filter(Q(programme=None) | readable_scopes(user))


def readable_scopes(user: Person) -> Q:
    roles = platform_roles_of(user)
    if PlatformRole.OPERATOR in roles:
        return Q(programme__isnull=False)
    person = person_id(user)
    if not person:
        return Q(pk__in=())
    agreed = Consent.objects.filter(
        Exists(Membership.objects.filter(user=person, organisation=OuterRef("organisation"))),
        programme=OuterRef("programme"),
        withdrawn_at=None,
    )
    mine = Q(Exists(agreed))
    if PlatformRole.FUNDER in roles:
        mine |= Q(
            Exists(Programme.people.through.objects.filter(user=person, programme=OuterRef("programme")))
        )
    return mine


def get_release_or_404(user: Person, slug: str, *, with_tables: bool = True) -> Release:
    """One query, and one for its tables; who asks is looked at only when the release is a programme's."""
    found = published().filter(slug=slug)
    release = (found.prefetch_related("tables") if with_tables else found).first()
    if release is None:
        raise Http404
    if release.programme_id and not readable_releases(user).filter(pk=release.pk).exists():
        raise Http404
    return release


def national_releases() -> QuerySet[Release]:
    return published().filter(programme=None)


def latest_national() -> Release | None:
    return national_releases().first()


def older_than(release: Release) -> QuerySet[Release]:
    """Published before it for the same scope, and earlier versions of its quarter: newest first."""
    same = published().filter(programme=release.programme_id).exclude(pk=release.pk)
    return same.filter(
        Q(year__lt=release.year)
        | Q(year=release.year, quarter_number__lt=release.quarter_number)
        | Q(year=release.year, quarter_number=release.quarter_number, version__lt=release.version)
    )


def newer_than(release: Release) -> Release | None:
    same = published().filter(programme=release.programme_id)
    newer = same.filter(
        Q(year__gt=release.year)
        | Q(year=release.year, quarter_number__gt=release.quarter_number)
        | Q(year=release.year, quarter_number=release.quarter_number, version__gt=release.version)
    )
    return newer.first()


def axes_before(release: Release, most: int) -> list[ReleaseTable]:
    """The table « axes » of the releases before it, oldest first, the last version of each quarter. One query.

    A quarter published again since is left as this release knew it: a page that is frozen keeps its history too.
    """
    known = older_than(release)
    if release.published_at:
        known = known.filter(published_at__lte=release.published_at)
    tables = ReleaseTable.objects.filter(key="axes", release__in=known)
    newest = ("-release__year", "-release__quarter_number", "-release__version")
    by_quarter: dict[tuple[int, int], ReleaseTable] = {}
    for table in tables.select_related("release").order_by(*newest)[: 3 * most]:
        when = (table.release.year, table.release.quarter_number)
        if when != (release.year, release.quarter_number):
            by_quarter.setdefault(when, table)
    return list(by_quarter.values())[:most][::-1]
