"""What the others do: the changes after a number, and who is here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core.typography import join_list
from apps.methodology.access import Place
from apps.methodology.bench.looks import SEEN_SECONDS, mark
from apps.methodology.bench.saving import raw_list
from apps.methodology.choices import SOMEBODY
from apps.methodology.enums import Act
from apps.methodology.models import Change, Item, Presence
from apps.methodology.services.items import single_key
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import Tool

SEEN = timedelta(seconds=SEEN_SECONDS)
MOST = 200
CODES = frozenset(code for kind in KINDS.values() for code in kind.by_code)


def told(engagement: UUID, seat: UUID, tool: Tool, after: int, number: int) -> dict[str, Any]:
    """What a page is told: ``people`` here and ``writing`` (« item:code » → who), their ``mark``, and the ``fields``
    written since ``after``, the latest text of each; ``any``: whether lists or figures changed; ``reload``: too much,
    read the page again. 2 queries.
    """
    here = list(
        Presence.objects.filter(
            seat__engagement=engagement,
            seat__left_at=None,
            tool=tool.code,
            seen_at__gt=timezone.now() - SEEN,
        )
        .exclude(seat=seat)
        .order_by("seat__joined_at")
        .values_list("seat_id", "item_id", "code", *NAME)
    )
    names = {place: name(*said) for place, _, _, *said in here}
    return {
        "number": number,
        "people": f"Ici aussi\u00a0: {join_list(names.values())}." if names else "",
        "writing": {f"{item}:{code}": names[place] for place, item, code, *_ in here if item and code},
        "mark": mark((place, item, code) for place, item, code, *_ in here),
        **changes(engagement, tool, after, number),
    }


# Of a seat, without making rows of people: a look is taken every second.
NAME = ("seat__user__full_name", "seat__user__email")


def name(full_name: str | None, email: str | None) -> str:
    """As ``choices.name_of``."""
    return full_name or email or SOMEBODY


def changes(engagement: UUID, tool: Tool, after: int, number: int) -> dict[str, Any]:
    if number == after:
        return {"fields": [], "any": False}
    kinds = [kind.code for kind in tool.kinds]
    found = Change.objects.filter(engagement=engagement, number__gt=after, item__kind__in=kinds)
    columns = ("act", "item_id", "code", "version", "after", *NAME)
    rows = list(found.order_by("number").values_list(*columns)[: MOST + 1])
    if len(rows) > MOST:
        return {"reload": True}
    fields = {
        f"{item}:{code}": {
            "name": f"{item}:{code}",
            "version": version,
            "values": raw_list(value),
            "by": name(*said),
        }
        for act, item, code, version, value, *said in rows
        if act == Act.SET
    }
    return {"fields": list(fields.values()), "any": bool(rows)}


def is_of(engagement: UUID, item: UUID) -> bool:
    """An item of the démarche, written or (of a single kind) still to be."""
    singles = {single_key(engagement, code) for code, kind in KINDS.items() if kind.is_single}
    return item in singles or Item.objects.filter(pk=item, engagement=engagement).exists()


def note_presence(*, place: Place, tool: Tool, item: UUID | None, code: str) -> None:
    known = item and is_of(place.engagement.pk, item)
    values: dict[str, Any] = {
        "tool": tool.code,
        "code": code if known and code in CODES else "",
        "seen_at": timezone.now(),
    }
    values["item_id"] = item if known else None
    Presence.objects.update_or_create(seat=place.seat, defaults=values)
