"""What was changed in a démarche, told in French, with the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet

from apps.editorial.diff import Row, added, removed, rows
from apps.methodology.access import Place
from apps.methodology.bench.words import said
from apps.methodology.choices import OF_ITEMS, SOMEBODY, catalogue_lists, name_of, team_seats
from apps.methodology.enums import Act
from apps.methodology.models import Change, Field
from apps.methodology.talk.addresses import item_url
from apps.methodology.talk.selectors import names_and_titles
from apps.methodology.tools import KINDS, TOOLS
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.methodology.tools.values import is_empty

A_PAGE = 30
VERBS: dict[str, str] = {
    Act.MADE: "a ajouté",
    Act.REMOVED: "a retiré",
    Act.BROUGHT_BACK: "a fait revenir",
    Act.MOVED: "a changé de place",
}
WRITTEN = (FieldType.LINE, FieldType.TEXT)
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """Back to what was there: ``base`` is the version that the page shows, ``key`` makes a second click none."""

    label: str
    base: int
    key: UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """``field``: "" for a whole item; ``told``: what went and what came."""

    number: int
    at: datetime
    who: str
    verb: str
    name: str
    url: str
    field: str
    told: tuple[Row, ...]
    way: Way | None


def changes_of(
    engagement: UUID, *, before: int = 0, tool: str = "", item: UUID | None = None
) -> QuerySet[Change]:
    """Newest first; ``before``: only those of a smaller number. 1 query."""
    kinds = [kind.code for kind in TOOLS[tool].kinds] if tool in TOOLS else list(KINDS)
    found = Change.objects.filter(engagement=engagement, item__kind__in=kinds).select_related("item")
    if item:
        found = found.filter(Q(item=item) | Q(item__parent=item))  # and what belongs to it
    return (found.filter(number__lt=before) if before else found).order_by("-number")


def entries(place: Place, changes: Sequence[Change]) -> list[Entry]:
    """At most 5 queries, whatever their number."""
    book = Book(place, changes)
    return [book.entry(change) for change in changes]


class Book:
    """The words that these changes need, read at once."""

    def __init__(self, place: Place, changes: Sequence[Change]) -> None:
        self.place = place
        items = {change.item_id: change.item for change in changes}
        self.people = {str(seat.pk): name_of(seat) for seat in team_seats(place.engagement.pk)}
        self.names, self.titles = names_and_titles(items.values(), keys_in(changes))
        self.lists = catalogue_lists()
        now = Field.objects.filter(item__in=items).values_list("item_id", "code", "value", "version")
        self.now = {(item, code): (value, version) for item, code, value, version in now}

    def entry(self, change: Change) -> Entry:
        spec = spec_of(change)
        return Entry(
            number=change.number,
            at=change.at,
            who=self.people.get(str(change.seat_id), SOMEBODY),
            verb=verb(change),
            name=self.names[change.item_id],
            url=item_url(change.item),
            field=(spec.label if spec else change.code) if change.act == Act.SET else "",
            told=self.told(change, spec) if change.act == Act.SET else (),
            way=self.way(change, spec),
        )

    def told(self, change: Change, spec: FieldSpec | None) -> tuple[Row, ...]:
        before, after = self.texts(spec, change.before), self.texts(spec, change.after)
        if spec is None or (spec.type not in WRITTEN and len(before) < 2 and len(after) < 2):
            # A number or a date is told whole: word by word it would be in pieces.
            return (*map(removed, before), *map(added, after))
        return tuple(row for row in rows(before, after) if row.kind != "same")

    def texts(self, spec: FieldSpec | None, value: Any) -> list[str]:
        """The paragraphs of a text, each choice of a list, or the value in words; [] for nothing."""
        if is_empty(value):
            return []
        if spec is None:
            return [str(value)]
        if spec.type in WRITTEN:
            return [text for text in str(value).split("\n") if text.strip()]
        if isinstance(value, list) and spec.type != FieldType.SHARES:
            return [said(spec, [one], self.labels(spec)) for one in value]
        return [text for text in [said(spec, value, self.labels(spec)) or "non"] if text]

    def labels(self, spec: FieldSpec) -> Labels:
        if spec.type == FieldType.MEMBER:
            return self.people
        if spec.type in OF_ITEMS:
            return self.titles
        return self.lists.get(spec.source, {})

    def way(self, change: Change, spec: FieldSpec | None) -> Way | None:
        if not self.place.writes:
            return None
        if change.act == Act.REMOVED:
            return Way("Faire revenir", 0, uuid4()) if change.item.gone_at else None
        if change.act != Act.SET or spec is None or change.item.gone_at or is_empty(change.before):
            return None
        value, version = self.now.get((change.item_id, change.code), (None, 0))
        if value == change.before:
            return None
        return Way("Remettre comme avant ce changement", version, uuid4())


def verb(change: Change) -> str:
    if change.act != Act.SET:
        return VERBS[change.act]
    if is_empty(change.before):
        return "a écrit"
    return "a effacé" if is_empty(change.after) else "a changé"


def spec_of(change: Change) -> FieldSpec | None:
    """None for a field that the tools of today do not have any more."""
    return KINDS[change.item.kind].by_code.get(change.code)


def keys_in(changes: Sequence[Change]) -> set[str]:
    """The items that values name."""
    found: set[str] = set()
    for change in changes:
        spec = spec_of(change)
        if spec is None or spec.type not in OF_ITEMS:
            continue
        for value in (change.before, change.after):
            found |= set(value if isinstance(value, list) else [value] if value else [])
    return found
