"""Many counts in one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each holds, in the same order: one query, none when all are empty by construction."""
    asked: list[str] = []
    values: list[Any] = []
    for place, rows in enumerate(querysets):
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # ``none()``
            continue
        asked.append(f"SELECT {place}, count(*) FROM ({sql}) rows_{place}")  # noqa: S608
        values += params
    found: dict[int, int] = {}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked), values)
            found = dict(cursor.fetchall())
    return [found.get(place, 0) for place in range(len(querysets))]
