"""The items of a démarche with their fields in words: 2 queries for all its tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apps.methodology.bench.words import said
from apps.methodology.choices import OF_ITEMS, UNTITLED
from apps.methodology.dossier.contents import Filled, Listing, Ref, Thing, ToolPart
from apps.methodology.models import Engagement, Field, Item
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool
from apps.methodology.tools.values import is_empty

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """``things``: kind → its items, in order."""

    things: Mapping[str, tuple[Thing, ...]]
    by_id: Mapping[str, Thing]

    @classmethod
    def of(
        cls, engagement: Engagement, people: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]
    ) -> Shelf:
        values = read_values(engagement)
        items = [
            item for item in read_items(engagement) if values.get(item.pk) or not KINDS[item.kind].is_single
        ]
        words = Words(people, lists, {str(item.pk): title(item, values.get(item.pk, {})) for item in items})
        made: dict[str, Thing] = {}
        found: dict[str, list[Thing]] = defaultdict(list)
        for item in items:
            # Parents come first.
            parent = made.get(str(item.parent_id))
            one = thing(item, len(found[item.kind]) + 1, values.get(item.pk, {}), words, parent)
            made[one.id] = one
            found[item.kind].append(one)
        under = children(found)
        shelved = {
            kind: tuple(replace(one, children=tuple(under.get(one.id, ()))) for one in rows)
            for kind, rows in found.items()
        }
        return cls(shelved, {one.id: one for rows in shelved.values() for one in rows})

    def part(self, tool: Tool) -> ToolPart:
        return ToolPart(tool, tuple(Listing(kind, self.things.get(kind.code, ())) for kind in tool.kinds))

    def named(self, item: UUID | None) -> Ref | None:
        """None for an item that is none or was removed."""
        found = self.by_id.get(str(item))
        return found.ref if found else None


def read_items(engagement: Engagement) -> list[Item]:
    """Those that show: neither removed nor under a removed one; those of a parent together, in the parents' order."""
    rows = [
        item
        for item in Item.objects.filter(engagement=engagement, gone_at=None).order_by(
            "place", "made_at", "pk"
        )
        if item.kind in KINDS
    ]
    ranks = {item.pk: rank for rank, item in enumerate(rows) if item.parent_id is None}
    shown = [item for item in rows if item.parent_id is None or item.parent_id in ranks]
    return sorted(shown, key=lambda item: ranks[item.parent_id] if item.parent_id else -1)


def read_values(engagement: Engagement) -> dict[UUID, dict[str, Any]]:
    rows = Field.objects.filter(item__engagement=engagement, item__gone_at=None)
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for item, code, value in rows.values_list("item_id", "code", "value"):
        if not is_empty(value):
            found[item][code] = value
    return found


def children(found: Mapping[str, list[Thing]]) -> dict[str, list[Thing]]:
    under: dict[str, list[Thing]] = defaultdict(list)
    for rows in found.values():
        for one in rows:
            if one.parent:
                under[one.parent.id].append(one)
    return under


def title(item: Item, values: Values) -> str:
    kind = KINDS[item.kind]
    spec = kind.by_code.get(kind.title)
    return (said(spec, values.get(kind.title)) if spec else kind.singular) or UNTITLED


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of a choice are. ``titles``: of the items that still show."""

    people: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]

    def of(self, spec: FieldSpec) -> Mapping[str, str]:
        if spec.type == FieldType.MEMBER:
            return self.people
        if spec.type in OF_ITEMS:
            return self.titles
        return self.lists.get(spec.source, {})

    def kept(self, spec: FieldSpec, value: Any) -> Any:
        """Without what was removed since, and in the order of the items."""
        if spec.type == FieldType.ITEMS:
            chosen = set(value)
            return [one for one in self.titles if one in chosen]
        if spec.type == FieldType.ITEM:
            return value if value in self.titles else ""
        return value


def thing(item: Item, number: int, values: Values, words: Words, parent: Thing | None) -> Thing:
    kind: Kind = KINDS[item.kind]
    fields = []
    for spec in kind.fields:
        value = words.kept(spec, values[spec.code]) if spec.code in values else None
        if not is_empty(value) and value is not False:
            fields.append(Filled(spec, value, said(spec, value, words.of(spec))))
    named = words.titles[str(item.pk)]
    return Thing(str(item.pk), kind, number, parent.ref if parent else None, named, tuple(fields))
