"""Step 4: which campaign feeds a démarche, who opens or chooses it, what each person is shown of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.enums import Role
from apps.accounts.models import Membership
from apps.diagnostic.models import Campaign
from apps.methodology.enums import SeatRole
from apps.methodology.models import CrossedDiagnostic, Seat
from tests.factories.diagnostic import answer_all, campaign, respondent
from tests.methodology.levers.support import at, client, link, page, ready, result, seated
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def test_a_lead_opens_one_from_here_and_a_second_click_opens_no_second(lead: Seat) -> None:
    assert "Ouvrir une campagne" in page(lead)
    for _ in range(2):
        assert client(lead).post(at(lead, "crossed_open")).status_code == 302
    opened = Campaign.objects.get()
    assert opened.opened_by == lead.user
    assert CrossedDiagnostic.objects.get().campaign == opened
    assert CrossedDiagnostic.objects.get().linked_by == lead
    assert at(lead, "crossed_open") not in page(lead)


def test_the_one_that_is_already_open_is_linked(lead: Seat) -> None:
    opened = campaign(lead.engagement.organisation)
    client(lead).post(at(lead, "crossed_open"))
    assert CrossedDiagnostic.objects.get().campaign == opened


@pytest.mark.parametrize(
    ("role", "membership", "opens", "chooses"),
    [
        (SeatRole.LEAD, Role.ADMIN, True, True),
        (SeatRole.LEAD, Role.STAFF, False, True),
        (SeatRole.LEAD, "", False, False),
        (SeatRole.MEMBER, Role.ADMIN, False, True),
        (SeatRole.MEMBER, Role.STAFF, False, False),
        (SeatRole.MEMBER, "", False, False),
        (SeatRole.BOARD, Role.ADMIN, False, False),
    ],
)
def test_who_may_open_and_who_may_choose(
    lead: Seat, role: str, membership: str, opens: bool, chooses: bool
) -> None:
    found = result(lead.engagement)
    seat = seated(lead.engagement, role, membership)
    shown = page(seat)
    assert (at(seat, "crossed_open") in shown) == opens
    assert (at(seat, "crossed_choose") in shown) == chooses
    answer = client(seat).post(at(seat, "crossed_choose"), {"campaign": found.campaign_id})
    assert answer.status_code == (302 if chooses else 403)
    assert CrossedDiagnostic.objects.exists() == chooses
    assert client(seat).post(at(seat, "crossed_open")).status_code == (302 if opens else 403)
    assert Campaign.objects.filter(state="open").exists() == opens


@pytest.mark.parametrize("name", ["crossed_open", "crossed_choose", "crossed_agenda"])
def test_strangers_visitors_and_gets_are_refused(lead: Seat, name: str) -> None:
    stranger = seat_in(engagement_of())
    assert client(stranger).post(at(lead, name)).status_code == 404
    assert client(stranger).get(at(lead, "crossed")).status_code == 404
    assert client(lead).get(at(lead, name)).status_code == 405
    observer = seated(lead.engagement, SeatRole.OBSERVER, Role.ADMIN)
    assert client(observer).get(at(lead, "crossed")).status_code == 403
    assert client(observer).post(at(lead, name)).status_code == 403


def test_a_campaign_of_another_association_is_no_choice(lead: Seat) -> None:
    elsewhere = campaign()
    for typed in (elsewhere.pk, "n’importe quoi", ""):
        answer = client(lead).post(at(lead, "crossed_choose"), {"campaign": typed}, follow=True)
        assert "Choisissez l’une des campagnes" in answer.content.decode()
    assert not CrossedDiagnostic.objects.exists()
    assert str(elsewhere.pk) not in page(lead)


def test_another_campaign_takes_its_place_and_the_same_again_changes_nothing(lead: Seat) -> None:
    first = link(lead, result(lead.engagement).campaign)
    colleague = seated(lead.engagement, SeatRole.LEAD, Role.LEAD)
    again = link(colleague, first.campaign)
    assert (again.linked_by, again.linked_at) == (lead, first.linked_at)
    other = campaign(lead.engagement.organisation)
    assert link(colleague, other).linked_by == colleague
    assert CrossedDiagnostic.objects.count() == 1


def test_a_closed_demarche_is_read_only(lead: Seat) -> None:
    lead.engagement.closed_at = lead.joined_at
    lead.engagement.save()
    assert at(lead, "crossed_open") not in page(lead)
    client(lead).post(at(lead, "crossed_open"))
    assert client(lead).post(at(lead, "crossed_choose"), {"campaign": uuid4()}).status_code in (302, 403)
    assert not CrossedDiagnostic.objects.exists()
    assert not Campaign.objects.exists()


def test_members_are_told_where_it_stands_and_nobody_else_is(lead: Seat) -> None:
    opened = campaign(lead.engagement.organisation)
    answer_all(respondent(opened, name="Jeanne Martin"))
    respondent(opened, name="Paul Roux")
    link(lead, opened)
    for role, membership in ((SeatRole.MEMBER, Role.STAFF), (SeatRole.BOARD, Role.BOARD)):
        shown = page(seated(lead.engagement, role, membership))
        assert "1 copie terminée sur 2" in shown
        assert f"/diagnostic/{opened.pk}/" in shown
        assert "inviter" not in shown
    assert f"/diagnostic/{opened.pk}/inviter/" in page(lead)
    outside = page(seated(lead.engagement, SeatRole.LEAD))
    assert "Vous n’êtes pas membre de l’association" in outside
    assert "copie" not in outside
    assert str(opened.pk) not in outside
    assert opened.code not in outside
    for shown in (page(lead), outside):
        assert "Jeanne" not in shown


def test_once_closed_the_number_is_the_one_of_the_result() -> None:
    lead, found = ready()
    shown = page(lead)
    assert "7 personnes ont répondu." in shown
    assert f"/diagnostic/{found.campaign_id}/resultat/" in shown
    assert "personnes ont répondu" not in page(seated(lead.engagement, SeatRole.MEMBER))


def test_whom_to_ask_is_named_to_those_who_may_know(lead: Seat) -> None:
    lead.user.full_name = "Nadia Benali"  # type: ignore[union-attr]
    lead.user.save()  # type: ignore[union-attr]
    assert "Nadia Benali" in page(seated(lead.engagement, SeatRole.MEMBER, Role.STAFF))
    staff_lead = page(seated(lead.engagement, SeatRole.LEAD, Role.STAFF))
    assert "Une campagne s’ouvre par Nadia Benali" in staff_lead
    outside = page(seated(lead.engagement, SeatRole.LEAD))
    assert "Nadia Benali" not in outside
    assert "une personne qui administre l’association" in outside


def test_who_leaves_the_association_reads_its_result_no_more() -> None:
    lead, found = ready()
    board = seated(lead.engagement, SeatRole.MEMBER, Role.STAFF)
    assert str(found.campaign_id) in page(board)
    Membership.objects.filter(user=board.user).delete()
    assert client(board).get(at(board, "crossed")).status_code == 404
    Seat.objects.filter(pk=board.pk).update(is_outside=True)
    assert str(found.campaign_id) not in page(board)


def test_the_page_costs_the_same_whatever_the_number_of_campaigns_and_people(
    lead: Seat, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, counts = client(lead), []
    browser.get(at(lead, "crossed"))
    for number in (1, 3):
        for _ in range(number):
            found = result(lead.engagement)
            link(lead, found.campaign)
        with django_assert_max_num_queries(10) as queries:
            assert browser.get(at(lead, "crossed")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
