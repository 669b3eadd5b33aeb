"""The parts of a published page, drawn once a process: a release never changes, and its figures take time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.template.loader import render_to_string

from apps.dashboards import selectors
from apps.dashboards.models import Release
from apps.dashboards.releases import view
from apps.dashboards.releases.parts import GROUPS
from apps.dashboards.releases.view import ShownPart

CACHE = "pages"
PART = "dashboards/releases/part.html"


@dataclass(frozen=True)
class Drawn:
    """``html`` never saw a request: nothing of the person who reads can be in it."""

    slug: str
    title: str
    html: str


def parts_of(release: Release) -> list[Drawn]:
    """Of a published release. No query when they are kept, two else."""
    found = caches[CACHE].get_or_set(f"release:{release.pk}", lambda: draw_all(release))
    return cast("list[Drawn]", found)


def draw_all(release: Release) -> list[Drawn]:
    past = view.history(selectors.axes_before(release, view.PAST_QUARTERS))
    return [draw(release, part) for part in view.parts(release, view.tables_of(release), past)]


def draw(release: Release, part: ShownPart) -> Drawn:
    html = render_to_string(PART, {"release": release, "part": part})
    return Drawn(part.slug, part.title, html)


def with_groups(release: Release, groups: ShownPart) -> list[Drawn]:
    """The same page, with the group that was asked."""
    return [draw(release, groups) if part.slug == GROUPS else part for part in parts_of(release)]
