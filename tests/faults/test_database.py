"""The database goes away and comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.platform import Platform
from trajectoires.embedded.postgres import PostgresServer

pytestmark = pytest.mark.fault

# Enough for each of the two web processes to answer at least once.
ROUNDS = 6


@pytest.fixture
def postgres(platform: Platform) -> Iterator[PostgresServer]:
    server = platform.stack.servers.postgres
    assert server
    yield server
    server.start()


def statuses(platform: Platform, path: str) -> set[int]:
    """Each on a new connection: either process may answer."""
    found = set()
    for _ in range(ROUNDS):
        with platform.visitor(sessionid=platform.session) as person:
            found.add(person.get(path).status_code)
    return found


def test_without_database_every_page_is_a_503_then_all_is_as_before(
    platform: Platform, postgres: PostgresServer
) -> None:
    campaign = platform.new_campaign()
    assert statuses(platform, "/espace/") == {200}
    postgres.stop()
    page = platform.person.get("/espace/")
    assert page.status_code == 503
    assert "Ce qui était déjà enregistré est gardé." in page.text
    assert page.headers["Retry-After"] == "15"
    assert platform.ask_report(campaign).status_code == 503
    assert (
        platform.person.post("/compte/login/", data={"login": "a@b.fr", "password": "x"}).status_code == 503
    )
    answer = platform.person.get("/api/v1/goals/")
    assert answer.status_code == 503
    assert "réessayez" in answer.json()["detail"]
    assert platform.stack.status("/healthz") == 200
    assert platform.person.get("/readyz").json()["checks"] == {
        "database": "unreachable",
        "broker": "ok",
        "migrations": "unknown",
    }

    postgres.start()
    assert statuses(platform, "/espace/") == {200}
    assert platform.stack.status("/readyz") == 200
    platform.ask_report(campaign)
    platform.wait_document(campaign, "ready")
    assert platform.alive("worker")
    assert platform.alive("beat")


def test_connections_cut_between_two_requests_are_not_noticed(
    platform: Platform, postgres: PostgresServer
) -> None:
    """Each web process keeps a connection for a minute: after a restart it holds a dead one."""
    assert statuses(platform, "/espace/") == {200}
    postgres.kill()
    postgres.start()
    assert statuses(platform, "/espace/") == {200}
    assert statuses(platform, "/api/v1/goals/") == {200}
