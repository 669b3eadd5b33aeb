"""A démarche and its people, for tests."""

from __future__ import annotations

from typing import Any

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.methodology.enums import SeatRole
from apps.methodology.models import Engagement, Seat
from tests.factories import OrganisationFactory, UserFactory, member

MEMBERSHIP = {
    SeatRole.LEAD: Role.LEAD,
    SeatRole.MEMBER: Role.STAFF,
    SeatRole.BOARD: Role.BOARD,
    SeatRole.OBSERVER: Role.STAFF,
}


def engagement_of(organisation: Organisation | None = None, **said: Any) -> Engagement:
    """An open démarche, without anybody in it."""
    organisation = organisation or OrganisationFactory.create()
    return Engagement.objects.create(organisation=organisation, **{"title": "Vers 2029", **said})


def seat_in(
    engagement: Engagement, role: str = SeatRole.LEAD, *, outside: bool = False, **person: Any
) -> Seat:
    """A new person seated: a member of the association, or somebody from outside asked in by name."""
    organisation = engagement.organisation
    if outside:
        user: User = UserFactory.create(**person)
    else:
        user = member(organisation, MEMBERSHIP[SeatRole(role)], **person)
    return Seat.objects.create(engagement=engagement, user=user, role=role, is_outside=outside)
