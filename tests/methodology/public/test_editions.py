"""A démarche keeps its edition until its lead takes up the new one; what it holds never moves."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Field, Item, StepState
from apps.methodology.public import selectors
from apps.methodology.public.services import publish
from apps.methodology.services.editions import take_up
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


def second_edition() -> None:
    publish(
        number=2,
        published_on=date(2026, 11, 1),
        what_changed="Des ateliers plus courts.",
        steps=selectors.steps(),
    )


def test_the_lead_takes_up_the_new_edition_once() -> None:
    engagement = engagement_of()
    lead = seat_in(engagement)
    assert take_up(engagement=engagement, seat=lead) is False, "there is nothing newer"
    second_edition()
    assert engagement.edition == 1
    assert take_up(engagement=engagement, seat=lead) is True
    assert take_up(engagement=engagement, seat=lead) is False
    engagement.refresh_from_db()
    assert engagement.edition == 2


def test_stages_and_contents_stay() -> None:
    engagement = engagement_of()
    lead = seat_in(engagement)
    StepState.objects.create(engagement=engagement, step=2, stage=StepStage.DONE, changed_by=lead)
    item = Item.objects.create(engagement=engagement, kind="activity", made_by=lead)
    Field.objects.create(item=item, code="name", value="Accueil de jour", changed_by=lead)
    second_edition()
    take_up(engagement=engagement, seat=lead)
    assert list(engagement.steps.values_list("step", "stage")) == [(2, "done")]
    assert list(
        Field.objects.filter(item__engagement=engagement).values_list("code", "value", "version")
    ) == [("name", "Accueil de jour", 1)]


@pytest.mark.parametrize("role", [SeatRole.MEMBER, SeatRole.BOARD, SeatRole.OBSERVER])
def test_others_do_not(role: str) -> None:
    engagement = engagement_of()
    second_edition()
    with pytest.raises(NotYours):
        take_up(engagement=engagement, seat=seat_in(engagement, role))
    engagement.refresh_from_db()
    assert engagement.edition == 1


def test_neither_the_lead_of_another_nor_one_who_left() -> None:
    engagement = engagement_of()
    second_edition()
    gone = seat_in(engagement)
    gone.left_at = timezone.now()
    for seat in (gone, seat_in(engagement_of())):
        with pytest.raises(NotYours):
            take_up(engagement=engagement, seat=seat)


def test_a_closed_one_keeps_its_edition() -> None:
    engagement = engagement_of(closed_at=timezone.now())
    second_edition()
    with pytest.raises(Refused, match="close"):
        take_up(engagement=engagement, seat=seat_in(engagement))
