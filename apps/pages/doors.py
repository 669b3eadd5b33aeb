"""What each door shows, read from the published content."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from apps.agenda import presenters as agenda
from apps.agenda import selectors as upcoming
from apps.catalogue import models, presenters, selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.provenance import merged
from apps.catalogue.published import rendered
from apps.course.reading import journey_for
from apps.course.screens.path import paths, questions
from apps.course.screens.place import Place, resume_url
from apps.methodology.public import presenters as method
from apps.pages.understand import SECTIONS

Context = dict[str, Any]
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


def learn(request: HttpRequest) -> Context:
    """The course for the person who reads (3 queries), and the sources of the seven titles (1 query)."""
    journey = journey_for(request)
    found = list(selectors.resource_names(ResourceKind.COURSE_STEP, ResourceKind.MODULE))
    return {
        "place": Place(journey),
        "resume": resume_url(journey),
        "module": next((row for row in found if row.kind == ResourceKind.MODULE), None),
        "stages": [(stage, summary_of(stage.step.slug, found)) for stage in journey.stages],
        "doors": paths().doors,
        "questions": questions({}),
        "sources": merged(found),
    }


def summary_of(slug: str, rows: list[models.Resource]) -> str:
    return next((row.summary for row in rows if row.pk == slug), "")


def act() -> Context:
    """The method, kept for this revision of the content (1 query)."""
    return {"method": rendered("pages/agir.html#method", method.method)}


def accompany() -> Context:
    situations = list(models.ProfessionalSituation.objects.all())
    return {
        "axes": [(axis, list(rows)) for axis, rows in groupby(situations, key=lambda row: row.axis)],
        "sources": merged(situations),
    }


CONTEXTS: dict[str, Callable[[HttpRequest], Context]] = {
    "comprendre": lambda request: understand(),
    "s-informer": lambda request: inform(),
    "se-former": learn,
    "agir": lambda request: act(),
    "accompagner": lambda request: accompany(),
}
