"""One copy of the test database, and its streaming replica: what these tests commit stays there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from apps.core import replica as core_replica
from tests.beyond.replica import Replica, streaming
from tests.support.stack import wait_for

COPY = "trajectoires_beyond"


def administration() -> psycopg.Connection[Any]:
    told = connection.settings_dict
    return psycopg.connect(
        host=told["HOST"], port=told["PORT"], user=told["USER"], dbname="postgres", autocommit=True
    )


def copied(server: psycopg.Connection[Any], source: str, name: str) -> None:
    """A template must have nobody in it."""
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    source = connection.settings_dict["NAME"]
    name = f"{COPY}_{source}"
    with django_db_blocker.unblock(), closing(administration()) as server:
        connection.close()
        copied(server, source, name)
        # As in service: what was acknowledged is in the journal.
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on')  # type: ignore[call-overload]
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = source
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def streamed(own_database: None) -> Iterator[Replica]:
    """Known to Django as « replica »."""
    told = connection.settings_dict
    with streaming(f"host={told['HOST']} port={told['PORT']} user={told['USER']}") as server:
        connections.settings[core_replica.REPLICA] = {
            **told,
            "HOST": str(server.sockets),
            "PORT": str(server.port),
            "OPTIONS": {"connect_timeout": 1},
        }
        try:
            yield server
        finally:
            connections[core_replica.REPLICA].close()
            del connections[core_replica.REPLICA]
            del connections.settings[core_replica.REPLICA]


@pytest.fixture
def replica(streamed: Replica, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """On, caught up, and just measured."""
    settings.DATABASE_ROUTERS = ["apps.core.replica.ReplicaRouter"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "apps.core.replica.ReplicaMiddleware"]
    settings.REPLICA_MAX_LAG = 1.0
    monkeypatch.setattr(core_replica, "MEASURED_EACH", 0.0)
    monkeypatch.setattr(core_replica, "RESTS", 0.0)
    monkeypatch.setattr(core_replica, "lag", core_replica.Lag())
    if not streamed.pid:
        streamed.start()
    streamed.resume()
    wait_for(core_replica.lag.bounded, 20, "the replica has caught up")
    yield streamed
    if streamed.pid:
        streamed.resume()


@pytest.fixture
def settled(replica: Replica) -> Any:
    """``settled()``: the replica has all that was written until now."""

    def wait() -> None:
        at = core_replica.position("default", "pg_current_wal_insert_lsn()")
        wait_for(lambda: caught(at), 20, "the replica has what was written")

    def caught(at: int) -> bool:
        return core_replica.position(core_replica.REPLICA, "pg_last_wal_replay_lsn()") >= at

    return wait
