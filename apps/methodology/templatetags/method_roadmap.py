"""What the layouts of actions and indicators need beside their fields. No query: all is in the sheet."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from apps.core.microtypography import nbsp
from apps.core.typography import date_long
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.roadmap import follow_up, reading, rules, timeline, words

register = template.Library()


@register.simple_tag
def action_line(sheet: Sheet, row: Row) -> dict[str, Any]:
    """Who, when, and where it is: what a list of actions says."""
    action = reading.action(sheet, row)
    state = timeline.state_of(action, timezone.localdate())
    return {
        "owner": action.owner,
        "due": date_long(action.due) if action.due else "",
        "pillar": timeline.TONES[action.pillar].key if action.pillar else "",
        "pillar_name": timeline.pillar_name(action),
        "state": state or "todo",
        "said": timeline.STATES[state],
    }


@register.simple_tag
def action_troubles(sheet: Sheet, row: Row) -> list[str]:
    """What does not hold in the order around this action."""
    key = str(row.id)
    found = rules.order(reading.actions(sheet))
    near = rules.Order(
        early=tuple(wait for wait in found.early if key in (wait.action.id, wait.before.id)),
        orphans=tuple(wait for wait in found.orphans if key == wait.action.id),
        reversed=tuple(action for action in found.reversed if key == action.id),
        stuck=tuple(circle for circle in found.stuck if any(key == action.id for action in circle)),
    )
    return [nbsp(text) for text in words.troubles(near)]


@register.simple_tag
def indicator_view(sheet: Sheet, row: Row) -> follow_up.View:
    """Its picture and its sentence."""
    return follow_up.view(sheet, row)
