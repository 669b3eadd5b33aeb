"""Reads of a team: who holds a seat, who could, who was asked in. Each says how many queries it costs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.selectors import Person, person_id
from apps.core.secrets import hash_token
from apps.methodology.choices import team_seats
from apps.methodology.enums import SeatRole
from apps.methodology.models import Engagement, Seat, SeatInvitation

# Of the seats that ``team_of`` gives: those that still open something.
HELD = Q(holds=True)
# A second click comes within it.
TWICE = timedelta(minutes=1)


def team_of(engagement: UUID) -> QuerySet[Seat]:
    """Seats not left, with their person and ``holds``: False when she is no longer a member. 1 query."""
    return team_seats(engagement).filter(left_at=None, user__isnull=False)


def holds(seat: Seat) -> bool:
    """Of a seat that ``team_of`` gave."""
    return bool(seat.holds)  # type: ignore[attr-defined]


def held_leads(engagement: UUID) -> QuerySet[Seat]:
    """Those who can lead today: an account that no longer signs in leads nothing. 1 query."""
    return team_of(engagement).filter(HELD, role=SeatRole.LEAD, user__is_active=True)


def candidates(engagement: Engagement) -> QuerySet[User]:
    """Members of the association without a seat here. 1 query."""
    seated = Seat.objects.filter(engagement=engagement, user=OuterRef("pk"), left_at=None)
    people = User.objects.filter(memberships__organisation=engagement.organisation_id, is_active=True)
    return people.exclude(Exists(seated)).order_by("full_name", "email")


def is_member(user: Person, engagement: Engagement) -> bool:
    """1 query."""
    return Membership.objects.filter(
        user_id=person_id(user), organisation=engagement.organisation_id
    ).exists()


def open_invitations(engagement: UUID) -> QuerySet[SeatInvitation]:
    """Not answered; the expired ones can be sent again. 1 query."""
    return SeatInvitation.objects.filter(engagement_id=engagement, answered_at=None).select_related(
        "invited_by"
    )


def invitation_by_token(token: str) -> SeatInvitation | None:
    """1 query."""
    rows = SeatInvitation.objects.select_related("engagement__organisation", "invited_by")
    return rows.filter(token_hash=hash_token(token)).first()


def just_left(user: User, engagement: UUID) -> bool:
    """Whether she left in this very minute: a second click is not a stranger's. 1 query."""
    left = Seat.objects.filter(engagement_id=engagement, user=user, left_at__gt=timezone.now() - TWICE)
    return left.exists()
