"""One platform for all the faults: each test repairs what it broke."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faults.directory import Directory, misbehaving
from tests.faults.platform import Platform
from tests.support.stack import free_port, running


@pytest.fixture(scope="session")
def directory() -> Iterator[Directory]:
    with misbehaving() as server:
        yield server


@pytest.fixture(scope="session")
def platform(directory: Directory) -> Iterator[Platform]:
    port = free_port()
    with running(
        DJANGO_SETTINGS_MODULE="tests.faults.settings",
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        ENTERPRISE_DIRECTORY_URL=directory.url,
        BEAT_MAIL_SECONDS="1",
        BEAT_DOCUMENTS_SECONDS="1",
        OUTBOX_RESEND_SECONDS="2",
        LOG_REQUESTS="WARNING",
    ) as stack:
        yield Platform.seeded(stack, port)


@pytest.fixture(autouse=True)
def _logs_of_a_failure(request: pytest.FixtureRequest, platform: Platform) -> Iterator[None]:
    """The last lines of each process go with a failed test."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        for name in ("web", "worker", "beat"):
            sys.stdout.write(f"--- {name}\n{platform.stack.log(name)[-3000:]}\n")
