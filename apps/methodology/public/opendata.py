"""What anyone may read of the method by a program: the eight steps in force, with their guides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Resource
from apps.catalogue.published import kept
from apps.core.sources import SourceStatus
from apps.methodology.public import selectors, sheet
from apps.methodology.public.selectors import Edition
from apps.methodology.public.sheet import StepSheet

Row = dict[str, Any]
FORMAT = 1  # raised when the same content would be given in another shape
# Given as the sheet has them.
OWN = (
    "number", "slug", "title", "status", "summary", "pillars", "audience", "why", "delivers", "people", "prepare",
    "done_when", "guide",
)  # fmt: skip


@kept
def steps() -> list[Row]:
    """In their order, built once for this revision of the content. 1 query, 4 after a change."""
    edition = selectors.edition()
    return [row(step, edition) for step in edition.steps] if edition else []


def row(step: StepSheet, edition: Edition) -> Row:
    said = sheet.stored(step)
    return {
        **{key: said[key] for key in OWN},
        "status_label": SourceStatus(step.status).label,
        "edition": edition.number,
        "published_on": edition.published_on.isoformat(),
        "duration": {"weeks": step.weeks, "workshop_minutes": step.workshop_minutes},
        "tools": [{"code": tool.code, "title": tool.title, "about": tool.about} for tool in step.kit],
        "course_step": {"slug": step.course_step, "url": at(step.course_step, ResourceKind.COURSE_STEP)},
        "case": {
            "slug": step.case.slug,
            "why": step.case.why,
            "url": at(step.case.slug, ResourceKind.WEBINAR),
        },
        "url": f"{settings.SITE_URL}{reverse('method:step', args=[step.slug])}",
        "guide_url": f"{settings.SITE_URL}{reverse('method:guide_file', args=[step.slug])}",
    }


def at(code: str, kind: ResourceKind) -> str:
    return f"{settings.SITE_URL}{Resource(code=code, kind=kind).get_absolute_url()}"
