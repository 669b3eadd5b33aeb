"""Sessions as calendar files (RFC 5545): hours in Paris time with the rule of the clocks, a name that never changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)

from apps.agenda import rules
from apps.agenda.models import Session

CONTENT_TYPE = "text/calendar; charset=utf-8"
HOUR = timedelta(hours=1)


def invitation(session: Session) -> bytes:
    """For registered people: the link to join is in it. Cancels the event of a cancelled session."""
    method = "CANCEL" if session.is_cancelled else "PUBLISH"
    return written([event(session, where=session.join_url)], method)


def public(session: Session) -> bytes:
    return written([event(session)], "CANCEL" if session.is_cancelled else "PUBLISH")


def feed(sessions: Iterable[Session]) -> bytes:
    """What a calendar subscribes to; a cancelled session stays, crossed out."""
    return written([event(session) for session in sessions], "PUBLISH", name=settings.SITE_NAME)


def written(events: list[Event], method: str, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add_component(paris())
    for component in events:
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def event(session: Session, where: str = "") -> Event:
    page = settings.SITE_URL + session.get_absolute_url()
    made = Event()
    made.add("uid", uid(session))
    made.add("sequence", session.sequence)
    made.add("dtstamp", session.updated_at)
    made.add("last-modified", session.updated_at)
    made.add("dtstart", rules.local(session.starts_at))
    made.add("dtend", rules.local(session.ends_at))
    made.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    made.add("summary", session.label)
    made.add("description", "\n\n".join(filter(None, (described(session), where, page))))
    made.add("url", page)
    made.add("location", where or "En ligne : le lien est envoyé aux personnes inscrites")
    made["organizer"] = organizer()
    return made


def described(session: Session) -> str:
    return f"Séance annulée : {session.cancelled_reason}" if session.is_cancelled else session.summary


def uid(session: Session) -> str:
    return f"{session.pk}@trajectoires"


def organizer() -> vCalAddress:
    address = vCalAddress(f"mailto:{settings.CONTACT_EMAIL}")
    address.params["cn"] = vText(settings.SITE_NAME)
    return address


def paris() -> Timezone:
    """The rule of the European Union since 1996. A rule, not a list of days: every calendar program reads it."""
    zone = Timezone()
    zone.add("tzid", rules.PARIS.key)
    zone.add_component(change(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), HOUR, 2 * HOUR))
    zone.add_component(change(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 2 * HOUR, HOUR))
    return zone


def change(part: Any, name: str, first: datetime, before: timedelta, after: timedelta) -> Any:
    """The clocks change on the last Sunday of the month of ``first``."""
    part.add("tzname", name)
    part.add("dtstart", first)
    part.add("rrule", vRecur(freq="yearly", bymonth=first.month, byday="-1su"))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part


def feed_url() -> str:
    return f"{settings.SITE_URL}{reverse('agenda:feed')}"


def subscribe_url() -> str:
    """The address that opens the calendar program instead of downloading a file."""
    return f"webcal://{feed_url().partition('://')[2]}"
