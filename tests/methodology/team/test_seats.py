from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.accounts.enums import Role
from apps.methodology.choices import SOMEBODY
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Presence, Seat
from apps.methodology.services import engagements, seats
from apps.methodology.team.selectors import held_leads
from tests.accounts.helpers import text
from tests.factories import UserFactory, member
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.team.helpers import mails, url
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def engagement() -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Nadia Morel")


@pytest.fixture
def lea(engagement: Engagement, lead: Seat) -> Seat:
    return seat_in(engagement, SeatRole.MEMBER, full_name="Léa Petit")


# Seating a member of the association


def seat_url(engagement: Engagement) -> str:
    return url("seat_add", engagement)


def test_a_member_is_seated_from_the_list_and_told_once(
    client_of: ClientOf, engagement: Engagement, lead: Seat
) -> None:
    new = member(engagement.organisation, Role.STAFF, full_name="Omar Diallo")
    client = client_of(lead.user)
    assert "Omar Diallo" in text(client.get(url("team", engagement)))
    for _ in range(2):
        page = client.post(seat_url(engagement), {"membre-person": new.pk, "membre-role": "board"})
        assert page.status_code == 302
    seat = Seat.objects.get(user=new)
    assert (seat.role, seat.is_outside) == ("board", False)
    [(subject, body)] = mails(new.email)
    assert subject == "Vous êtes dans l’équipe : Vers 2029"
    assert "Nadia Morel vous a donné une place" in body
    assert "gouvernance" in body


def test_only_members_without_a_seat_are_offered(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    stranger = UserFactory.create(full_name="Une Inconnue")
    page = client_of(lead.user).get(url("team", engagement))
    assert "Tous les membres de l’association sont déjà dans l’équipe" in text(page)
    refused = client_of(lead.user).post(
        seat_url(engagement), {"membre-person": stranger.pk, "membre-role": "member"}
    )
    assert refused.status_code == 422
    assert "n’est plus dans la liste" in text(refused)
    with pytest.raises(Refused, match="plus membre"):
        seats.seat_member(by=lead, user=stranger, role=SeatRole.MEMBER)
    assert Seat.objects.count() == 2


def test_a_lead_from_outside_is_not_shown_the_members(client_of: ClientOf, engagement: Engagement) -> None:
    outside = seat_in(engagement, SeatRole.LEAD, outside=True)
    hidden = member(engagement.organisation, Role.STAFF, full_name="Omar Diallo")
    client = client_of(outside.user)
    page = text(client.get(url("team", engagement)))
    assert "Omar Diallo" not in page
    assert "Inviter par courriel" in page
    client.post(seat_url(engagement), {"membre-person": hidden.pk, "membre-role": "member"})
    with pytest.raises(NotYours):
        seats.seat_member(by=outside, user=hidden, role=SeatRole.MEMBER)
    assert not Seat.objects.filter(user=hidden).exists()


def test_a_closed_démarche_seats_nobody(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    Engagement.objects.update(closed_at=timezone.now())
    new = member(engagement.organisation, Role.STAFF)
    data = {"membre-person": new.pk, "membre-role": "board"}
    page = client_of(lead.user).post(seat_url(engagement), data, follow=True)
    assert not Seat.objects.filter(user=new).exists()
    assert "Cette démarche est close" in text(page)
    assert "Inviter par courriel" not in text(client_of(lead.user).get(url("team", engagement)))


# Roles, leaving


def test_a_role_changes(client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat) -> None:
    page = client_of(lead.user).post(
        url("seat_act", engagement, lea.pk), {"act": "role", "role": "board"}, follow=True
    )
    assert "Léa Petit a maintenant le rôle : gouvernance." in text(page)
    lea.refresh_from_db()
    assert lea.role == "board"
    wrong = client_of(lead.user).post(
        url("seat_act", engagement, lea.pk), {"act": "role", "role": "reine"}, follow=True
    )
    assert "Choisissez un rôle de la liste." in text(wrong)


def test_a_removed_member_loses_access_at_the_next_request(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    hers = client_of(lea.user)
    assert hers.get(url("team", engagement)).status_code == 200
    Presence.objects.create(seat=lea, tool="cadrage")
    Seat.objects.filter(pk=lea.pk).update(feed_hash="x" * 64)
    for _ in range(2):
        page = client_of(lead.user).post(url("seat_act", engagement, lea.pk), {"act": "remove"}, follow=True)
        assert "Léa Petit ne voit plus rien de la démarche." in text(page)
    for name in ("team", "seat_leave", "seat_mails"):
        assert hers.get(url(name, engagement)).status_code in (404, 405), name
    assert hers.get(url("team", engagement)).status_code == 404
    lea.refresh_from_db()
    assert lea.left_at
    assert lea.feed_hash == ""
    assert not Presence.objects.exists()


def test_leaving_by_oneself_twice_is_leaving_once(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    client = client_of(lea.user)
    for _ in range(2):
        assert client.post(url("seat_leave", engagement)).status_code == 302
    assert client.get(url("team", engagement)).status_code == 404
    Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now() - timedelta(minutes=5))
    assert client.post(url("seat_leave", engagement)).status_code == 404


def test_whoever_left_may_come_back_with_another_seat(lead: Seat, lea: Seat) -> None:
    assert lea.user
    seats.leave(seat=lea)
    again, is_new = seats.seat_member(by=lead, user=lea.user, role=SeatRole.BOARD)
    assert is_new
    assert again.pk != lea.pk


def test_the_last_lead_cannot_go_in_any_way(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    client = client_of(lead.user)
    for address, data in (
        (url("seat_leave", engagement), {}),
        (url("seat_act", engagement, lead.pk), {"act": "remove"}),
        (url("seat_act", engagement, lead.pk), {"act": "role", "role": "member"}),
    ):
        page = client.post(address, data, follow=True)
        assert "Confiez d’abord ce rôle à quelqu’un de l’équipe" in text(page)
    lead.refresh_from_db()
    assert (lead.role, lead.left_at) == ("lead", None)


@pytest.mark.parametrize("lost", ["membership", "account", "asleep"])
def test_a_lead_who_cannot_come_back_does_not_count(engagement: Engagement, lead: Seat, lost: str) -> None:
    other = seat_in(engagement, SeatRole.LEAD)
    assert other.user
    if lost == "membership":
        other.user.memberships.all().delete()
    elif lost == "account":
        other.user.delete()
    else:
        other.user.is_active = False
        other.user.save()
    with pytest.raises(Refused, match="Confiez"):
        seats.leave(seat=lead)


def test_with_two_leads_one_may_go(engagement: Engagement, lead: Seat) -> None:
    other = seat_in(engagement, SeatRole.LEAD)
    seats.leave(seat=lead)
    with pytest.raises(Refused):
        seats.change_role(seat=other, role=SeatRole.BOARD)
    with pytest.raises(Refused, match="plus partie"):
        seats.change_role(seat=lead, role=SeatRole.BOARD)


def test_leaving_a_closed_démarche_is_possible(
    client_of: ClientOf, engagement: Engagement, lea: Seat
) -> None:
    Engagement.objects.update(closed_at=timezone.now())
    client_of(lea.user).post(url("seat_leave", engagement))
    lea.refresh_from_db()
    assert lea.left_at


# Handing over


@pytest.mark.parametrize("then", ["member", "leave"])
def test_handing_over(client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, then: str) -> None:
    client = client_of(lead.user)
    for _ in range(2):
        page = client.post(url("hand_over", engagement), {"to": str(lea.pk), "then": then})
        assert page.status_code == 302
    lead.refresh_from_db()
    lea.refresh_from_db()
    assert lea.role == "lead"
    assert (lead.left_at is None) == (then == "member")
    assert then == "leave" or lead.role == "member"
    assert list(held_leads(engagement.pk)) == [lea]


def test_one_hands_over_to_somebody_who_is_there(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    gone = seat_in(engagement, SeatRole.MEMBER)
    seats.leave(seat=gone)
    lost = seat_in(engagement, SeatRole.MEMBER)
    assert lost.user
    lost.user.memberships.all().delete()
    elsewhere = seat_in(engagement_of())
    for to in (gone.pk, lost.pk, lead.pk, elsewhere.pk, uuid4(), "x", ""):
        page = client_of(lead.user).post(
            url("hand_over", engagement), {"to": str(to), "then": "leave"}, follow=True
        )
        assert "Choisissez une personne de l’équipe" in text(page), to
    assert list(held_leads(engagement.pk)) == [lead]


def test_only_a_lead_hands_over(client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat) -> None:
    board = seat_in(engagement, SeatRole.BOARD)
    data = {"to": str(lea.pk), "then": "leave"}
    assert client_of(board.user).post(url("hand_over", engagement), data).status_code == 403
    with pytest.raises(NotYours):
        seats.hand_over(seat=board, to=lea, leaves=False)
    assert list(held_leads(engagement.pk)) == [lead]


# Nobody leads any more


def test_an_admin_takes_over_what_nobody_leads(engagement: Engagement, lead: Seat) -> None:
    admin = member(engagement.organisation, Role.ADMIN)
    with pytest.raises(Refused, match="une personne qui la mène"):
        engagements.take_lead(engagement=engagement, by=admin)
    assert lead.user
    lead.user.delete()
    Engagement.objects.update(closed_at=timezone.now())
    seat = engagements.take_lead(engagement=engagement, by=admin)
    assert (seat.role, seat.is_outside) == ("lead", False)
    assert engagements.take_lead(engagement=engagement, by=admin) == seat
    assert list(held_leads(engagement.pk)) == [seat]


def test_an_admin_who_followed_now_leads_from_the_same_seat(engagement: Engagement) -> None:
    admin = member(engagement.organisation, Role.ADMIN)
    seat = Seat.objects.create(engagement=engagement, user=admin, role=SeatRole.OBSERVER, is_outside=True)
    took = engagements.take_lead(engagement=engagement, by=admin)
    assert (took.pk, took.role, took.is_outside) == (seat.pk, "lead", False)


@pytest.mark.parametrize("role", [Role.LEAD, Role.BOARD, Role.STAFF])
def test_others_take_nothing_over(engagement: Engagement, role: Role) -> None:
    with pytest.raises(NotYours):
        engagements.take_lead(engagement=engagement, by=member(engagement.organisation, role))
    with pytest.raises(NotYours):
        engagements.take_lead(engagement=engagement, by=member(engagement_of().organisation, Role.ADMIN))
    assert not Seat.objects.exists()


# What each sees


@pytest.mark.parametrize("role", [SeatRole.MEMBER, SeatRole.BOARD, SeatRole.OBSERVER])
def test_others_see_names_and_nothing_to_press(
    client_of: ClientOf, engagement: Engagement, lead: Seat, role: SeatRole
) -> None:
    seat = seat_in(engagement, role)
    page = text(client_of(seat.user).get(url("team", engagement)))
    assert "Nadia Morel" in page
    assert lead.user
    assert lead.user.email not in page
    for words in ("Inviter", "Retirer", "Passer la main", "Changer"):
        assert words not in page
    for name, *args in (("seat_invite",), ("seat_add",), ("seat_act", lead.pk), ("hand_over",)):
        assert client_of(seat.user).post(url(str(name), engagement, *args)).status_code == 403


def test_another_association_sees_nothing(client_of: ClientOf, engagement: Engagement, lead: Seat) -> None:
    other = seat_in(engagement_of())
    client = client_of(other.user)
    assert client.get(url("team", engagement)).status_code == 404
    for name, *args in (
        ("seat_invite",),
        ("seat_act", lead.pk),
        ("hand_over",),
        ("seat_leave",),
        ("seat_mails",),
    ):
        assert client.post(url(str(name), engagement, *args)).status_code == 404
    # Her own démarche gives no hand on another’s seat.
    assert client.post(url("seat_act", other.engagement, lead.pk), {"act": "remove"}).status_code == 404


def test_the_lead_sees_who_has_lost_her_access(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    assert lea.user
    lea.user.memberships.all().delete()
    assert "n’est plus membre de l’association" in text(client_of(lead.user).get(url("team", engagement)))
    board = seat_in(engagement, SeatRole.BOARD)
    assert "Léa Petit" not in text(client_of(board.user).get(url("team", engagement)))


def test_no_name_is_kept_of_an_erased_account(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    from apps.methodology.choices import name_of

    assert lea.user
    lea.user.delete()
    lea.refresh_from_db()
    assert name_of(lea) == SOMEBODY
    assert "Léa" not in text(client_of(lead.user).get(url("team", engagement)))


def test_mails_may_be_stopped(client_of: ClientOf, engagement: Engagement, lea: Seat) -> None:
    client = client_of(lea.user)
    for wanted, words in (("0", "ne recevez pas"), ("1", "recevez un courriel quand")):
        page = client.post(url("seat_mails", engagement), {"wanted": wanted}, follow=True)
        assert words in text(page)
        lea.refresh_from_db()
        assert lea.wants_reminders == (wanted == "1")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (SeatRole.MEMBER, "Vous recevez un courriel quand on vous attend dans la discussion"),
        (SeatRole.BOARD, "Vous recevez un courriel quand une étape attend l’avis de la gouvernance"),
        (SeatRole.OBSERVER, "vous ne recevez aucun courriel"),
    ],
)
def test_each_role_is_told_which_mails_it_receives(
    client_of: ClientOf, engagement: Engagement, role: SeatRole, words: str
) -> None:
    assert words in text(client_of(seat_in(engagement, role).user).get(url("team", engagement)))


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    client_of: ClientOf,
    engagement: Engagement,
    lead: Seat,
    people: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    from tests.methodology.team.test_invitations import ask

    for number in range(people):
        seat_in(engagement, SeatRole.MEMBER)
        ask(lead, f"invitee{number}@exemple.fr")
        member(engagement.organisation, Role.STAFF)
    client = client_of(lead.user)
    with django_assert_num_queries(6):
        client.get(url("team", engagement))
