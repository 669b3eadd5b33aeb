"""A file sent: kept in a row before anybody reads it, once whatever the clicks, and told to a worker after the commit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from apps.ledger import files as stored
from apps.ledger import services
from apps.ledger.enums import ImportState
from apps.ledger.models import Import
from tests.ledger.support import Place, fec, place, read, requested, waiting_files

Told = Callable[[], list[UUID]]


def test_a_request_waits_and_a_worker_is_told_after_the_commit(
    at: Place, told: Told, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = requested(at)
        assert told() == []
    assert told() == [made.pk]
    made.refresh_from_db()
    assert (made.state, made.progress, made.attempts) == (ImportState.REQUESTED, 0, 0)
    assert (made.filename, made.size) == ("123456789FEC20251231.txt", len(fec()))
    assert made.sha256 == hashlib.sha256(fec()).hexdigest()
    assert (files / made.file).read_bytes() == fec()
    assert made.due_at > timezone.now()


def test_the_same_form_twice_is_one_import_and_one_file(at: Place, files: Path) -> None:
    key = uuid4()
    first, second = requested(at, key=key), requested(at, fec(2024), key=key)
    assert first.pk == second.pk
    assert waiting_files(files) == [f"{first.pk}.txt"]


def test_the_same_file_under_way_is_not_read_twice(at: Place, files: Path) -> None:
    first, second = requested(at), requested(at)
    assert first.pk == second.pk
    assert waiting_files(files) == [f"{first.pk}.txt"]
    assert requested(at, fec(2024)).pk != first.pk


def test_a_file_once_refused_may_be_sent_again(at: Place) -> None:
    refused = read(at, b"ceci n'est pas un FEC\n")
    assert refused.state == ImportState.REFUSED
    assert requested(at, b"ceci n'est pas un FEC\n").pk != refused.pk


def test_another_association_reads_the_same_file_for_itself(at: Place) -> None:
    assert requested(at).pk != requested(place()).pk


@pytest.mark.usefixtures("no_broker")
def test_without_broker_the_request_is_kept_and_due(
    at: Place, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = requested(at)
    made.refresh_from_db()
    assert made.state == ImportState.REQUESTED
    assert made.due_at <= timezone.now()
    assert stored.exists(made.file)
    assert services.put_back() == 0


def test_beat_sends_again_what_nobody_took(at: Place, told: Told) -> None:
    made = requested(at)
    assert services.put_back() == 1
    assert told() == [made.pk]
    assert services.put_back() == 0


def test_a_transaction_that_fails_leaves_no_file(
    at: Place, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Import, "save", down)
    with pytest.raises(RuntimeError):
        requested(at)
    assert waiting_files(files) == []
