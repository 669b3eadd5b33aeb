"""Items with texts, and the addresses of what is said about them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse

from apps.methodology.models import Engagement, Field, Item, Seat
from apps.methodology.services.fields import Saved, Write, save_field
from apps.methodology.services.items import add_item


def action(seat: Seat, title: str = "Louer la salle", **fields: Any) -> Item:
    return add_item(seat=seat, kind="action", key=uuid4(), fields={"title": title, **fields})


def write(seat: Seat, item: Item, code: str, raw: Any) -> Saved:
    """On top of what is there."""
    now = Field.objects.filter(item=item, code=code).first()
    return save_field(seat=seat, item=item, write=Write(code, raw, now.version if now else 0))


def value(item: Item, code: str) -> Any:
    return Field.objects.get(item=item, code=code).value


def url(name: str, engagement: Engagement, *args: object) -> str:
    return reverse(f"method:{name}", args=[engagement.pk, *args])
