"""Tries counted by connection, where a code may be guessed or a form sent to thousands."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 600  # seconds
# A day’s meeting: so long a code that let someone in stays good in the same place.
MEETING = 12 * 3600


def key(request: HttpRequest, about: str) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    # One home or one machine owns a whole /64 in IPv6.
    owner = ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address
    return f"{about}:{owner}"


def tries(request: HttpRequest, about: str) -> int:
    return int(cache.get(key(request, about), 0))


def count(request: HttpRequest, about: str) -> int:
    """One try more in the ten minutes; how many there were."""
    counted = tries(request, about) + 1
    # Not incr(): on the database cache it would shorten the wait to the default five minutes.
    cache.set(key(request, about), counted, WINDOW)
    return counted


def seen(request: HttpRequest, about: str, code: str) -> tuple[int, bool]:
    """(tries of this connection, whether this code already opened there). One query."""
    counter, opened = key(request, about), key(request, f"{about}:{code}")
    found = cache.get_many([counter, opened])
    return int(found.get(counter, 0)), opened in found


def remember(request: HttpRequest, about: str, code: str) -> None:
    """This code opened for this connection."""
    cache.set(key(request, f"{about}:{code}"), True, MEETING)
