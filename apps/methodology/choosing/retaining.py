"""The scenario that is chosen: marked, the others unmarked, and the decision written, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.methodology.choices import UNTITLED
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Decision, Field, Item, Seat
from apps.methodology.services import decisions
from apps.methodology.services.fields import GONE, Write, save_field

LEAD_ONLY = "Le scénario se retient par la personne qui conduit la démarche, une fois la décision prise."
STEP = 5
LIKE = "Nous retenons le scénario «\u00a0"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who decided, when and why, as the log of decisions keeps it."""

    why: str
    decided_by: str
    decided_on: date


@transaction.atomic
def retain(*, seat: Seat, scenario: Item, choice: Choice, key: UUID) -> Decision:
    """Exactly one is chosen afterwards. ``key``: drawn with the form; the same one again changes nothing.

    Raises NotYours; Refused for a closed démarche, a scenario that is gone, or one that somebody marks at this instant.
    """
    if seat.role != SeatRole.LEAD:
        raise NotYours(LEAD_ONLY)
    if known := Decision.objects.filter(key=key, engagement=seat.engagement_id).first():
        return known
    scenarios = {
        one.pk: one
        for one in Item.objects.filter(engagement=seat.engagement_id, kind="scenario", gone_at=None)
    }
    if scenario.pk not in scenarios:
        raise Refused(GONE)
    mark(seat, scenarios, scenario.pk)
    return decisions.write(seat=seat, said=said_of(seat, scenario, choice), key=key)


def mark(seat: Seat, scenarios: dict[UUID, Item], chosen: UUID) -> None:
    """A save holds its field, then the démarche. Here several are saved: all are held before the first one is, so that
    nobody who saves one of them waits for us while we wait for her.
    """
    held(
        scenarios, "title"
    )  # two leads at once come one after the other, also where no scenario was ever marked
    marks = {field.item_id: field for field in held(scenarios, "is_chosen")}
    if chosen not in marks:  # made before the démarche is held, as its own page does
        save_field(seat=seat, item=scenarios[chosen], write=Write("is_chosen", True, 0))
    for key, field in marks.items():
        write = Write("is_chosen", key == chosen, field.version)
        save_field(seat=seat, item=scenarios[key], write=write)


def held(scenarios: dict[UUID, Item], code: str) -> list[Field]:
    rows = Field.objects.select_for_update(of=("self",)).filter(item__in=list(scenarios), code=code)
    return list(rows.order_by("pk"))


def said_of(seat: Seat, scenario: Item, choice: Choice) -> decisions.Said:
    """The choice before this one, while it stands, is the one that it replaces."""
    title = Field.objects.filter(item=scenario, code="title").values_list("value", flat=True).first()
    before = Decision.objects.filter(
        engagement=seat.engagement_id,
        step=STEP,
        item__kind="scenario",
        what__startswith=LIKE,
        replaced_by=None,
    )
    last = before.order_by("-written_at").values_list("pk", flat=True).first()
    return decisions.Said(
        step=STEP,
        what=f"{LIKE}{title or UNTITLED}\u00a0».",
        why=choice.why,
        decided_by=choice.decided_by,
        decided_on=choice.decided_on,
        item=scenario,
        replaces=last,
    )
