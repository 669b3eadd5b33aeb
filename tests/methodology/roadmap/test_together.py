"""Two connections at once, with real commits."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from post_office.models import Email

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Engagement, Item, Reminder, Seat
from apps.methodology.reminders import send_batch, send_round
from apps.methodology.roadmap import taking
from apps.methodology.roadmap.taking import Typed
from apps.methodology.tools.follow_up import INDICATOR, READING
from tests.accounts.test_concurrency import together
from tests.methodology.roadmap.support import item
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.usefixtures("committed")
EMAIL = "chloe@exemple.fr"


def seat() -> Seat:
    return seat_in(engagement_of(), email=EMAIL)


def test_two_rounds_of_beat_remind_once() -> None:
    owner = seat()
    due = timezone.localdate() + timedelta(days=7)
    item(owner, "action", title="Louer", due=due.isoformat(), owner=str(owner.pk))
    assert together(*[send_round] * 3) == [True] * 3
    assert Email.objects.filter(to__icontains=EMAIL).count() == 1
    assert Reminder.objects.filter(seat=owner).count() == 1


def test_a_round_that_read_before_the_other_wrote_writes_nothing() -> None:
    owner = seat()
    today = timezone.localdate()
    item(owner, "action", title="Louer", due=(today + timedelta(days=7)).isoformat(), owner=str(owner.pk))
    assert owner.user_id
    people = [owner.user_id]
    together(*[lambda: send_batch(people=people, today=today)] * 3)
    assert Email.objects.filter(to__icontains=EMAIL).count() == 1


def test_two_people_who_make_the_same_indicator_make_one() -> None:
    owner = seat()
    action = item(owner, "action", title="Louer", indicator="Signé")

    def make() -> int:
        sheet = Sheet(Place(Engagement.objects.get(pk=owner.engagement_id), owner), [INDICATOR])
        return taking.make_indicators(seat=owner, sheet=sheet, chosen=[str(action.pk)])

    together(*[make] * 3)
    assert Item.objects.filter(engagement=owner.engagement, kind="indicator").count() == 1


def test_a_double_click_on_a_round_writes_one_reading() -> None:
    owner = seat()
    row = item(owner, "indicator", title="Heures")
    key, today = uuid4(), timezone.localdate().isoformat()

    def take() -> object:
        sheet = Sheet(Place(Engagement.objects.get(pk=owner.engagement_id), owner), [INDICATOR, READING])
        return taking.take(seat=owner, sheet=sheet, on=today, typed=[Typed(row.pk, "7")], key=key)

    together(*[take] * 3)
    assert Item.objects.filter(parent=row, kind="reading").count() == 1
