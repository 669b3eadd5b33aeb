"""What one tool of a démarche holds now, read in five queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property

from apps.core.prepared import Prepared
from apps.methodology.access import Place
from apps.methodology.bench.boxes import Box, box
from apps.methodology.bench.words import said
from apps.methodology.choices import OF_ITEMS, UNTITLED, catalogue_lists, is_of_the_team, name_of, team_seats
from apps.methodology.models import Field, Item
from apps.methodology.services.items import single_key
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool


@cache
def items_of(kinds: tuple[str, ...]) -> Prepared[Item]:
    """Those of a démarche that show, in their order; ``talked``: number of comments."""

    def build(engagement: UUID) -> QuerySet[Item]:
        talked = Count("comments", filter=Q(comments__taken_back_at=None), distinct=True)
        items = Item.objects.filter(engagement=engagement, gone_at=None, kind__in=kinds)
        return items.annotate(talked=talked).order_by("place", "made_at", "pk")

    return Prepared(build, UUID(int=5))


@dataclass(frozen=True, slots=True)
class Row:
    """An item with its values. ``title``: what names it in lists."""

    id: UUID
    kind: Kind
    parent: UUID | None
    values: dict[str, Any]
    versions: dict[str, int]
    comments: int
    title: str

    def get(self, code: str, default: Any = "") -> Any:
        return self.values.get(code, default)


class Sheet:
    """The items of ``kinds`` and whatever their fields name. Built for a ``Place``; « read » is checked by the caller."""

    def __init__(self, place: Place, kinds: Iterable[Kind]) -> None:
        self.place, self.kinds = place, tuple(kinds)
        self.engagement = place.engagement
        self._titles: dict[str, dict[str, str]] = {}
        self._rows = self._read()
        self._name_by_others()

    @classmethod
    def of(cls, place: Place, tool: Tool) -> Sheet:
        return cls(place, [*tool.kinds, *(KINDS[code] for code in tool.reads)])

    # --- reading -------------------------------------------------------------------------------------------------
    def _read(self) -> dict[str, list[Row]]:
        codes = [kind.code for kind in self.kinds]
        named = {f.source for kind in self.kinds for f in kind.fields if f.type in OF_ITEMS} - set(codes)
        found = items_of((*codes, *sorted(named)))(self.engagement.pk)
        fields: dict[UUID, list[tuple[str, Any, int]]] = {}
        values = Field.objects.filter(item__engagement=self.engagement, item__gone_at=None)
        wanted = Q(item__kind__in=codes) | Q(item__kind__in=named, code="title")
        for key, code, value, version in values.filter(wanted).values_list(
            "item_id", "code", "value", "version"
        ):
            fields.setdefault(key, []).append((code, value, version))
        shown = {item.pk for item in found if item.parent_id is None}
        rows: dict[str, list[Row]] = {code: [] for code in [*codes, *named]}
        for item in found:
            if item.parent_id is None or item.parent_id in shown:
                rows[item.kind].append(self._row(item, fields.get(item.pk, [])))
        for kind in self.kinds:
            if kind.is_single and not rows[kind.code]:
                key = single_key(self.engagement.pk, kind.code)
                rows[kind.code] = [Row(key, kind, None, {}, {}, 0, kind.singular)]
        return rows

    def _name_by_others(self) -> None:
        """Kinds whose title is another item: named once all are read."""
        for kind in self.kinds:
            spec = kind.by_code.get(kind.title)
            if spec and spec.type in OF_ITEMS:
                words = self.words(spec)
                self._rows[kind.code] = [
                    replace(row, title=words.get(str(row.get(spec.code))) or kind.blank)
                    for row in self._rows[kind.code]
                ]
        self._titles.clear()

    def _row(self, item: Any, fields: list[tuple[str, Any, int]]) -> Row:
        kind = KINDS[item.kind]
        values = {code: value for code, value, _ in fields}
        spec = kind.by_code.get(kind.title)
        title = said(spec, values.get(kind.title)) if spec else kind.singular
        return Row(
            item.pk,
            kind,
            item.parent_id,
            values,
            {code: version for code, _, version in fields},
            item.talked,
            title or UNTITLED,
        )

    # --- what pages and displays read ----------------------------------------------------------------------------
    def rows(self, kind: str) -> list[Row]:
        """In their order; a single kind has one row, even before it is written."""
        return self._rows[kind]

    def single(self, kind: str) -> Row:
        return self._rows[kind][0]

    def row(self, key: UUID) -> Row | None:
        return next((row for rows in self._rows.values() for row in rows if row.id == key), None)

    def children(self, row: Row, kind: str) -> list[Row]:
        return [one for one in self._rows.get(kind, []) if one.parent == row.id]

    def said(self, row: Row, code: str) -> str:
        spec = row.kind.field(code)
        return said(spec, row.values.get(code), self.words(spec))

    # --- choices -------------------------------------------------------------------------------------------------
    @cached_property
    def _seats(self) -> list[Any]:
        return list(team_seats(self.engagement.pk))

    @cached_property
    def _team(self) -> dict[str, str]:
        return {str(seat.pk): name_of(seat) for seat in self._seats if is_of_the_team(seat)}

    @cached_property
    def _everybody(self) -> dict[str, str]:
        return {str(seat.pk): name_of(seat) for seat in self._seats}

    @cached_property
    def _lists(self) -> dict[str, dict[str, str]]:
        return catalogue_lists()

    def choices(self, spec: FieldSpec) -> dict[str, str]:
        """What may be chosen now."""
        if spec.type == FieldType.MEMBER:
            return self._team
        return self.words(spec)

    def words(self, spec: FieldSpec) -> dict[str, str]:
        """Also the words of what may not be chosen any more."""
        if spec.choices:
            return dict(spec.choices)
        if spec.type == FieldType.MEMBER:
            return self._everybody
        if spec.type in OF_ITEMS:
            return self._titles_of(spec.source)
        return self._lists[spec.source] if spec.source else {}

    def _titles_of(self, kind: str) -> dict[str, str]:
        """Made once: each field of each row asks for them."""
        if kind not in self._titles:
            self._titles[kind] = {str(row.id): row.title for row in self._rows.get(kind, [])}
        return self._titles[kind]

    # --- fields on the page --------------------------------------------------------------------------------------
    def box(self, row: Row, code: str, **more: Any) -> Box:
        spec = row.kind.field(code)
        labels = {key: label for key, label in self.choices(spec).items() if key != str(row.id)}
        more.setdefault("writes", self.place.writes)
        return box(
            row.id, spec, row.values.get(code), row.versions.get(code, 0), labels, self.words(spec), **more
        )

    def boxes(self, row: Row) -> dict[str, Box]:
        """By code, in the order of the kind."""
        return {spec.code: self.box(row, spec.code) for spec in row.kind.fields}
