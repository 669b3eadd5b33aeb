"""The world of the permission table, made once: everybody signed in, each request undone and its SQL kept."""

from __future__ import annotations

import copy
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.urls import reverse

from apps.accounts.enums import Role
from apps.methodology.enums import SeatRole
from apps.methodology.models import Seat
from tests.factories import OrganisationFactory, member
from tests.rights import rows_admin
from tests.support.client import StrictClient
from tests.support.world import World, world

READS = re.compile(
    r"\s*\(*\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW|DECLARE|FETCH|CLOSE|EXPLAIN)\b", re.I
)
SAVEPOINTS = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b")
CHANGES = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+\"?(\w+)", re.I)
LOCK = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b", re.I)
WRITTEN = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_xact_user_tables"


@dataclass
class Answer:
    """What one request gave: ``status`` 500 and its fault when the view raised."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    sql: list[str] = field(default_factory=list)
    # Names of the tables written, « ? » for a statement that is neither a reading nor understood.
    written: set[str] = field(default_factory=set)
    # Acts promised for after the commit: a task sent, a file removed.
    promised: int = 0

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Ground:
    place: World
    known: dict[str, str]
    clients: dict[str, StrictClient] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self.clients)

    def url(self, name: str, arguments: dict[str, str], **others: str) -> str:
        known = self.known | others
        return reverse(name, kwargs={key: value.format(**known) for key, value in arguments.items()})

    def ask(self, role: str, method: str, url: str, **sent: Any) -> Answer:
        """One request of somebody who starts afresh: what it wrote is undone, rate limits and cookies included."""
        client = StrictClient()
        client.cookies = copy.deepcopy(self.clients[role].cookies)
        promised = len(connection.run_on_commit)
        # Thousands of refusals: their lines of journal would hide a fault.
        logging.disable(logging.CRITICAL)
        with transaction.atomic(), statements() as sql:
            try:
                answer = read(getattr(client, method)(url, **sent))
            except Exception as fault:  # also an assertion of the strict client
                answer = Answer(500, fault=f"{type(fault).__name__}: {str(fault)[:200]}")
            answer.promised = len(connection.run_on_commit) - promised
            transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
        answer.sql = sql
        answer.written = set().union(*map(tables_of, sql)) if sql else set()
        return answer


def read(response: HttpResponseBase) -> Answer:
    streaming = getattr(response, "streaming", False)
    body = b"".join(response.streaming_content) if streaming else response.content  # type: ignore[attr-defined]
    return Answer(response.status_code, body, dict(response.headers))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL of the block, its parameters apart, savepoints left out."""
    kept: list[str] = []

    def keep(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        if not SAVEPOINTS.match(str(sql)):
            kept.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(keep):
        yield kept


def tables_of(sql: str) -> set[str]:
    """The tables that a statement writes."""
    changed = {table for _, table in CHANGES.findall(LOCK.sub("", sql))}
    return changed or (set() if READS.match(sql) or sql.lstrip().upper().startswith("WITH") else {"?"})


def rows_written() -> int:
    """Rows written so far in this transaction, whatever was undone since: the database's own word."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


def ground() -> Ground:
    """Needs the ``db`` fixture. « network » follows the démarche from outside, by its seat."""
    from tests.test_permissions import ROLES, values

    place = world()
    made = Ground(place, {**values(place), **rows_admin.objects(place)})
    place.people["network"] = member(OrganisationFactory.create(), Role.ADMIN)
    Seat.objects.create(
        engagement_id=made.known["engagement"],
        user=place.people["network"],
        role=SeatRole.OBSERVER,
        is_outside=True,
    )
    for role in (*ROLES, "network"):
        made.clients[role] = place.client(role)
    caches["pages"].clear()
    return made
