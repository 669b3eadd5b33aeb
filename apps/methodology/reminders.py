"""A mail to those who answer for an action: a week before it is due, and when it is late. One mail a person a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from post_office.models import Email

from apps.accounts.mails import safely
from apps.accounts.models import Membership, User
from apps.methodology.access import RIGHTS
from apps.methodology.choices import UNTITLED
from apps.methodology.enums import ReminderAbout
from apps.methodology.models import Field, Reminder, Seat
from apps.methodology.roadmap import letters
from apps.methodology.roadmap.rules import DONE, DROPPED

# Days before the due date; days after it during which a round that was missed is made up for.
BEFORE, GRACE = 7, 3
# People written to in one transaction: what memory holds, and what a failure leaves to the next round.
BATCH = 200
IS_KEY = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
READERS = [role for role, rights in RIGHTS.items() if "read" in rights]


@dataclass(frozen=True, slots=True)
class Due:
    """One action of one person. ``seat`` comes with its person and its démarche."""

    seat: Seat
    item: UUID
    title: str
    day: date
    about: ReminderAbout


def remind_actions() -> None:
    """Several times each morning: the rows decide who is still to be written to."""
    send_round()


def send_round() -> bool:
    """False when some mails could not be written: another round takes them."""
    today = timezone.localdate()
    people = sorted({one.seat.user_id for one in due(today) if one.seat.user_id})
    batches = [people[start : start + BATCH] for start in range(0, len(people), BATCH)]
    done = [send_batch(people=batch, today=today) for batch in batches]
    return all(done)


@transaction.atomic
def send_batch(*, people: Sequence[int], today: date) -> bool:
    """Mails and marks are written together: two rounds at once, or one cut short, write to nobody twice."""
    held = hold(people, today)
    found: dict[int, list[Due]] = {}
    for one in due(today, held):
        if one.seat.user_id:
            found.setdefault(one.seat.user_id, []).append(one)
    mails = [letters.mail(dues[0].seat, dues, today) for dues in found.values()]
    if not safely(lambda: Email.objects.bulk_create(mails), template="reminder"):
        return False
    Reminder.objects.bulk_create(
        Reminder(seat=one.seat, item_id=one.item, about=one.about, due=one.day, sent_on=today)
        for dues in found.values()
        for one in dues
    )
    return True


def hold(people: Sequence[int], today: date) -> set[int]:
    """Those not written to today, locked until the transaction ends. 2 queries."""
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    held = set(rows.values_list("pk", flat=True))
    return held - set(
        Reminder.objects.filter(seat__user__in=held, sent_on=today).values_list("seat__user", flat=True)
    )


def due(today: date, people: Iterable[int] | None = None) -> list[Due]:
    """What is to be told, of everybody or of these people, in the order of dates. 4 queries."""
    days = {(today + timedelta(days=n)).isoformat() for n in range(-GRACE, BEFORE + 1)}
    dated = Field.objects.filter(
        code="due",
        value__in=list(days),
        item__kind="action",
        item__gone_at=None,
        item__engagement__closed_at=None,
    )
    dates = {key: date.fromisoformat(str(value)) for key, value in dated.values_list("item_id", "value")}
    fields: dict[UUID, dict[str, str]] = {}
    wanted = Field.objects.filter(item__in=dates, code__in=("title", "owner", "progress", "done_on"))
    for key, code, value in wanted.values_list("item_id", "code", "value"):
        fields.setdefault(key, {})[code] = str(value or "")
    live = {key: said for key, said in fields.items() if is_live(said)}
    seats = seats_of({said["owner"] for said in live.values()}, people)
    told = set(Reminder.objects.filter(item__in=live).values_list("seat", "item", "due", "about"))
    found = [
        Due(seats[said["owner"]], key, said.get("title") or UNTITLED, dates[key], about_of(dates[key], today))
        for key, said in live.items()
        if said["owner"] in seats
    ]
    fresh = [one for one in found if (one.seat.pk, one.item, one.day, one.about) not in told]
    return sorted(fresh, key=lambda one: (one.day, one.title, str(one.item)))


def is_live(said: dict[str, str]) -> bool:
    return bool(said.get("owner")) and said.get("progress") not in (DONE, DROPPED) and not said.get("done_on")


def about_of(day: date, today: date) -> ReminderAbout:
    return ReminderAbout.LATE if day < today else ReminderAbout.SOON


def seats_of(keys: Iterable[str], people: Iterable[int] | None) -> dict[str, Seat]:
    """Those that hold, that read contents, and whose person wants these mails. 1 query."""
    # An archive taken from elsewhere may name somebody who has no seat here.
    known = [UUID(key) for key in keys if re.fullmatch(IS_KEY, key)]
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    rows = Seat.objects.filter(
        Q(is_outside=True) | Exists(member),
        pk__in=known,
        left_at=None,
        wants_reminders=True,
        role__in=READERS,
        user__is_active=True,
    )
    if people is not None:
        rows = rows.filter(user__in=list(people))
    return {str(seat.pk): seat for seat in rows.select_related("user", "engagement__organisation")}
