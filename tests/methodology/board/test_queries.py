"""What each page costs does not depend on the size of the démarche."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.requests import Request
from apps.methodology import space
from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.models import Decision, Engagement, Presence, Seat, StepState, Validation
from apps.methodology.public.selectors import editions
from apps.methodology.tools import KINDS
from tests.factories import UserFactory, member
from tests.methodology.board.conftest import Holds
from tests.methodology.support import engagement_of, seat_in
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
Counted = Callable[[int], Any]


@pytest.fixture(autouse=True)
def _method_is_read(db: None) -> None:
    """Once a process, whatever ran before."""
    editions()


def fill(engagement: Engagement, holds: Holds, size: int) -> None:
    for kind in KINDS:
        for _ in range(size):
            holds(engagement, kind, **{KINDS[kind].fields[0].code: "Quelque chose"})
    for number in range(size):
        seat = seat_in(engagement, SeatRole.BOARD)
        Presence.objects.create(seat=seat, tool="cadrage")
        day = date(2027, 1, 1 + number)
        Decision.objects.create(engagement=engagement, step=1, what="A", decided_by="B", decided_on=day)
        for step in range(1, 9):
            Validation.objects.create(
                engagement=engagement, step=step, verdict="validated", name="Ana", seat=seat
            )
            StepState.objects.get_or_create(engagement=engagement, step=step, defaults={"changed_by": seat})


@pytest.mark.parametrize("size", [1, 3])
def test_a_demarche(
    lead: Seat, desk: StrictClient, holds: Holds, size: int, django_assert_num_queries: Counted
) -> None:
    fill(lead.engagement, holds, size)
    # session, person, place, steps of the method, states, campaign, facts, decisions, people
    with django_assert_num_queries(9):
        desk.get(reverse("method:engagement", args=[lead.engagement_id]))


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("step", "number"), [(3, 10), (4, 9)])
def test_a_step(
    lead: Seat,
    desk: StrictClient,
    holds: Holds,
    size: int,
    step: int,
    number: int,
    django_assert_num_queries: Counted,
) -> None:
    fill(lead.engagement, holds, size)
    # session, person, place, method, state, facts, words, notes; the campaign on step 4, the thread on the others
    with django_assert_num_queries(number):
        desk.get(reverse("method:engagement_step", args=[lead.engagement_id, step]))


@pytest.mark.parametrize("size", [1, 3])
def test_the_list(
    house: Organisation, client_of: ClientOf, holds: Holds, size: int, django_assert_num_queries: Counted
) -> None:
    by = member(house, Role.ADMIN)
    for number in range(size):
        engagement = engagement_of(house)
        Seat.objects.create(engagement=engagement, user=by, role=SeatRole.LEAD)
        StepState.objects.create(engagement=engagement, step=1 + number, stage=StepStage.DONE)
        engagement_of(house, title="Sans personne")
    client = client_of(by)
    with django_assert_num_queries(5):  # session, person, count, seats, those without a lead
        assert "Sans personne" in said(client.get("/agir/demarches/"))


@pytest.mark.parametrize("size", [1, 3, 7])
def test_the_section_of_the_space(house: Organisation, size: int, django_assert_num_queries: Counted) -> None:
    by = member(house, Role.STAFF)
    for _ in range(size):
        Seat.objects.create(engagement=engagement_of(house), user=by, role=SeatRole.MEMBER)
    closed = engagement_of(house, closed_at="2027-01-01T00:00Z")
    Seat.objects.create(engagement=closed, user=by, role=SeatRole.MEMBER)
    request = asking(by)
    with django_assert_num_queries(1):
        section = space.section(request, house)
    assert section
    shown = section["context"]["space"]
    assert (len(shown["rows"]), shown["has_more"]) == (min(size, space.MOST), size > space.MOST)


def test_the_space_says_nothing_to_who_has_no_demarche(house: Organisation) -> None:
    assert space.section(asking(member(house, Role.BOARD)), house) is None
    assert space.section(asking(UserFactory.create()), None) is None
    section = space.section(asking(member(house, Role.LEAD)), house)
    assert section
    assert section["context"]["space"]["may_open"]


def asking(user: Any) -> Any:
    request = Request(RequestFactory().get("/").environ)
    request.user = user
    request.place  # noqa: B018 - read once by the page, whatever its sections
    return request
