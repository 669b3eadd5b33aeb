"""Two people changed the same piece of a page: what the screen shows, and what the answers say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apps.course import pieces, sheet
from apps.course.curation.telling import labels, tell
from apps.course.models import Page
from apps.course.services.editing import Opened, at
from apps.editorial.curation import conflicts, versions
from apps.editorial.curation.conflicts import asked
from apps.editorial.shape import ShapeError


def read(data: Mapping[str, Any]) -> sheet.Page | None:
    """What she typed, as the conflict page carries it; None when it is damaged."""
    try:
        return sheet.read(json.loads(str(data.get("mine", ""))))
    except (ValueError, ShapeError):
        return None


def answers(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: asked(data, name)
        for name in (key.removeprefix("garde-") for key in data if key.startswith("garde-"))
    }


def screen(page: Page, mine: sheet.Page, opened: Opened, chosen: Mapping[str, Any] | None) -> dict[str, Any]:
    """For ``curation/course/conflict.html``. 2 queries."""
    theirs = sheet.read(page.draft)
    started = at(page, opened.base)
    both = pieces.versions(mine, theirs, started)
    clashes = conflicts.clashes(both, labels(both), tell(both), chosen)
    first = {clash.field: origin(both, clash.field) for clash in clashes}
    return {
        "page": page,
        "clashes": [(clash, first[clash.field]) for clash in clashes],
        "undecided": sum(not clash.choice for clash in clashes),
        "is_answered": chosen is not None,
        "mine": json.dumps(sheet.stored(mine), ensure_ascii=False, indent=0),
        "version": page.version,
        "base": opened.base,
        "last": versions.last_write(page),
    }


def origin(both: conflicts.Versions, name: str) -> list[str]:
    """The piece as both found it, told as the others are; empty when it is not known or was empty."""
    if both.started is None or name not in both.started:
        return []
    alone = conflicts.Versions({name: both.started[name]}, {name: both.started[name]})
    return tell(alone)[0][name]
