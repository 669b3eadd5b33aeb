"""Each field is saved on its own: its version decides between two people, a key makes a resent write one write."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.methodology.choices import allowed, name_of
from apps.methodology.enums import Act
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Change, Engagement, Field, Item, Seat
from apps.methodology.tools import KINDS
from apps.methodology.tools.values import Value, ValueFault, clean, is_empty

CLOSED = "Cette démarche est close\u00a0: elle se relit, elle ne s’écrit plus. La référente peut la rouvrir."
GONE = "Cet élément a été retiré. Vous pouvez le faire revenir depuis l’historique."


@dataclass(frozen=True, slots=True)
class Write:
    """One field as it was typed. ``base``: the version that was on the screen, 0 for a field never written.

    ``key``: drawn by the page; the same one again is the same write.
    """

    code: str
    raw: Any
    base: int
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Saved:
    value: Value
    version: int
    number: int  # of the change; 0 when nothing changed


def save_field(*, seat: Seat, item: Item, write: Write) -> Saved:
    """Raises ValueFault for a text that cannot be kept, Conflict, Refused. A text equal to what is there writes nothing."""
    spec = KINDS[item.kind].field(write.code)
    value = clean(spec, write.raw, allowed(item.engagement_id, spec))
    if item.gone_at:
        raise Refused(GONE)
    if write.base and (saved := written_over(seat, item, write, value)):
        return saved
    return carefully(seat, item, write, value)


# A text over the version that was on the screen, in one statement: nearly every save. Nothing where the version is
# another one, the text the same, or the démarche closed: then ``carefully`` says which.
OVER = """
WITH old AS (
  SELECT f.id, f.value FROM methodology_field f JOIN methodology_engagement e ON e.id = %(engagement)s
  WHERE f.item_id = %(item)s AND f.code = %(code)s AND f.version = %(base)s AND f.value <> %(value)s::jsonb
    AND e.closed_at IS NULL FOR UPDATE OF f
), f AS (
  UPDATE methodology_field t SET value = %(value)s::jsonb, version = t.version + 1, changed_by_id = %(seat)s,
    changed_at = now()
  FROM old WHERE t.id = old.id RETURNING t.version, old.value AS before
), n AS (
  UPDATE methodology_engagement SET sequence = sequence + 1
  WHERE id = %(engagement)s AND closed_at IS NULL AND EXISTS (SELECT 1 FROM f) RETURNING sequence
)
INSERT INTO methodology_change
  (engagement_id, number, act, item_id, code, before, after, version, seat_id, at, key)
SELECT %(engagement)s, n.sequence, 'set', %(item)s, %(code)s, f.before, %(value)s::jsonb, f.version, %(seat)s, now(),
  %(key)s
FROM f, n RETURNING number, version
"""


class Undone(Exception):  # noqa: N818
    """Nothing was written."""


def written_over(seat: Seat, item: Item, write: Write, value: Value) -> Saved | None:
    values: dict[str, Any] = {
        "engagement": item.engagement_id,
        "item": item.pk,
        "code": write.code,
        "base": write.base,
        "value": json.dumps(value),
        "seat": seat.pk,
        "key": write.key,
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OVER, values)
            found = cursor.fetchone()
            if found is None:
                raise Undone  # closed in between: the field may have been written, the change was not
    except (Undone, IntegrityError):  # the same key again
        return None
    return Saved(value, found[1], found[0])


@transaction.atomic
def carefully(seat: Seat, item: Item, write: Write, value: Value) -> Saved:
    row = locked(item, write.code)
    if repeated := already(item.engagement_id, write.key):
        return repeated
    if row is None and is_empty(value):
        return Saved(value, 0, 0)
    if row is not None and row.value == value:
        return Saved(value, row.version, 0)
    if (row.version if row else 0) != write.base:
        raise conflict(row)
    before = row.value if row else None
    if row is None:
        try:
            with transaction.atomic():
                row = Field.objects.create(item=item, code=write.code, value=value, changed_by=seat)
        except IntegrityError:  # two first texts at once: the other’s is there now
            row = locked(item, write.code)
            if row and row.value == value:
                return Saved(value, row.version, 0)
            raise conflict(row) from None
    else:
        row.value, row.version, row.changed_by, row.changed_at = value, row.version + 1, seat, timezone.now()
        row.save(update_fields=["value", "version", "changed_by", "changed_at"])
    number = record(
        item=item,
        act=Act.SET,
        code=write.code,
        before=before,
        after=value,
        version=row.version,
        seat=seat,
        key=write.key,
    )
    return Saved(value, row.version, number)


def locked(item: Item, code: str) -> Field | None:
    rows = Field.objects.select_for_update(of=("self",)).filter(item=item, code=code)
    return rows.select_related("changed_by__user").first()


def conflict(row: Field | None) -> Conflict:
    if row is None:
        return Conflict(version=0, theirs="", by="")
    return Conflict(version=row.version, theirs=row.value, by=name_of(row.changed_by))


def already(engagement: UUID, key: UUID) -> Saved | None:
    """What this key wrote the first time."""
    row = Change.objects.filter(engagement_id=engagement, key=key).first()
    return Saved(row.after, row.version, row.number) if row else None


def record(*, item: Item, act: Act, seat: Seat | None, key: UUID, **what: Any) -> int:
    """Numbers the change last: the démarche's row is held only until the commit, so that numbers come in order."""
    number = next_number(item.engagement_id)
    Change.objects.create(
        engagement_id=item.engagement_id, number=number, item=item, act=act, seat=seat, key=key, **what
    )
    return number


def next_number(engagement: UUID) -> int:
    """Refused for a démarche that is closed."""
    table = Engagement._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET sequence = sequence + 1 WHERE id = %s AND closed_at IS NULL RETURNING sequence",  # noqa: S608
            [engagement],
        )
        found = cursor.fetchone()
    if found is None:
        raise Refused(CLOSED)
    return int(found[0])


__all__ = ["Saved", "ValueFault", "Write", "record", "save_field"]
