"""Unknown codes are counted by connection. A hall of 300 phones shares one: the limit lets each of them err once, and
a phone already in a debate is never counted nor stopped.
"""

from __future__ import annotations

from django.http import HttpRequest

from apps.accounts import throttle

MOST_TRIES = 300
ABOUT = "course-vote"


def too_many_tries(request: HttpRequest) -> bool:
    return throttle.tries(request, ABOUT) >= MOST_TRIES


def count_unknown_code(request: HttpRequest) -> None:
    throttle.count(request, ABOUT)
