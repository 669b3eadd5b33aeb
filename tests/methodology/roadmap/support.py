"""Items written straight in the tables, and people who click."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from typing import Any

from apps.methodology.models import Field, Item, Seat
from apps.methodology.roadmap.rules import Action
from tests.support.client import StrictClient

TODAY = date(2027, 3, 15)


def client(seat: Seat) -> StrictClient:
    assert seat.user
    made = StrictClient()
    made.force_login(seat.user)
    return made


def item(seat: Seat, kind: str, parent: Item | None = None, **fields: Any) -> Item:
    place = Item.objects.filter(engagement=seat.engagement, kind=kind).count()
    made = Item.objects.create(
        engagement=seat.engagement, kind=kind, parent=parent, place=place, made_by=seat
    )
    Field.objects.bulk_create(Field(item=made, code=code, value=value) for code, value in fields.items())
    return made


def an(id: str, starts: str = "", due: str = "", **more: Any) -> Action:
    """A pure action: its key is its title."""
    day = date.fromisoformat
    cost = more.pop("cost", None)
    return Action(
        id,
        id.upper(),
        starts=day(starts) if starts else None,
        due=day(due) if due else None,
        cost=None if cost is None else Decimal(cost),
        **more,
    )


def words(response: Any) -> str:
    """The text of a page with plain spaces."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r" (?=[,.])", "", plainly(plain))


def plainly(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)
