"""What goes by itself, and when: what the privacy page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from apps.methodology import tasks
from apps.methodology.enums import ReminderAbout, SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Item, Reminder, Seat, SeatInvitation
from apps.methodology.services import invitations
from tests.factories import UserFactory
from tests.methodology.support import engagement_of, seat_in
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def asked(lead: Seat, email: str = "karim@exemple.fr") -> SeatInvitation:
    assert lead.user
    made, _ = invitations.invite(engagement=lead.engagement, email=email, role=SeatRole.MEMBER, by=lead.user)
    return made


def stays_until(clock: Clock, moment: datetime) -> bool:
    """Whether the rounds before this moment leave the invitation, and the next one takes it."""
    clock(moment - MINUTE)
    tasks.forget()
    was_there = SeatInvitation.objects.exists()
    clock(moment + MINUTE)
    tasks.forget()
    tasks.forget()
    return was_there and not SeatInvitation.objects.exists()


def test_an_invitation_nobody_answered_goes_thirty_days_after_its_link_has_expired(
    lead: Seat, clock: Clock
) -> None:
    assert stays_until(clock, asked(lead).expires_at + timedelta(days=30))


@pytest.mark.parametrize("answer", [invitations.accept, invitations.decline])
def test_an_answered_invitation_goes_thirty_days_after_the_answer(
    lead: Seat, clock: Clock, answer: Callable[..., object]
) -> None:
    invitation, user = asked(lead), UserFactory.create(email="karim@exemple.fr")
    answered_at = timezone.now() + timedelta(days=2)
    clock(answered_at)
    answer(invitation=invitation, by=user)
    assert stays_until(clock, answered_at + timedelta(days=30))
    seated = Seat.objects.filter(engagement=lead.engagement, user=user)
    assert seated.exists() == (answer is invitations.accept)


def test_a_revoked_invitation_goes_too(lead: Seat, clock: Clock) -> None:
    invitation, now = asked(lead), timezone.now()
    clock(now)
    invitations.revoke(invitation=invitation)
    assert stays_until(clock, now + timedelta(days=30))


def test_one_that_is_sent_again_stays_and_one_that_is_gone_is_not_sent(lead: Seat, clock: Clock) -> None:
    invitation = asked(lead)
    clock(invitation.expires_at + timedelta(days=29))
    invitations.resend(invitation=invitation)
    clock(invitation.expires_at + timedelta(days=31))
    tasks.forget()
    assert SeatInvitation.objects.get().pk == invitation.pk
    clock(invitation.expires_at + timedelta(days=120))
    tasks.forget()
    with pytest.raises(Refused, match="n’est plus en attente"):
        invitations.resend(invitation=invitation)
    assert asked(lead).pk != invitation.pk


def test_a_reminder_is_kept_a_year(lead: Seat, clock: Clock) -> None:
    item = Item.objects.create(engagement=lead.engagement, kind="action")
    day = timezone.localdate()
    for about, sent_on in ((ReminderAbout.SOON, day), (ReminderAbout.LATE, day + timedelta(days=8))):
        Reminder.objects.create(seat=lead, item=item, about=about, due=day, sent_on=sent_on)
    clock(timezone.now() + timedelta(days=365))
    tasks.forget()
    assert Reminder.objects.count() == 2
    clock(timezone.now() + timedelta(days=1))
    tasks.forget()
    assert [one.about for one in Reminder.objects.all()] == [ReminderAbout.LATE]


def test_the_privacy_page_says_it(client: StrictClient) -> None:
    page = said(client.get("/confidentialite/"))
    assert "Une invitation est effacée trente jours après la réponse" in page
    assert "rappels envoyés à propos de vos actions" in page
