"""Asking for a document: one row a state of the subject, one message after the commit."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from apps.documents import files as stored
from apps.documents import selectors, services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.documents import KIND, document, ready_document

pytestmark = pytest.mark.django_db
Told = Callable[[], list[UUID]]


def ask(key: str = "a", **changes: Any) -> Document:
    values = {
        "kind": KIND,
        "key": key,
        "subject_id": uuid4(),
        "organisation": OrganisationFactory.create(),
        "requested_by": None,
        "title": "Rapport",
        "filename": "rapport.pdf",
        **changes,
    }
    return services.request_document(**values)


def test_a_request_waits_and_a_worker_is_told_after_the_commit(
    told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    person = UserFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(requested_by=person)
        assert told() == []
    assert told() == [made.pk]
    assert (made.state, made.requested_by, made.attempts) == (DocumentState.REQUESTED, person, 0)
    made.refresh_from_db()
    assert timedelta(seconds=13) < made.due_at - timezone.now() <= timedelta(seconds=15)
    assert made.expires_at - timezone.now() > timedelta(days=729)


def test_asking_again_gives_the_same_row_and_no_second_message(
    told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    first = ask()
    Document.objects.update(state=DocumentState.RENDERING, progress=40)
    with django_capture_on_commit_callbacks(execute=True):
        second = ask(title="Autre titre")
    assert (second.pk, second.title, second.progress) == (first.pk, "Rapport", 40)
    assert told() == []


def test_another_state_of_the_subject_is_another_document() -> None:
    assert ask("a").pk != ask("b").pk


def test_a_transaction_that_fails_asks_nothing(told: Told) -> None:
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert told() == []
    assert not Document.objects.exists()


def test_words_too_long_for_the_table_are_cut() -> None:
    made = ask(title="t" * 300, filename="f" * 300)
    made.refresh_from_db()
    assert (len(made.title), len(made.filename)) == (200, 120)


def test_the_document_of_a_state_is_found_whatever_its_progress() -> None:
    made = ask("a")
    assert selectors.find_document(kind=KIND, key="a") == made
    assert selectors.find_document(kind=KIND, key="b") is None


def test_without_account_no_document_is_visible() -> None:
    ask()
    assert not selectors.visible_to(AnonymousUser()).exists()


@pytest.mark.usefixtures("no_broker")
def test_without_broker_the_row_stays_due() -> None:
    waiting = document()
    start = time.monotonic()
    assert services.OUTBOX.send(waiting.pk) is False
    assert time.monotonic() - start < 2
    before = waiting.due_at
    waiting.refresh_from_db()
    assert waiting.due_at == before


@pytest.mark.usefixtures("silent_broker")
def test_a_silent_broker_is_not_waited_for() -> None:
    start = time.monotonic()
    assert services.OUTBOX.send(document().pk) is False
    assert time.monotonic() - start < 4


def test_beat_sends_again_what_waits_for_too_long(told: Told) -> None:
    later = document(due_at=timezone.now() + timedelta(seconds=5))
    late, older = document(), document(due_at=timezone.now() - timedelta(hours=1))
    ready_document()
    assert services.put_back_stale() == 2
    assert told() == [older.pk, late.pk]
    late.refresh_from_db()
    assert late.due_at > timezone.now() + timedelta(seconds=10)
    assert services.put_back_stale() == 0
    assert later.pk not in told()


@pytest.mark.usefixtures("no_broker")
def test_beat_does_not_insist_when_the_broker_is_down(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        document()
    assert services.put_back_stale() == 0
    assert caplog.text.count("document_not_queued") == 1


def dead(**fields: Any) -> Document:
    """A row whose worker died while it wrote the file."""
    made = document(state=DocumentState.RENDERING, progress=80, claim=uuid4(), **{"attempts": 1, **fields})
    stored.write(stored.name_of(made), b"%PDF-1.7 half of i")
    return made


def test_beat_takes_back_what_a_dead_worker_left(told: Told) -> None:
    left = dead()
    name = stored.name_of(left)
    assert services.put_back_stale() == 2  # taken back, and sent in the same round
    left.refresh_from_db()
    assert (left.state, left.progress, left.claim, left.error) == (DocumentState.REQUESTED, 0, None, "")
    assert told() == [left.pk]
    assert not stored.default_storage.exists(name)


def test_a_row_that_killed_three_workers_is_not_given_to_a_fourth(told: Told) -> None:
    left = dead(attempts=3)
    assert services.put_back_stale() == 1
    left.refresh_from_db()
    assert (left.state, left.error) == (DocumentState.FAILED, services.GAVE_UP)
    assert told() == []


def test_a_rendering_within_its_time_is_left_alone() -> None:
    left = dead(due_at=timezone.now() + timedelta(seconds=3))
    assert services.put_back_stale() == 0
    left.refresh_from_db()
    assert left.state == DocumentState.RENDERING
    assert stored.default_storage.exists(stored.name_of(left))


def test_a_storage_that_is_down_does_not_stop_the_round(told: Told, files: Path) -> None:
    left, waiting = dead(), document()
    rmtree(files)
    files.write_text("a file where the folder should be")
    assert services.put_back_stale() == 3
    assert set(told()) == {left.pk, waiting.pk}


def test_a_row_that_moved_meanwhile_is_not_taken_back() -> None:
    left = dead()
    Document.objects.update(claim=uuid4())
    assert services.take_back(left) == 0
    assert Document.objects.get().state == DocumentState.RENDERING
