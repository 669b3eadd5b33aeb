"""Some pages are read from a streaming replica (REPLICA_URL); empty, nothing of this file runs.

What is read there is at most ``REPLICA_MAX_LAG`` seconds old, plus the second between two measures. Whoever has just sent
something reads the primary for longer than that: she finds what she wrote. Whatever the replica cannot give (an error, or a
page that it does not have), the primary is asked for.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from apps.core.middleware import DATABASE_FAULTS

logger = structlog.get_logger(__name__)

REPLICA = "replica"
SAFE = frozenset({"GET", "HEAD"})
# Seconds: between two measures, and without asking again after a failure (a machine that is gone takes the time-out).
MEASURED_EACH = 1.0
RESTS = 10.0

_reading: ContextVar[bool] = ContextVar("replica_reading", default=False)


class ReplicaRouter:
    """Reads of ``REPLICA_APPS`` inside ``reading``, outside any transaction; everything else is the primary's."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        # Never None: Django would then follow the row that leads there, and write to the replica what was read from it.
        is_there = _reading.get() and model._meta.app_label in settings.REPLICA_APPS
        return REPLICA if is_there and not connections[DEFAULT_DB_ALIAS].in_atomic_block else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading() -> Iterator[None]:
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def connection_to_read(model: Any) -> Any:
    """For a question written in SQL: the connection that a queryset of ``model`` would take."""
    return connections[router.db_for_read(model)]


class Lag:
    """How late the replica is, by positions in the journal of the primary: no clock of another machine is believed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # (moment, where the primary was), oldest first: the replica has all that was written before the last it reached.
        self.marks: deque[tuple[float, int]] = deque(maxlen=120)
        self.next_measure = 0.0
        self.is_good = False
        self.told: bool | None = None

    def bounded(self) -> bool:
        """Whether the replica may be read now. Two small questions a second at most, in each process."""
        with self.lock:
            if time.monotonic() >= self.next_measure:
                self.measure()
            return self.is_good

    def measure(self) -> None:
        now = time.monotonic()
        try:
            self.marks.append((now, position(DEFAULT_DB_ALIAS, "pg_current_wal_lsn()")))
            reached = position(REPLICA, "pg_last_wal_replay_lsn()")
        except DATABASE_FAULTS as error:
            self.set_aside(error=str(error).strip())
            return
        self.next_measure = now + MEASURED_EACH
        had = [moment for moment, mark in self.marks if mark <= reached]
        late = now - had[-1] if had else None
        self.become(late is not None and late <= settings.REPLICA_MAX_LAG, late=late)

    def set_aside(self, **why: object) -> None:
        self.next_measure = time.monotonic() + RESTS
        self.become(False, **why)

    def become(self, is_good: bool, **why: object) -> None:
        self.is_good = is_good
        # At the very first measure a replica a hair behind is not late: there is nothing to compare with yet.
        if is_good == self.told or why.get("late", 0) is None:
            return
        self.told = is_good
        (logger.info if is_good else logger.warning)(
            "replica_read" if is_good else "replica_set_aside", **why
        )


def position(alias: str, function: str) -> int:
    """Bytes from the beginning of the journal; 0 where there is no such position."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT coalesce({function} - '0/0'::pg_lsn, 0)::bigint")
        return int(cursor.fetchone()[0])


lag = Lag()


class ReplicaMiddleware:
    """The last of all: what it calls is the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE:
            remember_writing(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not may_read(request) or not lag.bounded():
            return None
        try:
            with reading():
                return view(request, *args, **kwargs)
        except DATABASE_FAULTS as error:
            lag.set_aside(error=str(error).strip())
        except Exception:  # noqa: S110 - missing there, perhaps only not yet: the primary says
            pass
        return None


def may_read(request: HttpRequest) -> bool:
    if request.method not in SAFE or settings.REPLICA_COOKIE_NAME in request.COOKIES:
        return False
    found = request.resolver_match
    return found is not None and found.view_name in settings.REPLICA_VIEWS


def remember_writing(response: HttpResponse) -> None:
    """Holds nothing of the person; a browser forgets it by itself, once the replica surely has what she sent."""
    response.set_cookie(
        settings.REPLICA_COOKIE_NAME,
        "1",
        max_age=settings.REPLICA_COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
