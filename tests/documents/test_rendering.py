"""From the claim to the file: what one rendering does, and what each fault leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from apps.documents import rendering, services, tasks
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from apps.documents.registry import DocumentSource
from tests.documents.conftest import use_storage
from tests.factories.documents import build, document

pytestmark = pytest.mark.django_db
Kind = Callable[..., None]


def test_a_rendering_gives_a_ready_row_and_its_file(files: Path) -> None:
    waiting = document()
    tasks.render(str(waiting.pk))
    waiting.refresh_from_db()
    (file,) = files.iterdir()
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert waiting.file.name == f"documents/{file.name}"
    assert (waiting.state, waiting.progress, waiting.attempts) == (DocumentState.READY, 100, 1)
    assert (waiting.size, waiting.pages) == (len(content), 1)
    assert waiting.sha256 == hashlib.sha256(content).hexdigest()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_same_message_twice_renders_once(files: Path) -> None:
    waiting = document()
    assert rendering.render_document(waiting.pk) is True
    assert rendering.render_document(waiting.pk) is False
    assert len(list(files.iterdir())) == 1


def test_a_message_about_a_deleted_row_is_nothing() -> None:
    assert rendering.render_document(uuid4()) is False


def test_a_claim_is_a_lease(settings: Any) -> None:
    claimed = rendering.claim(document().pk)
    assert claimed is not None
    lease = timedelta(seconds=settings.DOCUMENT_TIME_LIMIT + 5)
    assert lease - timedelta(seconds=2) < claimed.due_at - timezone.now() <= lease
    assert (claimed.state, claimed.progress) == (DocumentState.RENDERING, 10)


def test_progress_is_written_on_the_way(kind: Kind) -> None:
    seen = []

    def watch(subject: UUID) -> DocumentSource:
        seen.append(Document.objects.values_list("state", "progress").get())
        return build(subject)

    kind(watch)
    rendering.render_document(document().pk)
    assert seen == [(DocumentState.RENDERING, 10)]


def failing(subject: UUID) -> DocumentSource:
    raise ValueError("a page that cannot be written")


def test_a_failure_is_tried_three_times_later_and_later(kind: Kind, files: Path) -> None:
    kind(failing)
    waiting = document()
    for attempt, seconds in ((1, 5), (2, 30)):
        assert rendering.render_document(waiting.pk) is False
        waiting.refresh_from_db()
        assert (waiting.state, waiting.attempts) == (DocumentState.REQUESTED, attempt)
        assert timedelta(seconds=seconds - 2) < waiting.due_at - timezone.now() <= timedelta(seconds=seconds)
    rendering.render_document(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error, waiting.progress) == (DocumentState.FAILED, services.GAVE_UP, 0)

    kind(build)
    services.retry(document=waiting)
    assert rendering.render_document(waiting.pk) is True
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error, waiting.attempts) == (DocumentState.READY, "", 1)
    assert len(list(files.iterdir())) == 1


def test_a_storage_that_refuses_is_a_failure_and_a_retry_works(
    files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files.write_text("a file where the folder should be")
    waiting = document(attempts=2)
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (DocumentState.FAILED, services.GAVE_UP)
    assert "file_not_deleted" in caplog.text
    files.unlink()
    services.retry(document=waiting)
    assert rendering.render_document(waiting.pk) is True


def test_a_storage_that_renames_is_a_failure(settings: Any, tmp_path: Path) -> None:
    use_storage(settings, "tests.documents.storages.Renaming", tmp_path)
    waiting = document()
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.REQUESTED


def test_a_rendering_that_lost_its_row_stops(kind: Kind, files: Path) -> None:
    def slow(subject: UUID) -> DocumentSource:
        Document.objects.update(claim=uuid4())
        return build(subject)

    kind(slow)
    waiting = document()
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert (waiting.state, waiting.progress) == (DocumentState.RENDERING, 10)
    assert not files.exists()


def test_a_rendering_that_lost_its_row_at_the_end_takes_its_file_away(
    settings: Any, tmp_path: Path, files: Path
) -> None:
    use_storage(settings, "tests.documents.storages.Overtaken", tmp_path)
    waiting = document()
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.RENDERING
    assert list(files.iterdir()) == []


def test_without_database_the_row_is_left_to_its_lease(kind: Kind) -> None:
    def cut(subject: UUID) -> DocumentSource:
        raise OperationalError("server closed the connection unexpectedly")

    kind(cut)
    waiting = document()
    with pytest.raises(OperationalError):
        tasks.render(str(waiting.pk))
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.RENDERING
    Document.objects.update(due_at=timezone.now())
    tasks.put_back_stale()
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.REQUESTED


def test_an_unknown_kind_is_a_failure_not_a_crash() -> None:
    waiting = document(kind="inconnu")
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.REQUESTED
