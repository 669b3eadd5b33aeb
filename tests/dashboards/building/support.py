"""Releases built by the real building; the attacks are tried where they are the point."""

from __future__ import annotations

from django.utils import timezone

from apps.dashboards.building import build
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Programme, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import releases


def drafted(quarter: Quarter, programme: Programme | None = None) -> Release:
    return releases.request_release(quarter=quarter, by=None, programme=programme)


def built(quarter: Quarter, programme: Programme | None = None) -> Release:
    """Its tables, without the attacks."""
    release = drafted(quarter, programme)
    claimed = build.claim(release.pk)
    assert claimed is not None
    build.make(claimed)
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.BUILT, claim=None, built_at=timezone.now()
    )
    return Release.objects.get(pk=release.pk)


def published(quarter: Quarter, programme: Programme | None = None) -> Release:
    """As if an operator had, however small it is."""
    release = built(quarter, programme)
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.PUBLISHED, published_at=timezone.now(), refusal=""
    )
    return Release.objects.get(pk=release.pk)
