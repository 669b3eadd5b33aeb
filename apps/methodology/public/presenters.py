"""What the public pages of the method show; drawn without the request, kept for each revision of the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.catalogue.enums import Audience, ResourceKind
from apps.catalogue.models import Resource
from apps.catalogue.presenters import PILLAR_WORDS, Around, Tag
from apps.catalogue.provenance import merged
from apps.core.figures import emblem
from apps.core.figures.svg import Svg
from apps.core.typography import join_list
from apps.methodology.public import guide, selectors
from apps.methodology.public.selectors import Edition
from apps.methodology.public.sheet import StepSheet
from apps.methodology.public.words import duration

# The step whose first tool is elsewhere on the platform.
DIAGNOSIS, OWN_TOOL = 4, "auto-diagnostic"
PILLAR_LETTERS = {"human": "A", "financial": "B", "alliances": "C"}
AUDIENCES = {
    Audience.BOARD: "la gouvernance",
    Audience.TEAM: "l’équipe",
    Audience.LEAD: "les référentes et référents",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A step in the list. ``lasts``: its workshop, ``tools``: their names, in words."""

    step: StepSheet
    lasts: str
    tools: str

    @property
    def title(self) -> str:
        return self.step.title

    def get_absolute_url(self) -> str:
        return reverse("method:step", args=[self.step.slug])


def lines(edition: Edition | None) -> list[Line]:
    return [line(step) for step in edition.steps] if edition else []


def line(step: StepSheet) -> Line:
    own = [OWN_TOOL] if step.number == DIAGNOSIS else []
    tools = join_list([*own, *(tool.title.lower() for tool in step.kit)])
    return Line(step, duration(step.workshop_minutes), tools)


def method() -> dict[str, Any]:
    """The page of the eight steps. 2 queries, 4 when the content has changed."""
    edition = selectors.edition()
    found = lines(edition)
    return {
        "edition": edition,
        "lines": found,
        "workshops": duration(sum(one.step.workshop_minutes for one in found)),
        "sources": merged(list(Resource.objects.filter(kind=ResourceKind.METHOD_STEP))),
    }


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step. ``course``, ``case``: rows of the index, None once withdrawn."""

    line: Line
    tags: list[Tag]
    signature: Svg
    audience: str
    moments: list[guide.Timed]
    course: Resource | None
    case: Resource | None
    around: Around


def step_page(step: StepSheet) -> dict[str, Any]:
    """1 query, 4 when the content has changed."""
    own = Resource.objects.in_bulk([step.resource, step.course_step, step.case.slug])
    every = lines(selectors.edition())
    page = StepPage(
        line=every[step.number - 1],
        tags=[Tag(PILLAR_WORDS[code], css=code) for code in step.pillars],
        signature=emblem.signature({PILLAR_LETTERS[code] for code in step.pillars}),
        audience=join_list(AUDIENCES[Audience(code)] for code in step.audience),
        moments=guide.timed(step),
        course=own.get(step.course_step),
        case=own.get(step.case.slug),
        around=neighbours(every, step.number),
    )
    return {
        "page": page,
        "step": step,
        "count": len(every),
        "sources": merged(row for row in [own.get(step.resource)] if row),
    }


def neighbours(every: list[Line], number: int) -> Around:
    return Around(
        every[number - 2] if number > 1 else None,
        every[number] if number < len(every) else None,
    )
