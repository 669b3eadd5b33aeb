"""Where a person is signed in, and closing it from afar. The rows are allauth's; we keep only part of the address."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record

# The first that is found: Edge says that it is Chrome, which says that it is Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
           ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip
UNKNOWN = "Appareil inconnu"


@dataclass(frozen=True, slots=True)
class Device:
    pk: int
    name: str
    opened_at: datetime
    is_this_one: bool


def devices_of(user: User, session_key: str | None) -> list[Device]:
    """This one first, then the latest; only those whose session still opens. Two queries."""
    rows = list(UserSession.objects.filter(user=user))
    opening = _open_keys(user, [row.session_key for row in rows])
    found = [
        Device(row.pk, name(row.user_agent), row.created_at, row.session_key == session_key)
        for row in rows
        if row.session_key in opening
    ]
    return sorted(found, key=lambda one: (not one.is_this_one, -one.opened_at.timestamp()))


def _open_keys(user: User, keys: list[str]) -> set[str]:
    """Neither over, nor opened before the present password."""
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    proof = user.get_session_auth_hash()
    return {
        session.session_key
        for session in kept
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), proof)
    }


def name(user_agent: str) -> str:
    """« Firefox, Windows »."""
    words = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(word for word in words if word) or UNKNOWN


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((said for mark, said in known if re.search(rf"\b{mark}", text)), "")


@transaction.atomic
def end(*, user: User, pk: int) -> None:
    """Closed at once: its next request is a visitor's. Raises Http404 for a session that is not hers, or is over."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is None:
        raise Http404
    row.end()
    record(Event.SESSION_ENDED, actor=user, subject=user, details={"sessions": 1})


@transaction.atomic
def end_others(*, user: User, session_key: str | None) -> int:
    """How many were closed."""
    rows = list(UserSession.objects.filter(user=user).exclude(session_key=session_key))
    for row in rows:
        row.end()
    if rows:
        record(Event.SESSION_ENDED, actor=user, subject=user, details={"sessions": len(rows)})
    return len(rows)


@receiver(pre_save, sender=UserSession)
def keep_part_of_the_address(instance: UserSession, **_: Any) -> None:
    """A network, not a home: /24, or /48 in IPv6."""
    address = ipaddress.ip_address(instance.ip)
    network = ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False)
    instance.ip = str(network.network_address)
