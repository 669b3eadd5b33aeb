"""From the sheet of a tool to the pure rows that rules and pictures work on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.enums import SeatRole
from apps.methodology.models import Engagement, Seat
from apps.methodology.roadmap.rules import PILLARS, Action
from apps.methodology.tools.specs import Kind


def for_paper(engagement: Engagement, kinds: Iterable[Kind]) -> Sheet:
    """What a worker reads: nobody's place, so nothing to write."""
    return Sheet(Place(engagement, Seat(engagement=engagement, role=SeatRole.OBSERVER)), kinds)


def day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def number(value: Any) -> Decimal | None:
    return None if value in ("", None) else Decimal(str(value))


def action(sheet: Sheet, row: Row) -> Action:
    pillar = str(row.get("pillar"))
    return Action(
        id=str(row.id),
        title=row.title,
        owner=sheet.said(row, "owner"),
        starts=day(row.get("starts")),
        due=day(row.get("due")),
        pillar=pillar if pillar in PILLARS else "",
        cost=number(row.get("cost")),
        after=tuple(map(str, row.get("after") or ())),
        progress=str(row.get("progress")),
        done_on=day(row.get("done_on")),
        indicator=str(row.get("indicator")),
    )


def actions(sheet: Sheet) -> list[Action]:
    """In the order of the team."""
    return [action(sheet, row) for row in sheet.rows("action")]
