"""The mail to governance: once, for all that became ready, to whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import Membership, User
from apps.methodology.board.round import CALM, tell_boards
from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.models import Engagement, Seat, StepState
from apps.methodology.services import stages
from apps.methodology.services.stages import Move
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
Clock = Callable[..., None]


def ready(engagement: Engagement, step: int, ago: timedelta = CALM) -> StepState:
    return StepState.objects.create(
        engagement=engagement, step=step, stage=StepStage.TO_VALIDATE, changed_at=timezone.now() - ago
    )


def sent() -> list[tuple[list[str], str, str]]:
    return [(row.to, row.subject, row.message) for row in Email.objects.order_by("pk")]


def test_steps_ready_together_are_one_mail(engagement: Engagement, board: Seat) -> None:
    other = engagement_of(title="Une autre démarche")
    assert board.user
    Seat.objects.create(engagement=other, user=board.user, role=SeatRole.BOARD, is_outside=True)
    for house, step in ((engagement, 2), (engagement, 3), (other, 1)):
        ready(house, step)
    assert tell_boards()
    [(to, subject, body)] = sent()
    assert (to, subject.replace("\u00a0", " ")) == (["ana@exemple.fr"], "3 étapes attendent votre avis")
    assert f"/agir/demarches/{engagement.pk}/etapes/2/" in body
    assert "Photographier le modèle actuel" in body
    assert "Une autre démarche" in body
    assert tell_boards()
    assert len(sent()) == 1


def test_one_step_is_named_in_the_subject(engagement: Engagement, board: Seat) -> None:
    ready(engagement, 2)
    tell_boards()
    assert sent()[0][1].replace("\u00a0", " ") == "Une étape attend votre avis : Vers 2029"


def test_the_team_has_ten_minutes_to_think_again(engagement: Engagement, board: Seat, lead: Seat) -> None:
    state = ready(engagement, 2, CALM - timedelta(seconds=20))
    tell_boards()
    assert sent() == []
    stages.change_stage(seat=lead, step=2, move=Move("doing", "to_validate"))
    StepState.objects.filter(pk=state.pk).update(changed_at=timezone.now() - CALM)
    tell_boards()
    assert sent() == []


def test_a_step_ready_again_is_told_again(engagement: Engagement, board: Seat, lead: Seat) -> None:
    ready(engagement, 2)
    tell_boards()
    for move in (Move("doing", "to_validate"), Move("to_validate", "doing")):
        stages.change_stage(seat=lead, step=2, move=move)
    StepState.objects.update(changed_at=timezone.now() - CALM)
    tell_boards()
    assert len(sent()) == 2


def left(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(left_at=timezone.now())


def wants_none(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(wants_reminders=False)


def no_member(seat: Seat) -> None:
    Membership.objects.filter(user=seat.user).delete()


def inactive(seat: Seat) -> None:
    User.objects.filter(seats=seat).update(is_active=False)


def closed(seat: Seat) -> None:
    Engagement.objects.filter(pk=seat.engagement_id).update(closed_at=timezone.now())


@pytest.mark.parametrize("gone", [left, wants_none, no_member, inactive, closed])
def test_nobody_is_told_who_should_not_be(
    engagement: Engagement, board: Seat, gone: Callable[[Seat], None]
) -> None:
    state = ready(engagement, 2)
    gone(board)
    assert tell_boards()
    assert sent() == []
    state.refresh_from_db()
    assert state.board_told_at is None


def test_the_team_and_networks_are_not_told(engagement: Engagement, lead: Seat, board: Seat) -> None:
    seat_in(engagement, SeatRole.MEMBER)
    seat_in(engagement, SeatRole.OBSERVER)
    ready(engagement, 2)
    tell_boards()
    assert [to for to, _, _ in sent()] == [["ana@exemple.fr"]]


def test_a_mail_that_cannot_be_written_waits_for_another_round(
    engagement: Engagement, board: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(rows: object) -> None:
        raise DatabaseError

    state = ready(engagement, 2)
    with monkeypatch.context() as broken:
        broken.setattr(Email.objects, "bulk_create", fails)
        assert not tell_boards()
    state.refresh_from_db()
    assert state.board_told_at is None
    assert tell_boards()
    assert len(sent()) == 1
