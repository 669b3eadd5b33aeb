"""Six letters can be guessed by a machine, not by a person: unknown codes are counted by connection."""

from __future__ import annotations

from django.http import HttpRequest

from apps.accounts import throttle

MOST_TRIES = 20
ABOUT = "course-group-join"


def too_many_tries(request: HttpRequest) -> bool:
    return throttle.tries(request, ABOUT) >= MOST_TRIES


def count_unknown_code(request: HttpRequest) -> None:
    throttle.count(request, ABOUT)
