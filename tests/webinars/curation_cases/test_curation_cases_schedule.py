"""A publication that was planned: at its minute, once, whatever the clock change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.webinars import sheet, tasks
from apps.webinars.models import Webinar
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.curation_cases.browser import Form
from tests.webinars.factories import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``clock(2027, 3, 28, 0, 59)``: the time of the platform, in UTC, from now on."""

    def set_to(*parts: int) -> None:
        moment = datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def planned(desk: StrictClient, by: User, day: str, hour: str) -> Webinar:
    desk.force_login(platform_person(PlatformRole.CURATOR))  # a session of that time
    webinar = CASES.create(by=by, draft=whole())
    CASES.submit(row=webinar, by=by)
    url = reverse("curation:schedule", args=[webinar.slug])
    page = desk.get(reverse("curation:case", args=[webinar.slug]))
    assert Form(page, url).typed(day=day, hour=hour).send(desk, url, "").status_code == 302
    return webinar


def is_public(webinar: Webinar) -> bool:
    tasks.publish_due()
    return Webinar.objects.get(pk=webinar.pk).is_public


@pytest.mark.parametrize(
    ("before", "day", "hour", "minute_before", "minute"),
    [
        # In spring, 3 h comes right after 2 h: the night of Paris is an hour short.
        ((2027, 3, 27, 12), "2027-03-28", "03:00", (2027, 3, 28, 0, 59), (2027, 3, 28, 1, 0)),
        # In autumn, 2 h 30 comes twice: the first one counts.
        ((2027, 10, 30, 12), "2027-10-31", "02:30", (2027, 10, 31, 0, 29), (2027, 10, 31, 0, 30)),
        ((2027, 10, 30, 12), "2027-10-31", "09:00", (2027, 10, 31, 7, 59), (2027, 10, 31, 8, 0)),
        ((2027, 10, 30, 12), "2027-10-30", "15:00", (2027, 10, 30, 12, 59), (2027, 10, 30, 13, 0)),
    ],
)
def test_it_is_published_at_its_minute(
    desk: StrictClient, author: User, known: None, clock: Any, before: Any, day: str, hour: str,
    minute_before: Any, minute: Any,
) -> None:  # fmt: skip
    clock(*before)
    webinar = planned(desk, author, day, hour)
    assert not is_public(webinar)
    clock(*minute_before)
    assert not is_public(webinar)
    clock(*minute)
    assert is_public(webinar)
    assert is_public(webinar)
    assert webinar.revisions.filter(action="published").count() == 1


def test_a_case_changed_since_waits_for_a_new_decision(
    desk: StrictClient, author: User, known: None, clock: Any
) -> None:
    clock(2027, 1, 1, 12)
    webinar = planned(desk, author, "2027-01-02", "09:00")
    held = Webinar.objects.get(pk=webinar.pk)
    said = sheet.read(held.draft).model_copy(update={"title": "Autrement"})
    CASES.save_draft(row=held, draft=said, version=held.version, by=author)
    clock(2027, 1, 3)
    assert not is_public(webinar)
    assert Webinar.objects.get(pk=webinar.pk).publish_at is None


def test_a_case_that_no_longer_fits_goes_back_and_says_why(
    desk: StrictClient, author: User, known: None, clock: Any
) -> None:
    clock(2027, 1, 1, 12)
    webinar = planned(desk, author, "2027-01-02", "09:00")
    held = Webinar.objects.get(pk=webinar.pk)
    held.draft["fragilities"] = ["F99"]
    held.save()
    clock(2027, 1, 3)
    assert not is_public(webinar)
    page = desk.get(reverse("curation:case", args=[webinar.slug])).content.decode()
    assert "elle n’a pas pu être publiée" in page
    assert "F99" in page


def test_one_that_breaks_does_not_hold_the_others_back(
    desk: StrictClient, author: User, known: None, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(2027, 1, 1, 12)
    first, second = (planned(desk, author, "2027-01-02", "09:00") for _ in range(2))
    real = CASES.project

    def breaks(webinar: Webinar) -> None:
        if webinar.pk == first.pk:
            raise RuntimeError("a fault of ours")
        real(webinar)

    monkeypatch.setattr(CASES, "project", breaks)
    clock(2027, 1, 3)
    assert CASES.publish_due() == 1
    assert Webinar.objects.get(pk=second.pk).is_public
    assert Webinar.objects.get(pk=first.pk).state == "scheduled"


def test_beat_asks_every_minute() -> None:
    (entry,) = (
        row for row in settings.CELERY_BEAT_SCHEDULE.values() if row["task"] == "webinars.publish_due"
    )
    assert entry["schedule"] == 60
    assert tasks.publish_due.name == "webinars.publish_due"
