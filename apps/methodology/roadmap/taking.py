"""Writes of step 8 done in one go: a round of readings, indicators made from actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.errors import Refused
from apps.methodology.models import Change, Field, Item, Seat
from apps.methodology.roadmap.follow_up import proposals
from apps.methodology.services.fields import ValueFault, Write, save_field
from apps.methodology.services.items import add_item
from apps.methodology.tools.follow_up import INDICATOR, READING
from apps.methodology.tools.values import clean, is_empty

NO_DATE = "Dites à quelle date ces chiffres ont été relevés."


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one indicator."""

    indicator: UUID
    actual: str
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.actual.strip() and not self.comment.strip()


@dataclass(frozen=True, slots=True)
class Taken:
    """``done``: how many indicators were written; ``faults``: by indicator, what is wrong in French."""

    done: int
    faults: dict[UUID, str]


def take(*, seat: Seat, sheet: Sheet, on: str, typed: Sequence[Typed], key: UUID) -> Taken:
    """One reading for each number typed, at ``on``; a day already chosen for a look receives it. Each on its own.

    Raises ValueFault for a date that cannot be kept. The same form sent twice writes once.
    """
    day = clean(READING.field("date"), on)
    if is_empty(day):
        raise ValueFault(NO_DATE)
    rows = {row.id: row for row in sheet.rows("indicator")}
    done, faults = 0, {}
    for one in typed:
        if one.indicator not in rows or one.is_empty:
            continue
        try:
            done += write(seat=seat, sheet=sheet, row=rows[one.indicator], day=str(day), typed=one, key=key)
        except (ValueFault, Refused) as fault:
            faults[one.indicator] = str(fault)
    return Taken(done, faults)


@transaction.atomic
def write(*, seat: Seat, sheet: Sheet, row: Row, day: str, typed: Typed, key: UUID) -> bool:
    """True when the number is there. A number already read that day is kept unless the team corrects it itself."""
    fields = {"actual": typed.actual, "comment": typed.comment}
    there = next((one for one in sheet.children(row, "reading") if one.get("date") == day), None)
    own = uuid5(key, str(row.id))
    if there is None:
        parent = Item.objects.get(pk=row.id, engagement=sheet.engagement)
        add_item(seat=seat, kind="reading", key=own, fields={"date": day, **fields}, parent=parent)
        return True
    item = Item.objects.get(pk=there.id, engagement=sheet.engagement)
    if (
        not is_empty(there.get("actual"))
        and not Change.objects.filter(item=item, key=uuid5(own, "actual")).exists()
    ):
        shown = clean(READING.field("actual"), typed.actual)
        if shown != there.get("actual"):
            raise Refused(
                "Un chiffre est déjà relevé à cette date\u00a0: ouvrez l’indicateur pour le corriger."
            )
    for code, raw in fields.items():
        if raw.strip():
            save_field(
                seat=seat, item=item, write=Write(code, raw, there.versions.get(code, 0), uuid5(own, code))
            )
    return True


def make_indicators(*, seat: Seat, sheet: Sheet, chosen: Sequence[str]) -> int:
    """How many were made. An action already followed makes no second one, whoever clicks at once.

    Raises Refused when there are too many indicators: those before it stay.
    """
    made = 0
    for one in proposals(sheet):
        key = free_key(sheet, one.id) if one.id in chosen else None
        if key:
            add_item(seat=seat, kind="indicator", key=key, fields=first_fields(sheet, one.id, one.indicator))
            made += 1
    return made


def free_key(sheet: Sheet, action: str) -> UUID | None:
    """The key of the indicator to make, the same for all who ask at once; another one after the first was removed or
    follows something else. None when it is there.
    """
    key = uuid5(UUID(action), "indicator")
    while (
        change := Change.objects.filter(engagement=sheet.engagement, key=key).select_related("item").first()
    ):
        follows = Field.objects.filter(item=change.item, code="action", value=action)
        if change.item.gone_at is None and follows.exists():
            return None
        key = uuid5(key, "again")
    return key


def first_fields(sheet: Sheet, action: str, text: str) -> Mapping[str, Any]:
    """Its name from the result that the action promises; its pillar, its date and its person from the action."""
    wanted = ("pillar", "due", "owner")
    rows = Field.objects.filter(item_id=action, item__engagement=sheet.engagement, code__in=wanted)
    said = dict(rows.values_list("code", "value"))
    owner = str(said.get("owner", ""))
    fields = {
        "title": text[: INDICATOR.field("title").most],
        "action": action,
        "pillar": said.get("pillar", ""),
        "goal_on": said.get("due", ""),
        "keeper": owner if owner in sheet.choices(INDICATOR.field("keeper")) else "",
    }
    return {code: value for code, value in fields.items() if value}
