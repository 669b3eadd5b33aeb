"""The mail about actions, in plain text, with the link that stops it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from post_office.models import Email

from apps.accounts import mails
from apps.core.microtypography import nbsp
from apps.core.typography import count, date_long
from apps.methodology.enums import ReminderAbout
from apps.methodology.models import Seat

if TYPE_CHECKING:
    from apps.methodology.reminders import Due


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one démarche."""

    engagement: str
    organisation: str
    lines: tuple[Line, ...]


def mail(seat: Seat, dues: Sequence[Due], today: date) -> Email:
    """Not saved. ``dues``: all of one person, whatever the démarches."""
    assert seat.user
    url = stop_url(seat.user.pk)
    return mails.row(
        "methodology/reminder",
        to=seat.user.email,
        context={
            "subject": nbsp(subject(dues, today)),
            "name": seat.user.full_name.strip(),
            "groups": groups(dues, today),
            "stop_url": url,
        },
        # RFC 8058: mail readers show a button that stops it.
        headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def subject(dues: Sequence[Due], today: date) -> str:
    """« Dans 7 jours : Écrire aux fondations », « Vos actions : 2 à finir, 1 en retard »."""
    demo = "[Démonstration] " if all(one.seat.engagement.is_demo for one in dues) else ""
    if len(dues) == 1:
        one = dues[0]
        when = "En retard" if one.about == ReminderAbout.LATE else capital(from_today(one.day, today))
        return f"{demo}{when} : {one.title}"
    late = sum(one.about == ReminderAbout.LATE for one in dues)
    parts = [f"{len(dues) - late} à finir" if len(dues) > late else "", f"{late} en retard" if late else ""]
    return f"{demo}Vos actions : {', '.join(filter(None, parts))}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def from_today(day: date, today: date) -> str:
    """« dans 7 jours », « demain », « aujourd’hui », « hier », « il y a 2 jours »."""
    days = (day - today).days
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    if days in near:
        return near[days]
    return f"dans {count(days, 'jour', 'jours')}" if days > 0 else f"il y a {count(-days, 'jour', 'jours')}"


def groups(dues: Sequence[Due], today: date) -> list[Group]:
    found: dict[tuple[str, str], list[Line]] = {}
    for one in dues:
        engagement = one.seat.engagement
        address = reverse("method:item", args=[engagement.pk, one.item])
        was = "était due" if one.about == ReminderAbout.LATE else "est à finir"
        when = f"{was} {from_today(one.day, today)}, le {date_long(one.day)}"
        line = Line(one.title, when, f"{settings.SITE_URL}{address}")
        found.setdefault((engagement.title, engagement.organisation.name), []).append(line)
    return [Group(title, name, tuple(lines)) for (title, name), lines in found.items()]


# --- the link that stops it -------------------------------------------------------------------------------------
# 8 bytes of who, 16 of proof: the 32 letters that logs hide (``core.log_secrets``).
WHO, PROOF = 8, 16


def proof(user_id: int) -> bytes:
    return salted_hmac("methodology.reminders", str(user_id), algorithm="sha256").digest()[:PROOF]


def stop_token(user_id: int) -> str:
    """Drawn from the key of the site, kept nowhere: every mail to a person gives the same link."""
    return urlsafe_b64encode(user_id.to_bytes(WHO, "big") + proof(user_id)).decode()


def person_of(token: str) -> int | None:
    """Whose link this is; None for one that the site did not give."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
    except (Error, ValueError):
        return None
    user_id = int.from_bytes(raw[:WHO], "big")
    is_ours = len(raw) == WHO + PROOF and constant_time_compare(raw[WHO:].hex(), proof(user_id).hex())
    return user_id if is_ours else None


def stop_url(user_id: int) -> str:
    return f"{settings.SITE_URL}{reverse('method:reminders_stop', args=[stop_token(user_id)])}"
