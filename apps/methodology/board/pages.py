"""What the page of one step shows, for the team and governance, or for a network that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.accounts import notebook
from apps.accounts.models import User
from apps.core.typography import count
from apps.course.words import duration
from apps.methodology.access import Place
from apps.methodology.board import path, selectors
from apps.methodology.board.facts import campaign as find_campaign
from apps.methodology.board.facts import facts
from apps.methodology.board.views import DOOR
from apps.methodology.board.words import word
from apps.methodology.enums import SeatRole
from apps.methodology.missing import Facts
from apps.methodology.models import Engagement
from apps.methodology.public.sheet import StepSheet
from apps.methodology.talk.presenters import thread
from apps.methodology.tools import TOOLS, Kind, Tool

DIAGNOSIS = 4
DECIDING = (SeatRole.BOARD, SeatRole.LEAD)


@dataclass(frozen=True, slots=True)
class ToolLink:
    """``holds``: « 3 activités », or what it will hold when there is nothing yet."""

    title: str
    about: str
    url: str
    holds: str


def decides(place: Place) -> bool:
    """Governance itself, or the lead who writes down what a board without account decided."""
    return place.seat.role in DECIDING


def step_page(user: User, place: Place, step: int) -> dict[str, Any]:
    """At most 8 queries after the place; 3 for a network."""
    engagement, reads = place.engagement, place.may("read")
    sheets, state = selectors.method(engagement).steps, selectors.state(engagement, step)
    sheet = sheet_of(sheets, step)
    campaign = find_campaign(engagement) if reads and step == DIAGNOSIS else ""
    told = facts(engagement, kinds_of(step), campaign) if reads else None
    return {
        "door": DOOR,
        "engagement": engagement,
        "place": place,
        "step": path.step_row(engagement, step, named(sheet, step), state, told),
        "state": state,
        "sheet": sheet,
        "lasts": duration(sheet.workshop_minutes) if sheet else "",
        "around": around(engagement, step, sheets),
        "words": [word(one, reason=reads) for one in selectors.validations(engagement, step)],
        "tools": [tool_link(engagement, tool, told) for tool in tools_of(step)] if told else [],
        "notes": written(user, engagement, step) if reads else [],
        "is_diagnosis": step == DIAGNOSIS,
        "reads": reads,
        # Step 4 also reads its campaign: its discussion stays on its own page, within ten queries.
        "thread": thread(place, step=step) if reads and step != DIAGNOSIS else None,
    }


def sheet_of(sheets: tuple[StepSheet, ...], step: int) -> StepSheet | None:
    return next((one for one in sheets if one.number == step), None)


def named(sheet: StepSheet | None, step: int) -> str:
    return sheet.title if sheet else f"Étape\u00a0{step}"


def title_of(engagement: Engagement, step: int) -> str:
    """1 query."""
    return named(sheet_of(selectors.method(engagement).steps, step), step)


def tools_of(step: int) -> list[Tool]:
    return [tool for tool in TOOLS.values() if tool.step == step]


def kinds_of(step: int) -> tuple[str, ...]:
    return tuple(kind.code for tool in tools_of(step) for kind in tool.kinds)


def tool_link(engagement: Engagement, tool: Tool, told: Facts) -> ToolLink:
    counted = [kind for kind in tool.kinds if not kind.of]
    held = [words for kind in counted if (words := held_words(kind, told))]
    return ToolLink(
        tool.title,
        tool.about,
        reverse("method:tool", args=[engagement.pk, tool.code]),
        ", ".join(held) if held else "rien d’écrit pour l’instant",
    )


def held_words(kind: Kind, told: Facts) -> str:
    if kind.is_single:
        begun = any(row.said for row in told.of(kind.code))
        return f"{kind.singular} commencé{'e' if kind.is_feminine else ''}" if begun else ""
    number = told.number(kind.code)
    return count(number, kind.singular, kind.plural) if number else ""


def written(user: User, engagement: Engagement, step: int) -> list[notebook.Note]:
    """What the association wrote in the course for this step; for its members. 1 query."""
    found = notebook.notes(user, engagement.organisation)
    return [note for note in found if note.method_step == step]


def around(engagement: Engagement, step: int, sheets: tuple[StepSheet, ...]) -> list[dict[str, Any]]:
    """The steps before and after, in the method’s order: nothing obliges to follow it."""
    titles = {sheet.number: sheet.title for sheet in sheets}
    near = [("prev", step - 1), ("next", step + 1)]
    return [
        {
            "rel": rel,
            "label": f"Étape\u00a0{number}" + (f", {titles[number]}" if number in titles else ""),
            "url": reverse("method:engagement_step", args=[engagement.pk, number]),
        }
        for rel, number in near
        if number in path.STEPS
    ]
