"""Asking again after a failure or a loss, and what is erased with time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from apps.documents import files as stored
from apps.documents import services, tasks
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from tests.factories.documents import document, ready_document

pytestmark = pytest.mark.django_db
Told = Callable[[], list[UUID]]
TWO_DAYS = 2 * 86_400


def test_a_failed_document_goes_back_to_the_queue_with_three_new_tries(
    told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    failed = document(state=DocumentState.FAILED, attempts=3, error="Échec")
    with django_capture_on_commit_callbacks(execute=True):
        again = services.retry(document=failed)
    assert (again.state, again.attempts, again.error) == (DocumentState.REQUESTED, 0, "")
    assert timezone.now() - again.requested_at < timedelta(seconds=5)
    assert told() == [failed.pk]


def test_a_ready_document_is_prepared_again_only_when_its_file_is_lost(
    told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    made = ready_document()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry(document=made).state == DocumentState.READY
    assert told() == []
    stored.delete(made.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        again = services.retry(document=made)
    assert (again.state, again.file.name, again.size, again.ready_at) == (
        DocumentState.REQUESTED,
        "",
        0,
        None,
    )
    assert told() == [made.pk]


@pytest.mark.parametrize("state", [DocumentState.REQUESTED, DocumentState.RENDERING])
def test_what_waits_or_renders_is_not_disturbed(
    told: Told, state: str, django_capture_on_commit_callbacks: Any
) -> None:
    waiting = document(state=state, attempts=2)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry(document=waiting).attempts == 2
    assert told() == []


def aged(file: Path) -> None:
    before = time.time() - TWO_DAYS
    os.utime(file, (before, before))


def test_the_purge_erases_expired_documents_and_files_without_owner(files: Path) -> None:
    kept = ready_document()
    expired = ready_document(expires_at=timezone.now() - timedelta(seconds=1))
    waiting = document(expires_at=timezone.now() - timedelta(seconds=1))
    (files / "orphan.pdf").write_bytes(b"%PDF")
    (files / "being-written.pdf").write_bytes(b"%PDF")
    aged(files / "orphan.pdf")
    aged(files / Path(kept.file.name).name)
    tasks.purge_expired()
    assert set(Document.objects.all()) == {kept}
    assert {file.name for file in files.iterdir()} == {Path(kept.file.name).name, "being-written.pdf"}
    assert expired.pk != waiting.pk


def test_the_purge_of_a_storage_never_used_is_no_fault() -> None:
    assert services.purge_expired() == 0
