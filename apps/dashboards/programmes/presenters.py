"""What the pages of programmes show, ready for templates without logic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from apps.accounts.enums import InvitationState
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.requests import Request
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import memberships_of
from apps.dashboards.models import Programme, ProgrammeInvitation
from apps.dashboards.programmes import selectors


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that waits, or whose link is too old."""

    pk: int
    association: str
    email: str
    sent_at: datetime
    expires_at: datetime
    is_expired: bool


def asked_in(rows: Iterable[ProgrammeInvitation]) -> list[Asked]:
    return [
        Asked(
            row.pk,
            row.association,
            row.email,
            row.sent_at,
            row.expires_at,
            selectors.state_of(row) == InvitationState.EXPIRED,
        )
        for row in rows
    ]


def join_url(programme: Programme) -> str:
    return f"{settings.SITE_URL}{reverse('dashboards:programme_join_code', args=[programme.code])}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what a programme asks, and what she can do about it.

    ``can``: « consent », « ask » (a member who does not manage), « joined », « create » (no association), « sign_in ».
    ``choices``: the associations that she may bring in; ``joined``: hers that are in; ``asks``: whom to ask.
    """

    can: str
    choices: list[Organisation]
    joined: list[Organisation]
    organisation: Organisation | None = None
    asks: tuple[str, ...] = ()


def reader(request: Request, programme: Programme) -> Reader:
    """At most 3 queries."""
    if not isinstance(request.user, User):
        return Reader("sign_in", [], [])
    places = list(memberships_of(request.user))
    if not places:
        return Reader("create", [], [])
    known = selectors.joined_among(programme, [place.organisation for place in places])
    joined = [place.organisation for place in places if place.organisation_id in known]
    choices = [
        place.organisation
        for place in places
        if place.role in MANAGERS and place.organisation_id not in known
    ]
    if choices:
        return Reader("consent", choices, joined)
    if joined:
        return Reader("joined", [], joined)
    mine = current(request, places)
    return Reader("ask", [], [], mine, tuple(selectors.managers_of(mine)))


def current(request: Request, places: list[Membership]) -> Organisation:
    """The association she works for now, of those she is a member of."""
    chosen = request.user.current_organisation_id if isinstance(request.user, User) else None
    return next((p.organisation for p in places if p.organisation_id == chosen), places[0].organisation)
