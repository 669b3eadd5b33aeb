"""Registrations are counted by connection: a machine must not write to thousands of addresses."""

from __future__ import annotations

from django.http import HttpRequest

from apps.accounts import throttle

# A whole meeting room registers behind one address.
MOST = 30


def too_many(request: HttpRequest) -> bool:
    """Counts this registration; True when there were too many in ten minutes."""
    return throttle.count(request, "agenda-register") > MOST
