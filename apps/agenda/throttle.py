"""Registrations are counted by connection: a machine must not write to thousands of addresses."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

# A whole meeting room registers behind one address.
MOST = 30
WINDOW = 600  # seconds


def key(request: HttpRequest) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    # One home or one machine owns a whole /64 in IPv6.
    owner = ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address
    return f"agenda-register:{owner}"


def too_many(request: HttpRequest) -> bool:
    """Counts this registration; True when there were too many in ten minutes."""
    name = key(request)
    count = int(cache.get(name, 0)) + 1
    # Not incr(): on the database cache it would shorten the wait to the default five minutes.
    cache.set(name, count, WINDOW)
    return count > MOST
