"""What the team keeps of the proposals becomes actions and indicators. Asked twice, it is made once; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from apps.methodology.bench.sheet import Sheet
from apps.methodology.choosing.proposals import Proposal
from apps.methodology.models import Change, Engagement, Item, Seat
from apps.methodology.services.items import add_item
from apps.methodology.tools import KINDS

AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a proposal goes. ``there``: the item that it already is; else ``key`` is that of the one to make."""

    key: UUID
    there: UUID | None = None


def slots(engagement: Engagement, scenario: UUID, found: Sequence[Proposal]) -> dict[str, Slot]:
    """By key of the proposal. 1 query, and 1 more for each time that one of them was made and removed again."""
    keys = {one.key: first_key(scenario, one) for one in found}
    made: dict[str, Slot] = {}
    while keys:
        changes = Change.objects.filter(engagement=engagement, key__in=list(keys.values()))
        seen = {
            key: (item, gone) for key, item, gone in changes.values_list("key", "item_id", "item__gone_at")
        }
        for name, key in list(keys.items()):
            item, gone = seen.get(key, (None, None))
            if item is None or gone is None:
                made[name] = Slot(key, item)
                del keys[name]
            else:  # removed since: it may be made again, under another key that is the same for all who ask
                keys[name] = uuid5(key, AGAIN)
    return made


def first_key(scenario: UUID, one: Proposal) -> UUID:
    """Of an action, the hypothesis’s own; of an indicator, the scenario’s."""
    return uuid5(UUID(one.key), "action") if one.kind == "action" else uuid5(scenario, f"indicator {one.key}")


def make(
    *,
    seat: Seat,
    sheet: Sheet,
    scenario: UUID,
    chosen: Sequence[Proposal],
    edited: Mapping[str, Mapping[str, str]],
) -> int:
    """How many were made. ``edited``: key of the proposal → code → what the person typed instead.

    Raises Refused when there is no more room (those before it stay), ValueFault for a text that cannot be kept.
    """
    done = 0
    places = slots(sheet.engagement, scenario, chosen)
    for one in chosen:
        if places[one.key].there is None:
            put(seat, one, places[one.key].key, {**one.fields, **edited.get(one.key, {})})
            done += 1
    return done


@transaction.atomic
def put(seat: Seat, one: Proposal, key: UUID, fields: Mapping[str, str]) -> Item:
    """With the days of its readings, when it is an indicator."""
    spec = KINDS[one.kind].by_code
    item = add_item(seat=seat, kind=one.kind, key=key, fields={c: v for c, v in fields.items() if c in spec})
    for reading in one.readings:
        day = reading.on.isoformat()
        told = {"date": day, "planned": reading.planned}
        add_item(seat=seat, kind="reading", key=uuid5(key, day), fields=told, parent=item)
    return item
