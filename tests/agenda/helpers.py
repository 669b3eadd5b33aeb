"""What several tests of this folder read from mails and calendars."""

from __future__ import annotations

import re
from typing import Any

from icalendar import Calendar, Component
from post_office.models import Email

from apps.agenda.models import Session
from tests.pages.support import said

__all__ = [
    "KNOWING",
    "ROOM",
    "address",
    "attached",
    "event_of",
    "last_mail",
    "leave_path",
    "mails_to",
    "said",
]

ROOM = "/curation/agenda/"
# Session, person, and the association of the header.
KNOWING = 3


def mails_to(email: str) -> list[Email]:
    return list(Email.objects.filter(to__icontains=email).order_by("pk"))


def last_mail(email: str = "ami@exemple.fr") -> Email:
    found = mails_to(email)
    assert found, f"no mail for {email}"
    return found[-1]


def leave_path(mail: Email) -> str:
    """Path of the link that takes the person off the list."""
    found = re.search(r"http://[^/\s]+(/s-informer/inscription/\S+)", mail.message)
    assert found, mail.message
    return found[1]


def attached(mail: Email) -> bytes:
    """The calendar file as it leaves: what the mail server receives."""
    parts = [
        part for part in mail.email_message().message().walk() if part.get_content_type() == "text/calendar"
    ]
    assert len(parts) == 1
    payload: Any = parts[0].get_payload(decode=True)
    return bytes(payload)


def event_of(content: bytes) -> Component:
    """The only event of a valid file."""
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 1
    return events[0]


def address(row: Session, tail: str = "") -> str:
    return f"{ROOM}{row.pk}/{tail}"
