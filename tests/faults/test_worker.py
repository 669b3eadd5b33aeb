"""Workers that die or get stuck in the middle of a rendering, and requests that come at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from celery import Celery

from tests.faults.platform import PATIENCE, Platform, Row
from tests.support.stack import wait_for

pytestmark = pytest.mark.fault


def kill_everything(platform: Platform) -> None:
    platform.stack.kill("worker")
    platform.stack.start("worker")


def kill_the_child(platform: Platform) -> None:
    """Only the process that renders, as the system's memory guard would choose."""
    (child,) = psutil.Process(platform.stack.processes["worker"].pid).children()
    os.kill(child.pid, signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_everything, kill_the_child])
def test_a_worker_killed_in_the_middle_leaves_one_file_in_the_end(platform: Platform, kill: object) -> None:
    campaign = platform.new_campaign()
    platform.ask_report(campaign)
    row = platform.wait_document(campaign, "rendering", progress=40, pause=0.005)
    kill(platform)  # type: ignore[operator]
    row = platform.document(campaign)
    assert (row.state, row.attempts, row.lease) == ("rendering", 1, 45)
    assert "Votre rapport se prépare" in platform.page(row)
    assert platform.files(row) == []

    # The lease runs out, without waiting for it.
    platform.sql("update documents_document set due_at = now() where subject_id = %s", campaign)
    row = platform.wait_document(campaign, "ready")
    assert row.attempts == 2
    (file,) = platform.files(row)
    assert file.name == row.file.removeprefix("documents/")
    taken = platform.person.get(f"/documents/{row.id}/telecharger/")
    assert taken.content == file.read_bytes()
    assert taken.content.startswith(b"%PDF")


@pytest.fixture
def impatient(platform: Platform) -> Iterator[Platform]:
    """The platform with a worker that ends a rendering after six seconds."""
    platform.stack.kill("worker")
    platform.stack.env["DOCUMENT_TIME_LIMIT"] = "6"
    platform.stack.start("worker")
    yield platform
    del platform.stack.env["DOCUMENT_TIME_LIMIT"]
    platform.stack.kill("worker")
    platform.stack.start("worker")


def test_a_rendering_without_end_fails_and_the_worker_survives(impatient: Platform) -> None:
    platform = impatient
    # Its message was lost: beat finds the row. Two tries have ended already.
    subject = platform.insert_document("endless", attempts=2)
    row = platform.wait_document(subject, "rendering")
    assert row.lease == 11
    row = platform.wait_document(subject, "failed")
    assert "La préparation a échoué trois fois de suite." in row.error
    page = platform.page(row)
    assert "Réessayez" in page
    assert f'action="/documents/{row.id}/reessayer/"' in page
    assert platform.files(row) == []
    # The worker that took the row back is the one whose rendering was ended.
    assert platform.alive("worker")


def test_requests_at_once_give_one_row_and_one_file(platform: Platform) -> None:
    campaign = platform.new_campaign()

    def ask(_: int) -> Row:
        with platform.visitor(sessionid=platform.session) as person:
            assert person.post(f"/diagnostic/{campaign}/rapport/").status_code == 200
        return platform.document(campaign)

    with ThreadPoolExecutor(4) as people:
        rows = list(people.map(ask, range(4)))
    assert len({row.id for row in rows}) == 1
    row = platform.wait_document(campaign, "ready")
    (file,) = platform.files(row)

    # Asking again gives the same file, without another rendering.
    platform.ask_report(campaign)
    again = platform.document(campaign)
    assert (again.id, again.file, again.attempts) == (row.id, row.file, 1)
    assert platform.files(again) == [file]


def test_a_message_delivered_twice_renders_once(platform: Platform) -> None:
    campaign = platform.new_campaign()
    platform.ask_report(campaign)
    row = platform.wait_document(campaign, "ready")
    Celery(broker=platform.stack.env["REDIS_URL"], set_as_current=False).send_task(
        "documents.render", (row.id,)
    )
    # One worker, one queue: when this row was tried, the second message was taken before.
    after = platform.insert_document("a kind nobody knows")
    wait_for(lambda: platform.document(after).attempts == 1, PATIENCE, "the next message")
    again = platform.document(campaign)
    assert (again.state, again.attempts, again.file) == ("ready", 1, row.file)
