"""What makes a guest's browser hers: a secret drawn at random, in a cookie that only this workshop's page receives."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from apps.core.secrets import is_token, new_token
from apps.methodology.models import Participant, Seat, Workshop
from apps.methodology.workshops import selectors
from apps.methodology.workshops.services.ending import guests_until

NAME = "atelier"
LIFE = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Entry:
    """Who came to this door. ``me``: her chair, None before she takes one; ``seat``: hers in the démarche, for a member;
    ``token``: the secret of her browser, "" the first time.
    """

    workshop: Workshop
    me: Participant | None
    seat: Seat | None
    token: str


def enter(request: HttpRequest, code: str) -> Entry | None:
    """None when this code opens nothing to her. 2 queries for a guest at the table, 4 for a member signed in."""
    workshop = selectors.by_code(code)
    if workshop is None:
        return None
    token = read(request)
    is_open = timezone.now() < guests_until(workshop)
    me = selectors.guest(workshop, token) if token and is_open else None
    # No session is looked for behind a browser that sends none.
    is_member = me is None and request.user.is_authenticated
    me = selectors.own_chair(workshop, request.user) if is_member else me
    if me:
        return Entry(workshop, me, me.seat, token)
    seat = selectors.reading_seat(workshop, request.user) if is_member else None
    return Entry(workshop, None, seat, token) if seat or is_open else None


def cookie_name() -> str:
    prefix: str = settings.PATH_COOKIE_PREFIX
    return prefix + NAME


def read(request: HttpRequest) -> str:
    kept = request.COOKIES.get(cookie_name(), "")
    return kept if is_token(kept) else ""


def give(request: HttpRequest, response: HttpResponse, workshop: Workshop) -> HttpResponse:
    response.set_cookie(
        cookie_name(),
        new_token(),
        max_age=LIFE,
        path=reverse("method:table", args=[workshop.code]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def take_back(response: HttpResponse, path: str) -> HttpResponse:
    response.delete_cookie(cookie_name(), path=path, samesite="Lax")
    return response
