"""What a team wrote over months, in bulk: items, fields with their versions, changes numbered in order of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from apps.demo.campaigns import at
from apps.methodology.choices import catalogue_lists
from apps.methodology.enums import Act
from apps.methodology.models import Change, Engagement, Field, Item, Seat
from apps.methodology.services.items import single_key
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.methodology.tools.values import Value, clean

FRIDAY = 4
PACE = timedelta(seconds=40)  # between two texts of one sitting
HOUR = 14


def day(offset: int) -> date:
    """Days from today; never a Saturday or a Sunday: the Friday before."""
    found = timezone.localdate() + timedelta(days=offset)
    return found - timedelta(days=max(0, found.weekday() - FRIDAY))


def moment(offset: int, hour: int = HOUR) -> datetime:
    return at(day(offset), hour)


class Ledger:
    """``items``: those that the description names. A row of ``write``: ``by``, ``day``, ``fields``, and either the
    ``kind`` of a new item (with ``key``, its name; ``parent``; ``made_key``, of its change) or the ``item`` it edits.
    """

    def __init__(self, engagement: Engagement, seats: Mapping[str, Seat]) -> None:
        self.engagement, self.seats = engagement, seats
        self.items: dict[str, Item] = {}
        self.fields: dict[tuple[UUID, str], Field] = {}
        self.places: Counter[tuple[str, UUID | None]] = Counter()
        self.clock = moment(-10_000)

    def adopt(self, items: Mapping[str, Item]) -> None:
        """Items that a service made, to be named and edited. 1 query."""
        self.items |= items
        self.places.update((item.kind, item.parent_id) for item in items.values())
        for field in Field.objects.filter(item__in=items.values()):
            self.fields[field.item_id, field.code] = field

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """In order of date, whatever the order they come in."""
        self.engagement.refresh_from_db(fields=["sequence"])
        ordered = sorted(rows, key=lambda row: day(row["day"]))
        named = [(row, self.item_of(row)) for row in ordered]
        known = {key: field.version for key, field in self.fields.items()}
        changes = [change for row, item in named for change in self.written(row, item)]
        Item.objects.bulk_create(item for row, item in named if "kind" in row)
        Field.objects.bulk_create(field for key, field in self.fields.items() if key not in known)
        old = [self.fields[key] for key, version in known.items() if self.fields[key].version != version]
        Field.objects.bulk_update(old, ["value", "version", "changed_by", "changed_at"])
        Change.objects.bulk_create(changes)
        self.engagement.save(update_fields=["sequence"])

    def item_of(self, row: Mapping[str, Any]) -> Item:
        """The one it edits, or a new one."""
        if "item" in row:
            return self.items[row["item"]]
        kind, parent = KINDS[row["kind"]], self.items.get(row.get("parent", ""))
        among = kind.code, parent.pk if parent else None
        place, self.places[among] = self.places[among], self.places[among] + 1
        made = Item(engagement=self.engagement, kind=kind.code, parent=parent, place=place)
        made.made_by, made.made_at = self.seats[row["by"]], moment(row["day"])
        if kind.is_single:
            made.pk = single_key(self.engagement.pk, kind.code)
        self.items[row.get("key", str(made.pk))] = made
        return made

    def written(self, row: Mapping[str, Any], item: Item) -> Iterable[Change]:
        """Its changes: it is made, then each text is a version of its own, as the services do."""
        seat = self.seats[row["by"]]
        self.clock = max(self.clock, moment(row["day"]))
        specs = KINDS[item.kind].by_code
        values = {code: self.typed(specs[code], raw) for code, raw in row["fields"].items()}
        if "kind" in row and not KINDS[item.kind].is_single:
            yield self.change(item, seat, act=Act.MADE, after=values, key=row.get("made_key") or uuid4())
        for code, value in values.items():
            field = self.fields.get((item.pk, code))
            before = field.value if field else None
            if field is None:
                field = self.fields[item.pk, code] = Field(item=item, code=code, version=0)
            field.value, field.version, field.changed_by = value, field.version + 1, seat
            change = self.change(
                item, seat, act=Act.SET, code=code, before=before, after=value, version=field.version
            )
            field.changed_at = change.at
            yield change

    def change(self, item: Item, seat: Seat, **what: Any) -> Change:
        self.engagement.sequence += 1
        self.clock += PACE
        return Change(
            engagement=self.engagement,
            number=self.engagement.sequence,
            item=item,
            seat=seat,
            at=self.clock,
            **what,
        )

    def typed(self, spec: FieldSpec, raw: Any) -> Value:
        """A value of the description as the services would keep it: names become keys, numbers of days dates (one in full stays)."""
        if spec.type == FieldType.DATE:
            return clean(spec, raw if isinstance(raw, str) else day(raw).isoformat())
        if spec.type == FieldType.MEMBER:
            raw = str(self.seats[raw].pk)
            return clean(spec, raw, [raw])
        if spec.type == FieldType.ITEM:
            raw = str(self.items[raw].pk)
            return clean(spec, raw, [raw])
        if spec.type == FieldType.ITEMS:
            keys = [str(self.items[name].pk) for name in raw]
            return clean(spec, keys, keys)
        allowed = dict(spec.choices) or (catalogue_lists()[spec.source] if spec.source else {})
        return clean(spec, raw, list(allowed))
