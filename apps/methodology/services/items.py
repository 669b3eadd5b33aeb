"""Items come, move, go and come back; each is one numbered change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from apps.methodology.choices import allowed
from apps.methodology.enums import Act
from apps.methodology.errors import Refused
from apps.methodology.models import Change, Engagement, Field, Item, Seat
from apps.methodology.services.fields import CLOSED, record
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import Kind
from apps.methodology.tools.values import Value, clean, is_empty

STALE = "Cette page datait d’avant un autre geste\u00a0: rechargez-la, puis recommencez."
ALONE = "Il n’y en a qu’un par démarche\u00a0: il ne s’ajoute pas et ne se retire pas."


def single_key(engagement: UUID, kind: str) -> UUID:
    """The key of the one item of a single kind: known before it is written, so that two people make one."""
    return uuid5(engagement, kind)


def single_item(engagement: UUID, kind: str) -> Item:
    """Made at the first write."""
    key = single_key(engagement, kind)
    Item.objects.bulk_create([Item(pk=key, engagement_id=engagement, kind=kind)], ignore_conflicts=True)
    return Item.objects.get(pk=key, engagement_id=engagement)


@transaction.atomic
def add_item(
    *, seat: Seat, kind: str, key: UUID, fields: Mapping[str, Any] | None = None, parent: Item | None = None
) -> Item:
    """``fields``: code → what was typed. The same key again gives the same item.

    Raises Refused when there are too many, ValueFault for a text that cannot be kept: nothing is written then.
    """
    engagement = locked(seat.engagement_id)
    if made := Change.objects.filter(engagement=engagement, key=key).select_related("item").first():
        return made.item
    spec = KINDS[kind]
    check_room(engagement, spec, parent)
    values = typed_values(engagement.pk, spec, fields or {})
    last = Item.objects.filter(engagement=engagement, kind=kind, parent=parent).order_by("-place").first()
    place = last.place + 1 if last else 0
    item = Item.objects.create(engagement=engagement, kind=kind, parent=parent, place=place, made_by=seat)
    Field.objects.bulk_create(
        Field(item=item, code=code, value=value, changed_by=seat) for code, value in values.items()
    )
    record(item=item, act=Act.MADE, seat=seat, key=key, after=values)
    for code, value in values.items():
        # Every first text is a version of its own, as if it had been typed in its field.
        record(item=item, act=Act.SET, code=code, after=value, version=1, seat=seat, key=uuid4())
    return item


def typed_values(engagement: UUID, kind: Kind, fields: Mapping[str, Any]) -> dict[str, Value]:
    values = {
        code: clean(kind.field(code), raw, allowed(engagement, kind.field(code)))
        for code, raw in fields.items()
    }
    return {code: value for code, value in values.items() if not is_empty(value)}


def check_room(engagement: Engagement, kind: Kind, parent: Item | None) -> None:
    if kind.is_single:
        raise Refused(ALONE)
    if (parent.kind if parent else "") != kind.of or (parent and parent.gone_at):
        raise Refused("L’élément auquel celui-ci se rattache a été retiré.")
    held = Item.objects.filter(engagement=engagement, kind=kind.code, gone_at=None)
    if held.count() >= kind.most:
        raise Refused(
            f"Il y a déjà {kind.most} {kind.plural}\u00a0: retirez ce qui ne sert plus, ou réunissez."
        )
    if kind.most_each and held.filter(parent=parent).count() >= kind.most_each:
        raise Refused(
            f"Il y a déjà {kind.most_each} {kind.plural} ici\u00a0: retirez ce qui ne sert plus, ou réunissez."
        )


def locked(engagement: UUID) -> Engagement:
    """Held until the end of the transaction: lists change one hand at a time. Refused for a closed démarche."""
    found = Engagement.objects.select_for_update().get(pk=engagement)
    if not found.is_open:
        raise Refused(CLOSED)
    return found


@transaction.atomic
def remove_item(*, seat: Seat, item: Item, key: UUID) -> None:
    """Its texts stay, for the way back."""
    set_gone(seat=seat, item=item, key=key, gone=True)


@transaction.atomic
def bring_back_item(*, seat: Seat, item: Item, key: UUID) -> None:
    set_gone(seat=seat, item=item, key=key, gone=False)


def set_gone(*, seat: Seat, item: Item, key: UUID, gone: bool) -> None:
    engagement = locked(item.engagement_id)
    item.refresh_from_db(fields=["gone_at"])
    if KINDS[item.kind].is_single:
        raise Refused(ALONE)
    if bool(item.gone_at) == gone:
        return
    if Change.objects.filter(engagement=engagement, key=key).exists():  # done, then undone by somebody
        raise Refused(STALE)
    if not gone:
        check_room(engagement, KINDS[item.kind], item.parent)
    item.gone_at = timezone.now() if gone else None
    item.save(update_fields=["gone_at"])
    record(item=item, act=Act.REMOVED if gone else Act.BROUGHT_BACK, seat=seat, key=key)


@transaction.atomic
def move_item(*, seat: Seat, item: Item, up: bool, key: UUID) -> None:
    """One place up or down among those that show. At the end of the list, nothing changes."""
    locked(item.engagement_id)
    if Change.objects.filter(engagement_id=item.engagement_id, key=key).exists():
        return
    beside = list(
        Item.objects.filter(
            engagement_id=item.engagement_id, kind=item.kind, parent=item.parent_id, gone_at=None
        )
    )
    old = next((number for number, one in enumerate(beside) if one.pk == item.pk), None)
    if old is None or not 0 <= (new := old - 1 if up else old + 1) < len(beside):
        return
    beside[old], beside[new] = beside[new], beside[old]
    for place, one in enumerate(beside):
        one.place = place
    Item.objects.bulk_update(beside, ["place"])
    record(item=item, act=Act.MOVED, seat=seat, key=key, before=old, after=new)
