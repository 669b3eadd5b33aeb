"""Six letters can be guessed by a machine, not by a person: unknown codes are counted by address."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_TRIES = 20
WINDOW = 600  # seconds


def key(request: HttpRequest) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    # One home or one machine owns a whole /64 in IPv6.
    owner = ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address
    return f"diagnostic-join:{owner}"


def too_many_tries(request: HttpRequest) -> bool:
    return int(cache.get(key(request), 0)) >= MOST_TRIES


def count_unknown_code(request: HttpRequest) -> None:
    # Not incr(): on the database cache it would shorten the wait to the default five minutes.
    name = key(request)
    cache.set(name, int(cache.get(name, 0)) + 1, WINDOW)
