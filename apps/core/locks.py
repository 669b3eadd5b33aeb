"""One at a time, for work longer than a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(number: int) -> Iterator[bool]:
    """Whether nobody else holds this number; held to the end of the block, or of the process.

    By the transaction of a connection of its own: a lock of the session would stay behind in a pooler, for ever.
    Between two statements such a transaction holds no snapshot, so it keeps no old row alive.
    """
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            got = bool(cursor.fetchone()[0])
        yield got
    finally:
        own.close()
