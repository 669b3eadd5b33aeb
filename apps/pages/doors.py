"""What each door shows, read from the published content."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from apps.catalogue import models, presenters, selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.provenance import merged
from apps.pages.understand import SECTIONS

Context = dict[str, Any]
MODULE = "module-20-minutes"


def understand() -> Context:
    pillars = list(models.Pillar.objects.all())
    return {"pillars": pillars, "sections": SECTIONS, "sources": merged(pillars)}


def inform() -> Context:
    webinars = list(selectors.webinars())
    years = groupby(webinars, key=lambda webinar: webinar.date.year if webinar.date else 0)
    return {
        "count": len(webinars),
        "years": [(year, presenters.cards(group)) for year, group in years],
        "sources": merged(webinars),
    }


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
