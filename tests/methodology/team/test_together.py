"""Two connections at once, with real commits."""

from __future__ import annotations

import pytest

from apps.accounts.enums import Role
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Seat, SeatInvitation
from apps.methodology.services import engagements, invitations, seats
from apps.methodology.team.selectors import held_leads
from tests.accounts.test_concurrency import together
from tests.factories import UserFactory, member
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.usefixtures("committed")


def test_two_last_leads_cannot_both_leave() -> None:
    engagement = engagement_of()
    first, second = (seat_in(engagement) for _ in range(2))
    given = together(lambda: seats.leave(seat=first), lambda: seats.leave(seat=second))
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert held_leads(engagement.pk).count() == 1


def test_two_leads_cannot_demote_each_other_nor_hand_over_into_nothing() -> None:
    engagement = engagement_of()
    first, second = (seat_in(engagement) for _ in range(2))
    given = together(
        lambda: seats.change_role(seat=first, role=SeatRole.BOARD),
        lambda: seats.leave(seat=second),
    )
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert held_leads(engagement.pk).count() == 1


def test_two_admins_take_over_and_one_leads() -> None:
    engagement = engagement_of()
    first, second = (member(engagement.organisation, Role.ADMIN) for _ in range(2))
    given = together(
        lambda: engagements.take_lead(engagement=engagement, by=first),
        lambda: engagements.take_lead(engagement=engagement, by=second),
    )
    assert sorted(type(one).__name__ for one in given) == ["Refused", "Seat"]
    assert held_leads(engagement.pk).count() == 1


def test_accepted_and_seated_at_once_it_is_one_seat() -> None:
    engagement = engagement_of()
    lead = seat_in(engagement)
    guest = member(engagement.organisation, Role.STAFF)
    assert lead.user
    invited, _ = invitations.invite(
        engagement=engagement, email=guest.email, role=SeatRole.BOARD, by=lead.user
    )
    given = together(
        lambda: invitations.accept(invitation=invited, by=guest),
        lambda: seats.seat_member(by=lead, user=guest, role=SeatRole.MEMBER),
    )
    assert not [one for one in given if isinstance(one, Exception)]
    assert Seat.objects.filter(user=guest).count() == 1


def test_accepted_twice_at_once_it_is_one_seat() -> None:
    engagement = engagement_of()
    lead, guest = seat_in(engagement), UserFactory.create()
    assert lead.user
    invited, _ = invitations.invite(
        engagement=engagement, email=guest.email, role=SeatRole.BOARD, by=lead.user
    )
    given = together(*[lambda: invitations.accept(invitation=invited, by=guest)] * 2)
    assert sorted(type(one).__name__ for one in given) == ["Refused", "Seat"]
    assert Seat.objects.filter(user=guest).count() == 1


def test_the_same_invitation_sent_twice_at_once_is_one() -> None:
    engagement = engagement_of()
    lead = seat_in(engagement)
    assert lead.user
    ask = lambda: invitations.invite(  # noqa: E731
        engagement=engagement, email="double@exemple.fr", role=SeatRole.MEMBER, by=lead.user
    )
    given = together(ask, ask)
    assert not [one for one in given if isinstance(one, Exception)]
    assert SeatInvitation.objects.filter(engagement=engagement).count() == 1
