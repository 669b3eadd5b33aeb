"""The stored releases, as the attacks read them: five queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from apps.dashboards.audit.seen import NATIONAL, Case, Json, Precision, Seen, Truth
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import ExactTable, Release, ReleaseMember, ReleaseTable


def case_of(release: Release) -> Case:
    """The release among all that is published, of every scope: readers may share what each of them reads."""
    others = list(
        Release.objects.filter(state=ReleaseState.PUBLISHED)
        .exclude(pk=release.pk)
        .order_by("-year", "-quarter_number", "-published_at", "-version")
    )
    # What was published after it was judged with it; it must not be blamed for it.
    if release.published_at is not None:
        others = [o for o in others if o.published_at is not None and o.published_at <= release.published_at]
    everything = [release, *others]
    seen = {found.key: found for found in _seen(everything)}
    return Case(
        seen[str(release.pk)],
        [seen[str(other.pk)] for other in others],
        _truths(everything),
        k=release.rules.get("k", settings.RELEASE_K),
        p=None if settings.RELEASE_P_PERCENT is None else settings.RELEASE_P_PERCENT / 100,
    )


def _seen(releases: Sequence[Release]) -> Iterable[Seen]:
    tables: dict[object, list[ReleaseTable]] = defaultdict(list)
    for table in ReleaseTable.objects.filter(release__in=releases).order_by("release_id", "position"):
        tables[table.release_id].append(table)
    for release in releases:
        rules = release.rules
        yield Seen(
            str(release.pk),
            str(release.programme_id) if release.programme_id else NATIONAL,
            release.quarter.slug,
            {table.key: table.protected for table in tables[release.pk]},
            {table.key: table.since for table in tables[release.pk]},
            Precision(rules.get("rounding", 5), least=rules.get("k", settings.RELEASE_K) + 1),
        )


def _truths(releases: Sequence[Release]) -> dict[str, Truth]:
    exact: dict[str, dict[str, Json]] = defaultdict(dict)
    for table in ExactTable.objects.filter(release__in=releases):
        exact[str(table.release_id)][table.key] = table.exact
    members, outside = _members(releases)
    return {
        str(release.pk): Truth.from_json(
            exact[str(release.pk)], frozenset(members[release.pk]), outside.get(release.pk, 0)
        )
        for release in releases
    }


def _members(releases: Sequence[Release]) -> tuple[dict[UUID, set[str]], dict[UUID, int]]:
    """By release, the contributions that some programme counts, and how many others it has.

    Of a country of a million, only those that a programme shares are read: unions of programmes ask for no more.
    """
    rows = ReleaseMember.objects.filter(release__in=releases)
    programmes = [release.pk for release in releases if release.programme_id]
    shared = ReleaseMember.objects.filter(release__in=programmes).values("campaign_id")
    members: dict[UUID, set[str]] = defaultdict(set)
    read = rows.filter(campaign_id__in=shared) if programmes else rows.none()
    for release, campaign in read.values_list("release_id", "campaign_id").iterator(chunk_size=10_000):
        members[release].add(campaign.hex)
    counts = dict(rows.values_list("release_id").annotate(n=Count("pk")))
    return members, {pk: n - len(members[pk]) for pk, n in counts.items()}
