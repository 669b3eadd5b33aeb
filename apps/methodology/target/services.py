"""Step 3: sheets and years made ready at one click, and figures of the diagnostic taken up. Twice does it once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from apps.methodology.choices import UNTITLED, titles
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.services.items import add_item, locked

FIRST, LAST = 1990, 2100
SPAN = 3
BAD_YEAR = (
    f"Écrivez l’année du dernier exercice en quatre chiffres, entre {FIRST} et {LAST}, par exemple 2025."
)
GONE = "Cette activité n’a pas de nom, ou a été retirée de la carte\u00a0: ses comptes ne s’ouvrent pas."


@transaction.atomic
def prepare_sheets(*, seat: Seat) -> int:
    """A sheet for the whole and for each activity that has none; how many were made. Refused when closed or full."""
    locked(seat.engagement_id)
    held = {value or "" for value in _values(seat.engagement_id, "photograph", "activity").values()}
    activities = titles(seat.engagement_id, "activity")
    named = [key for key, title in activities.items() if title != UNTITLED]
    wanted = [scope for scope in ("", *named) if scope not in held]
    for scope in wanted:
        add_item(seat=seat, kind="photograph", key=uuid4(), fields={"activity": scope})
    return len(wanted)


@transaction.atomic
def prepare_years(*, seat: Seat, scope: str, latest: int) -> int:
    """The three years up to ``latest`` for the whole ("") or an activity; how many were made. Raises Refused."""
    locked(seat.engagement_id)
    if not FIRST <= latest <= LAST:
        raise Refused(BAD_YEAR)
    if scope and scope not in titles(seat.engagement_id, "activity"):
        raise Refused(GONE)
    held = years_of(seat, scope)
    wanted = [year for year in range(latest - SPAN + 1, latest + 1) if year not in held]
    for year in wanted:
        _open(seat, scope, year)
    return len(wanted)


def take_up(*, seat: Seat, figures: Mapping[int, Mapping[str, Decimal]]) -> int:
    """Copies the diagnostic's figures of the whole into empty fields only; how many were written. Raises Refused.

    A year that nobody opened is opened. What somebody types meanwhile stays: each field is written on its own, for a
    save holds its field before the démarche, and holding the démarche first would bar the way to both.
    """
    written = 0
    for item, amounts in _opened(seat, figures):
        known = {field.code: field for field in Field.objects.filter(item=item)}
        for code, value in amounts.items():
            field = known.get(code)
            if field is None or field.value in ("", None):
                written += _fill(seat, item, Write(code, str(value), field.version if field else 0))
    return written


@transaction.atomic
def _opened(
    seat: Seat, figures: Mapping[int, Mapping[str, Decimal]]
) -> list[tuple[Item, Mapping[str, Decimal]]]:
    locked(seat.engagement_id)
    held = years_of(seat, "")
    return [(held.get(year) or _open(seat, "", year), amounts) for year, amounts in figures.items()]


def _fill(seat: Seat, item: Item, write: Write) -> bool:
    try:
        return bool(save_field(seat=seat, item=item, write=write).number)
    except Conflict:
        return False


def _open(seat: Seat, scope: str, year: int) -> Item:
    return add_item(seat=seat, kind="year", key=uuid4(), fields={"year": str(year), "activity": scope})


def years_of(seat: Seat, scope: str) -> dict[int, Item]:
    """The years of a scope, by number; the first one of two that are the same. 3 queries."""
    scopes = _values(seat.engagement_id, "year", "activity")
    numbers = _values(seat.engagement_id, "year", "year")
    items = Item.objects.filter(engagement=seat.engagement_id, kind="year", gone_at=None)
    found: dict[int, Item] = {}
    for item in items:
        number = numbers.get(item.pk)
        if number and (scopes.get(item.pk) or "") == scope:
            found.setdefault(int(Decimal(number)), item)
    return found


def _values(engagement: UUID, kind: str, code: str) -> dict[UUID, str]:
    """The value of this field for each item of the kind that shows, "" when it has none. 2 queries."""
    items = Item.objects.filter(engagement=engagement, kind=kind, gone_at=None).values_list("pk", flat=True)
    rows = Field.objects.filter(item__engagement=engagement, item__kind=kind, item__gone_at=None, code=code)
    return dict.fromkeys(items, "") | dict(rows.values_list("item_id", "value"))
