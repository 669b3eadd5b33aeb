"""Several people at once, with real commits."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import Role
from apps.methodology.board.round import CALM, tell_boards
from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement, Seat, StepState, Validation
from apps.methodology.services import engagements, stages, validations
from apps.methodology.services.stages import Move
from apps.methodology.services.validations import Word
from tests.accounts.test_concurrency import together
from tests.factories import OrganisationFactory, member
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.usefixtures("committed")


def test_a_double_click_opens_one_demarche() -> None:
    house = OrganisationFactory.create()
    by, key = member(house, Role.LEAD), uuid.uuid4()
    given = together(
        *[lambda: engagements.open_engagement(organisation=house, by=by, title="A", key=key)] * 4
    )
    assert not [row for row in given if isinstance(row, Exception)]
    assert Engagement.objects.get(organisation=house).seats.count() == 1


def test_two_people_who_move_one_step_one_is_told() -> None:
    engagement = engagement_of()
    seats = [seat_in(engagement, SeatRole.MEMBER) for _ in range(2)]
    given = together(
        *[
            lambda seat=seat, to=to: stages.change_stage(seat=seat, step=2, move=Move(to, "todo"))
            for seat, to in zip(seats, (StepStage.DOING, StepStage.DONE), strict=True)
        ]
    )
    assert [type(row) for row in given if isinstance(row, Exception)] == [Refused]
    assert StepState.objects.get(engagement=engagement).stage in (StepStage.DOING, StepStage.DONE)


def test_a_double_click_validates_once() -> None:
    seat, key = seat_in(engagement_of(), SeatRole.BOARD), uuid.uuid4()
    word = Word("validated", date(2027, 1, 12), "todo")
    given = together(*[lambda: validations.validate(seat=seat, step=2, word=word, key=key)] * 4)
    assert not [row for row in given if isinstance(row, Exception)]
    assert Validation.objects.filter(engagement=seat.engagement).count() == 1


def test_two_administrators_who_take_it_up_one_leads() -> None:
    engagement = engagement_of()
    people = [member(engagement.organisation, Role.ADMIN) for _ in range(3)]
    given = together(
        *[lambda who=who: engagements.take_lead(engagement=engagement, by=who) for who in people]
    )
    assert sum(isinstance(row, Seat) for row in given) == 1
    assert sum(isinstance(row, Refused) for row in given) == 2


def test_two_rounds_at_once_write_once() -> None:
    seat = seat_in(engagement_of(), SeatRole.BOARD)
    StepState.objects.create(
        engagement=seat.engagement,
        step=2,
        stage=StepStage.TO_VALIDATE,
        changed_at=timezone.now() - CALM - timedelta(seconds=1),
    )
    assert together(tell_boards, tell_boards) == [True, True]
    assert seat.user
    assert Email.objects.filter(to=[seat.user.email]).count() == 1
