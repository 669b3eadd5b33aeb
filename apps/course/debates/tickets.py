"""What makes a phone vote once: a number drawn at random, in a signed cookie that only its debate's page receives."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.course.models import Debate

NAME, SALT = "vote", "apps.course.debates"
LIFE = 12 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Ticket:
    debate: UUID
    voter: UUID


def read(request: HttpRequest) -> Ticket | None:
    """None for a phone that comes for the first time, or whose cookie somebody wrote."""
    kept = request.get_signed_cookie(cookie_name(), default=None, salt=SALT, max_age=LIFE)
    if kept is None:
        return None
    debate, _, voter = kept.partition(" ")
    return Ticket(UUID(debate), UUID(voter))


def cookie_name() -> str:
    prefix: str = settings.PATH_COOKIE_PREFIX
    return prefix + NAME


def new(debate: Debate) -> Ticket:
    return Ticket(debate.pk, uuid4())


def give(request: HttpRequest, response: HttpResponse, debate: Debate, ticket: Ticket) -> HttpResponse:
    response.set_signed_cookie(
        cookie_name(),
        f"{ticket.debate} {ticket.voter}",
        salt=SALT,
        max_age=LIFE,
        path=reverse("course:vote", args=[debate.code]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response
