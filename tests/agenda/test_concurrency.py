"""Two connections at once, with real commits."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from post_office.models import Email

from apps.agenda import rules, services
from apps.agenda.errors import ChangedMeanwhile, Refused
from apps.agenda.models import Registration, Session
from apps.agenda.services import Sheet
from apps.agenda.services.reminders import remind
from tests.accounts.test_concurrency import together
from tests.agenda.test_sessions import sheet_of
from tests.factories.agenda import DAY, moment, registration, session

pytestmark = pytest.mark.usefixtures("committed")


def test_a_double_click_makes_one_registration_and_one_mail() -> None:
    row = session()
    given = together(*[lambda: services.register(session=row, email="ami@exemple.fr")] * 4)
    assert given == [True] * 4
    assert Registration.objects.filter(session=row).count() == 1
    assert Email.objects.filter(to__icontains="ami@exemple.fr").count() == 1


def test_two_people_at_once_both_come() -> None:
    row = session()
    emails = ("ami@exemple.fr", "voisine@exemple.fr")
    together(*[lambda email=email: services.register(session=row, email=email) for email in emails])
    assert Registration.objects.filter(session=row).count() == 2


def test_two_rounds_of_beat_remind_once(clock: Any) -> None:
    row = session()
    registration(row)
    clock(moment(DAY, 9))
    together(*[services.remind_due] * 3)
    assert Email.objects.filter(to__icontains="ami@exemple.fr").count() == 1


def test_whoever_registers_while_the_session_is_cancelled_is_refused_and_gets_no_mail() -> None:
    row = session()
    given: list[object] = []

    def come() -> None:
        try:
            given.append(services.register(session=row, email="ami@exemple.fr"))
        except Refused as refusal:
            given.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=come)
    with transaction.atomic():
        services.cancel_session(session=row, reason="Reportée.")
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the second one must wait"
    thread.join(20)
    assert [type(answer) for answer in given] == [Refused]
    assert not Registration.objects.filter(session=row).exists()


def test_a_round_waits_for_a_change_and_reminds_of_what_is_true(clock: Any) -> None:
    row = session()
    registration(row)
    clock(moment(DAY, 9))
    thread = threading.Thread(target=lambda: (remind(session=row), connection.close()))
    with transaction.atomic():
        services.cancel_session(session=row, reason="Reportée.")
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the round must wait"
    thread.join(20)
    subjects = [mail.subject for mail in Email.objects.filter(to__icontains="ami@exemple.fr")]
    assert subjects == ["Annulé\u00a0: Habiter autrement"]


def test_two_curators_who_save_at_once_do_not_overwrite_each_other() -> None:
    row = session()
    registration(row)
    sheets = [sheet_of(row, title=title) for title in ("La première", "La seconde")]
    given = together(*[lambda s=s: services.change_session(session=row, sheet=s, sequence=0) for s in sheets])
    assert sum(isinstance(answer, ChangedMeanwhile) for answer in given) == 1
    assert Session.objects.get().sequence == 1
    assert Email.objects.filter(to__icontains="ami@exemple.fr").count() == 1


def test_two_curators_who_take_the_same_thursday_make_one_session() -> None:
    starts_at, ends_at = rules.slot(DAY)
    sheets = [Sheet(title=title, starts_at=starts_at, ends_at=ends_at) for title in ("Une", "Deux")]
    given = together(*[lambda s=s: services.create_session(sheet=s, by=None) for s in sheets])
    assert sum(isinstance(answer, Refused) for answer in given) == 1
    assert Session.objects.count() == 1


def test_a_cancellation_sent_twice_is_told_once() -> None:
    row = session()
    registration(row)
    given = together(*[lambda: services.cancel_session(session=row, reason="Reportée.")] * 2)
    assert sum(isinstance(answer, Refused) for answer in given) == 1
    assert Email.objects.filter(to__icontains="ami@exemple.fr").count() == 1
    assert timezone.now() < row.starts_at
