"""What the page of a team shows, ready for templates without logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.accounts.enums import InvitationState
from apps.methodology.access import Place
from apps.methodology.choices import name_of
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat, SeatInvitation
from apps.methodology.team.roles import MAILS
from apps.methodology.team.selectors import holds


@dataclass(frozen=True, slots=True)
class Row:
    """``holds``: False for a person who is no longer a member. ``email``: for those who lead, "" otherwise."""

    pk: UUID
    name: str
    email: str
    role: str
    role_label: str
    joined_at: datetime
    is_me: bool
    is_outside: bool
    is_last_lead: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Team:
    rows: list[Row]
    me: Row
    leads: bool

    @property
    def heirs(self) -> list[Row]:
        """To whom the lead may hand over."""
        return [row for row in self.rows if row.holds and not row.is_me]

    @property
    def size(self) -> int:
        return sum(row.holds for row in self.rows)

    @property
    def mails(self) -> str:
        """When one is written to: « quand… », "" for never."""
        return MAILS[self.me.role]


def team(place: Place, seats: Sequence[Seat]) -> Team:
    """``seats``: of ``selectors.team_of``. Only those who lead are shown the people who have lost their access."""
    leads = place.may("lead")
    heads = [seat.pk for seat in seats if is_lead(seat)]
    shown = [seat for seat in seats if leads or holds(seat)]
    rows = [row(place, seat, heads) for seat in shown]
    return Team(rows, next(one for one in rows if one.is_me), leads)


def is_lead(seat: Seat) -> bool:
    user = seat.user
    return bool(seat.role == SeatRole.LEAD and holds(seat) and user and user.is_active)


def row(place: Place, seat: Seat, heads: Sequence[UUID]) -> Row:
    user = seat.user
    shows_email = place.may("lead") and user is not None and bool(user.full_name)
    return Row(
        pk=seat.pk,
        name=name_of(seat),
        email=user.email if user and shows_email else "",
        role=seat.role,
        role_label=seat.get_role_display(),
        joined_at=seat.joined_at,
        is_me=seat.pk == place.seat.pk,
        is_outside=seat.is_outside,
        is_last_lead=list(heads) == [seat.pk],
        holds=holds(seat),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    pk: int
    email: str
    role_label: str
    sent_at: datetime
    expires_at: datetime
    is_expired: bool


def waiting(invitations: Sequence[SeatInvitation]) -> list[Waiting]:
    return [
        Waiting(
            invitation.pk,
            invitation.email,
            invitation.get_role_display(),
            invitation.sent_at,
            invitation.expires_at,
            invitation.state == InvitationState.EXPIRED,
        )
        for invitation in invitations
    ]
