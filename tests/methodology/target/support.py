"""Items of the tools, as a lead types them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from apps.methodology.access import Place, place_or_404
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Engagement, Item, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.services.items import add_item, single_item
from apps.methodology.tools import TOOLS


def item(seat: Seat, kind: str, **fields: Any) -> Item:
    return add_item(seat=seat, kind=kind, key=uuid4(), fields=fields)


def write_single(seat: Seat, kind: str, code: str, raw: Any) -> None:
    save_field(seat=seat, item=single_item(seat.engagement_id, kind), write=Write(code, raw, 0))


def place_of(seat: Seat) -> Place:
    assert seat.user
    return place_or_404(seat.user, seat.engagement_id)


def sheet_of(seat: Seat, tool: str) -> Sheet:
    return Sheet.of(place_of(seat), TOOLS[tool])


def address(engagement: Engagement, end: str) -> str:
    return f"/agir/demarches/{engagement.pk}/{end}"


def plain(text: str) -> str:
    """Ordinary spaces, to compare sentences."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
