"""The reminder of the eve: once a person, whatever beat does, on both sides of a change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.utils import timezone
from post_office.models import Email

from apps.agenda import services
from apps.agenda.models import Registration
from apps.agenda.tasks import remind_due
from tests.agenda.helpers import attached, event_of, last_mail, leave_path, mails_to
from tests.factories.agenda import DAY, JOIN, cancelled, moment, registration, session
from trajectoires.celery import app

pytestmark = pytest.mark.django_db
EVE = date(2027, 1, 20)


def test_it_leaves_on_the_eve_in_the_morning_and_once(clock: Any) -> None:
    row = session()
    registration(row, name="Nadia")
    clock(moment(EVE, 8, 59))
    remind_due()
    assert not Email.objects.exists()
    for hour, minute in ((9, 0), (9, 0), (9, 10), (23, 50)):
        clock(moment(EVE, hour, minute))
        remind_due()
    mail = last_mail()
    assert len(mails_to("ami@exemple.fr")) == 1
    assert mail.subject == "Demain\u00a0: Habiter autrement"
    for words in ("Bonjour Nadia,", "a lieu demain, jeudi\u00a021\u00a0janvier 2027", JOIN):
        assert words in mail.message
    assert event_of(attached(mail)).start == row.starts_at
    assert leave_path(mail)


def test_a_beat_stopped_on_the_eve_reminds_in_the_morning(clock: Any) -> None:
    registration(session())
    clock(moment(DAY, 8))
    remind_due()
    remind_due()
    assert [mail.subject for mail in mails_to("ami@exemple.fr")] == ["Aujourd’hui\u00a0: Habiter autrement"]
    assert "a lieu aujourd’hui, jeudi" in last_mail().message


def test_once_it_has_begun_it_is_too_late(clock: Any) -> None:
    registration(session())
    clock(moment(DAY, 13))
    remind_due()
    assert not Email.objects.exists()


@pytest.mark.parametrize(
    ("day", "first"),
    [
        # Sundays when the clocks change: nine o'clock on Saturday is eight in UTC in winter, seven in summer.
        (date(2027, 3, 28), datetime(2027, 3, 27, 8, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 30, 7, tzinfo=UTC)),
        # Mondays after.
        (date(2027, 3, 29), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 10, 31, 8, tzinfo=UTC)),
        # The usual Thursdays around.
        (date(2027, 3, 18), datetime(2027, 3, 17, 8, tzinfo=UTC)),
        (date(2027, 4, 15), datetime(2027, 4, 14, 7, tzinfo=UTC)),
    ],
)
def test_the_eve_is_told_by_the_calendar_in_paris(clock: Any, day: date, first: datetime) -> None:
    registration(session(day))
    clock(first - timedelta(seconds=1))
    remind_due()
    assert not Email.objects.exists()
    clock(first)
    remind_due()
    assert last_mail().subject.startswith("Demain")
    assert "de 13\u00a0h à 14\u00a0h\u00a030" in last_mail().message


def test_only_those_who_come_and_only_what_takes_place(clock: Any) -> None:
    row = session()
    registration(row, "parti@exemple.fr", cancelled_at=timezone.now())
    registration(row, "deja@exemple.fr", reminded_at=timezone.now())
    registration(cancelled(), "annulee@exemple.fr")
    registration(session(date(2027, 2, 18)), "plus-tard@exemple.fr")
    clock(moment(EVE, 12))
    remind_due()
    assert not Email.objects.exists()


def test_whoever_registers_on_the_eve_has_read_it_already(clock: Any) -> None:
    row = session()
    clock(moment(EVE, 18))
    services.register(session=row, email="ami@exemple.fr")
    remind_due()
    assert len(mails_to("ami@exemple.fr")) == 1


def test_a_session_cancelled_while_the_round_reads_is_left_alone(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = session()
    registration(row)
    clock(moment(EVE, 12))
    stale = [row]
    services.cancel_session(session=row, reason="Reportée.")
    monkeypatch.setattr("apps.agenda.selectors.to_remind", lambda now: stale)
    remind_due()
    assert [mail.subject for mail in mails_to("ami@exemple.fr")] == ["Annulé\u00a0: Habiter autrement"]


def test_a_session_moved_while_the_round_reads_waits_for_its_own_eve(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = session(date(2027, 2, 18))
    registration(row)
    clock(moment(EVE, 12))
    monkeypatch.setattr("apps.agenda.selectors.to_remind", lambda now: [row])
    remind_due()
    assert not Email.objects.exists()


def test_a_round_that_could_not_write_leaves_it_to_the_next(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    registration(session())
    clock(moment(EVE, 12))
    with monkeypatch.context() as broken:
        broken.setattr("apps.agenda.mails.mail", fail)
        remind_due()
    assert Registration.objects.get().reminded_at is None
    remind_due()
    assert len(mails_to("ami@exemple.fr")) == 1


def test_a_hundred_reminders_cost_as_many_queries_as_one(
    clock: Any, django_assert_max_num_queries: Any
) -> None:
    row = session()
    for n in range(100):
        registration(row, f"ami{n}@exemple.fr")
    clock(moment(EVE, 12))
    with django_assert_max_num_queries(20):
        remind_due()
    assert Email.objects.count() == 100


def test_a_session_without_a_link_reminds_all_the_same(clock: Any) -> None:
    registration(session(join_url=""))
    clock(moment(EVE, 12))
    remind_due()
    assert "Le lien pour le rejoindre vous arrivera" in last_mail().message


def test_beat_knows_both_tasks() -> None:
    told = {entry["task"]: entry["schedule"] for entry in project.CELERY_BEAT_SCHEDULE.values()}
    assert told["agenda.remind_due"] == 600
    assert told["agenda.erase_past"] == 24 * 3600
    app.loader.import_default_modules()
    assert {"agenda.remind_due", "agenda.erase_past"} <= set(app.tasks)
