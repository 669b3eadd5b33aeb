"""The roadmap of one year or of three, to print: the same parts on the screen and in the file of the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.figures import emblem
from apps.core.figures.svg import Svg
from apps.core.microtypography import nbsp
from apps.core.typography import count
from apps.documents.registry import DocumentSource
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Engagement
from apps.methodology.roadmap import periods, reading, rules, show, timeline, words
from apps.methodology.roadmap.periods import Plan, Span
from apps.methodology.roadmap.rules import Action
from apps.methodology.tools.roadmap import ACTION

NAMES = {1: "à un an", 3: "à trois ans"}
# Units of the picture that fit on a page beside its title.
TALLEST = 560


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a row of the table, all in words."""

    title: str
    indicator: str
    owner: str
    when: str
    pillar: str
    pillar_name: str
    cost: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What one view holds. ``pictures``: one, or one a pillar when they would not fit on a page."""

    years: int
    name: str
    span: Span
    today: date
    summary: str
    left_out: str
    groups: tuple[Group, ...]
    pictures: tuple[Svg, ...]
    costs: show.Table | None
    troubles: tuple[str, ...]


def paper(actions: Sequence[Action], today: date, years: int) -> Paper:
    plan = periods.plan(actions, today, years)
    listed = [*plan.shown, *plan.undated]
    return Paper(
        years,
        NAMES[years],
        plan.span,
        today,
        nbsp(words.summary(listed, rules.costs(listed), today)),
        left_out(plan),
        tuple(groups(plan, today)),
        tuple(pictures([action for action in plan.shown if plan.span.meets(action)], plan.span, today)),
        show.costs_table(rules.costs(listed)),
        tuple(nbsp(text) for text in words.troubles(rules.order(actions))),
    )


def left_out(plan: Plan) -> str:
    said = [
        f"{count(plan.before, 'action finie avant', 'actions finies avant')}" if plan.before else "",
        f"{count(plan.beyond, 'action commence après', 'actions commencent après')}" if plan.beyond else "",
    ]
    told = ", ".join(filter(None, said))
    return f"Hors de ces dates\u00a0: {told}." if told else ""


def groups(plan: Plan, today: date) -> list[Group]:
    found = [("En retard", plan.late), *((part.name, part.actions) for part in plan.parts)]
    found.append(("Sans date", plan.undated))
    return [Group(name, tuple(line(one, today) for one in actions)) for name, actions in found if actions]


def line(action: Action, today: date) -> Line:
    state = timeline.state_of(action, today)
    return Line(
        action.title,
        action.indicator,
        action.owner or "à trouver",
        when(action),
        action.pillar,
        timeline.pillar_name(action),
        words.amount(action.cost) if action.cost is not None else "–",
        state or "todo",
        timeline.STATES[state],
    )


def when(action: Action) -> str:
    """« 03/03/2027 → 30/06/2027 », as short as a column is narrow."""
    days = [f"{day:%d/%m/%Y}" for day in (action.starts, action.due) if day]
    if action.starts and not action.due:
        return f"dès le {days[0]}"
    return " → ".join(days) if days else "à dater"


def pictures(actions: Sequence[Action], span: Span, today: date) -> list[Svg]:
    if not actions:
        return []
    whole = timeline.draw(actions, span, today, words.drawn(actions, span, today))
    if whole.height <= TALLEST:
        return [whole]
    found = []
    for key in show.COLUMNS:
        part = [action for action in actions if action.pillar == key]
        if part:
            alt = f"{show.COLUMNS[key]}. {words.drawn(part, span, today)}"
            found.append(timeline.draw(part, span, today, alt))
    return found


def of_sheet(sheet: Sheet, years: int) -> Paper:
    """No query of its own."""
    return paper(reading.actions(sheet), timezone.localdate(), years)


def html(engagement: Engagement, found: Paper) -> str:
    """The whole page that a worker turns into PDF/UA. ``engagement``: with its organisation."""
    context: dict[str, Any] = {
        "engagement": engagement,
        "organisation": engagement.organisation,
        "paper": found,
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("methodology/roadmap/paper.html", context)


def build(engagement_id: UUID, years: int) -> DocumentSource:
    """Run by a worker. Engagement.DoesNotExist when it was erased meanwhile."""
    engagement = Engagement.objects.select_related("organisation").get(pk=engagement_id)
    sheet = reading.for_paper(engagement, [ACTION])
    return DocumentSource(html(engagement, of_sheet(sheet, years)), timezone.now())
