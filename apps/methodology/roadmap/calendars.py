"""The calendar that one person follows: her own actions, the meetings and the reviews of the démarche. No other name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from icalendar import Event

from apps.accounts.models import Membership
from apps.agenda import ical
from apps.core.secrets import hash_token, new_token
from apps.methodology.access import RIGHTS
from apps.methodology.choices import UNTITLED
from apps.methodology.models import Field, Item, Seat
from apps.methodology.roadmap.rules import DONE, DROPPED

CONTENT_TYPE = ical.CONTENT_TYPE
READERS = [role for role, rights in RIGHTS.items() if "read" in rights]
KINDS = ("action", "meeting", "review")


@dataclass(frozen=True, slots=True)
class Entry:
    """A day of the calendar. ``uid`` never changes; ``version`` grows with what is written; ``at``: the last write."""

    uid: str
    title: str
    day: date
    url: str
    version: int
    at: datetime


@transaction.atomic
def make_feed(*, seat: Seat) -> str:
    """A new address, told once: only its hash is kept. The one before leads nowhere from now on."""
    token = new_token()
    Seat.objects.filter(pk=seat.pk, left_at=None).update(feed_hash=hash_token(token))
    return token


def stop_feed(*, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(feed_hash="")


def seat_of(token: str) -> Seat | None:
    """Whose calendar this is, while she holds a seat that reads contents. 1 query."""
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    held = Seat.objects.filter(Q(is_outside=True) | Exists(member), left_at=None, user__is_active=True)
    found = held.filter(feed_hash=hash_token(token), role__in=READERS)
    return found.select_related("engagement").first()


def entries(seat: Seat) -> list[Entry]:
    """In the order of days. 2 queries."""
    engagement = seat.engagement
    items = dict(
        Item.objects.filter(engagement=engagement, kind__in=KINDS, gone_at=None).values_list("pk", "kind")
    )
    fields: dict[UUID, dict[str, Field]] = {}
    for field in Field.objects.filter(item__in=items).only(
        "item_id", "code", "value", "version", "changed_at"
    ):
        fields.setdefault(field.item_id, {})[field.code] = field
    found: list[Entry] = []
    for key, kind in items.items():
        found += MAKERS[kind](seat, key, fields.get(key, {}))
    return sorted(found, key=lambda entry: (entry.day, entry.title, entry.uid))


def of_action(seat: Seat, key: UUID, fields: dict[str, Field]) -> Iterable[Entry]:
    """Hers only; a dropped one leaves the calendar."""
    said = {code: field.value for code, field in fields.items()}
    if said.get("owner") != str(seat.pk) or not said.get("due") or said.get("progress") == DROPPED:
        return
    done = said.get("progress") == DONE or bool(said.get("done_on"))
    title = f"{'Fait' if done else 'Échéance'}\u00a0: {said.get('title') or UNTITLED}"
    yield entry(seat, key, fields, title, said["due"])


def of_meeting(seat: Seat, key: UUID, fields: dict[str, Field]) -> Iterable[Entry]:
    said = {code: field.value for code, field in fields.items()}
    if said.get("date"):
        yield entry(seat, key, fields, str(said.get("title") or "Rendez-vous"), said["date"])


def of_review(seat: Seat, key: UUID, fields: dict[str, Field]) -> Iterable[Entry]:
    """The review itself, and the next one that it announces."""
    said = {code: field.value for code, field in fields.items()}
    if said.get("date"):
        yield entry(seat, key, fields, "Revue annuelle", said["date"])
    if said.get("next_on"):
        yield entry(seat, key, fields, "Prochaine revue annuelle", said["next_on"], "-suite")


MAKERS = {"action": of_action, "meeting": of_meeting, "review": of_review}


def entry(seat: Seat, key: UUID, fields: dict[str, Field], title: str, day: Any, suffix: str = "") -> Entry:
    address = reverse("method:item", args=[seat.engagement_id, key])
    return Entry(
        uid=f"{key}{suffix}@trajectoires",
        title=title,
        day=date.fromisoformat(str(day)),
        url=f"{settings.SITE_URL}{address}",
        version=sum(field.version for field in fields.values()),
        at=max(field.changed_at for field in fields.values()),
    )


def feed(seat: Seat) -> bytes:
    """What a calendar program reads (RFC 5545)."""
    engagement = seat.engagement
    events = [event(one, engagement.title) for one in entries(seat)]
    return ical.written(events, "PUBLISH", name=engagement.title)


def event(one: Entry, engagement: str) -> Event:
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", one.version)
    made.add("dtstamp", one.at)
    made.add("last-modified", one.at)
    made.add("dtstart", one.day)
    made.add("dtend", one.day + timedelta(days=1))
    # A due date takes nobody's day.
    made.add("transp", "TRANSPARENT")
    made.add("summary", one.title)
    made.add("description", f"{engagement}\n\n{one.url}")
    made.add("url", one.url)
    made["organizer"] = ical.organizer()
    return made


def address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('method:feed', args=[token])}"
