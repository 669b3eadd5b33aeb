"""The list of releases."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from apps.core.typography import count, date_long
from apps.dashboards.models import Release
from apps.dashboards.releases.view import Head, head

# Sixteen years of quarters, versions included: enough before a second page is needed.
MOST = 100


def releases_page(found: Sequence[Release]) -> dict[str, object]:
    """``found``: what the person may read, newest first."""
    national = [release for release in found if release.programme_id is None]
    of_programmes = [release for release in found if release.programme_id is not None]
    return {
        "latest": national[0] if national else None,
        "head": head(national[0]) if national else None,
        "older": [entry(release) for release in national[1:]],
        "programmes": [entry(release) for release in of_programmes],
    }


def entry(release: Release) -> dict[str, object]:
    said: Head = head(release)
    published = timezone.localtime(release.published_at) if release.published_at else None
    return {
        "slug": release.slug,
        "head": said,
        "title": said.before + said.marked + said.after,
        "size": count(release.size, "association", "associations") if release.size else "",
        "published": date_long(published) if published else "",
        "is_demo": release.is_demo,
    }
