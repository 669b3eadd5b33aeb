"""What a pooler in transaction mode forbids: anything that outlives its transaction on a connection."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from apps.core.locks import alone
from tests.deploy.support import ROOT

NUMBER = 20_261_128
SOURCES = sorted((ROOT / "apps").rglob("*.py"))


def held() -> list[tuple[bool]]:
    """Whether each backend that holds the number is in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.state LIKE 'idle in transaction%%' FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
            "WHERE l.locktype = 'advisory' AND l.objid = %s AND l.granted",
            [NUMBER],
        )
        return cursor.fetchall()


@pytest.mark.django_db
def test_work_alone_is_held_by_a_transaction_and_left_with_it() -> None:
    with alone(NUMBER) as first, alone(NUMBER) as second:
        assert (first, second) == (True, False)
        assert held() == [(True,)]
    with alone(NUMBER) as again:
        assert again


@pytest.mark.django_db
def test_work_that_fails_leaves_the_number_to_others() -> None:
    with pytest.raises(ZeroDivisionError), alone(NUMBER):
        raise ZeroDivisionError
    with alone(NUMBER) as again:
        assert again


@pytest.mark.parametrize(
    "forbidden",
    [
        r"pg_(try_)?advisory_(lock|unlock)\b",
        r"\b(LISTEN|UNLISTEN) [a-z]",
        r"SET (SESSION )?(work_mem|search_path|statement_timeout|lock_timeout|role)\b",
        r"CREATE TEMP(ORARY)? TABLE (?!.*ON COMMIT DROP)",
        r"WITH HOLD\b",
    ],
)
def test_no_source_keeps_something_on_a_connection(forbidden: str) -> None:
    assert len(SOURCES) > 500
    assert [path.name for path in SOURCES if re.search(forbidden, path.read_text())] == []
