"""What each door shows, read from the published content."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.utils import timezone

from apps.agenda import presenters as agenda
from apps.agenda import selectors as upcoming
from apps.catalogue import models, presenters, selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.provenance import merged
from apps.catalogue.published import rendered
from apps.pages.understand import SECTIONS

Context = dict[str, Any]
MODULE = "module-20-minutes"
LATEST = 3


def understand() -> Context:
    pillars = list(models.Pillar.objects.all())
    return {"pillars": pillars, "sections": SECTIONS, "sources": merged(pillars)}


def inform() -> Context:
    """The agenda as it is now (2 queries), and the library kept for this revision of the content."""
    now = timezone.now()
    return {
        "agenda": agenda.door(upcoming.coming(now), now),
        "library": rendered("pages/s-informer.html#library", latest_cases),
    }


def latest_cases() -> Context:
    webinars = list(selectors.webinars()[:LATEST])
    return {"cards": presenters.cards(webinars), "sources": merged(webinars)}


def learn() -> Context:
    found = list(selectors.resources(ResourceKind.COURSE_STEP, ResourceKind.MODULE))
    steps = [row for row in found if row.kind == ResourceKind.COURSE_STEP]
    module = next(row for row in found if row.code == MODULE)
    return {"module": module, "steps": presenters.cards(steps), "sources": merged(found)}


def act() -> Context:
    steps = list(selectors.resources(ResourceKind.METHOD_STEP))
    return {"steps": steps, "sources": merged(steps)}


def accompany() -> Context:
    situations = list(models.ProfessionalSituation.objects.all())
    return {
        "axes": [(axis, list(rows)) for axis, rows in groupby(situations, key=lambda row: row.axis)],
        "sources": merged(situations),
    }


CONTEXTS: dict[str, Callable[[], Context]] = {
    "comprendre": understand,
    "s-informer": inform,
    "se-former": learn,
    "agir": act,
    "accompagner": accompany,
}
