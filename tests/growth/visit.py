"""One page opened: its queries, what PostgreSQL would do for each, and how long it takes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection, transaction

from tests.growth.place import Page
from tests.support.world import World

ROUNDS = 5


@dataclass(frozen=True)
class Step:
    """A node of a plan that reads a table: how, by which index, and how many rows PostgreSQL thinks it will give."""

    way: str
    table: str
    index: str

    @property
    def whole(self) -> bool:
        """The table is read from end to end."""
        return self.way.endswith("Seq Scan")


@dataclass(frozen=True)
class Query:
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Visit:
    page: Page
    status: int
    queries: tuple[Query, ...]
    seconds: float


def visited(place: World, page: Page) -> Visit:
    """The first opening is not counted: it fills what a process keeps."""
    client = place.client(page.role)
    seconds: list[float] = []
    said: list[tuple[str, Any]] = []
    status = 0
    for number in range(ROUNDS + 1):
        with _undone():
            begin = time.perf_counter()
            with _heard() as heard:
                status = client.get(page.path).status_code
            seconds.append(time.perf_counter() - begin)
            said = heard if number else said
    return Visit(page, status, tuple(_explained(said)), median(seconds[1:]))


@contextmanager
def _undone() -> Iterator[None]:
    """What a page marks as seen is not seen by the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _heard() -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield heard


def _explained(said: list[tuple[str, Any]]) -> Iterator[Query]:
    for sql, params in said:
        text = normal(sql)
        if text.startswith(("SELECT", "WITH", "(")) and "FOR UPDATE" not in text:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                found = cursor.fetchone()[0]
            plans = json.loads(found) if isinstance(found, str) else found
            yield Query(text, tuple(steps(plans[0]["Plan"])))
        elif not text.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            yield Query(text, ())


def normal(sql: str) -> str:
    """Without what changes from one opening to the next: savepoints, lists of keys."""
    text = re.sub(r"\s+", " ", sql.strip())
    text = re.sub(r"IN \((%s|\d+|'[^']*')(, (%s|\d+|'[^']*'))*\)", "IN (…)", text)
    return re.sub(r"'[0-9a-f-]{32,36}'(::uuid)?", "'…'", text)


def steps(plan: dict[str, Any]) -> Iterator[Step]:
    if "Relation Name" in plan:
        below = [child.get("Index Name", "") for child in _below(plan)]
        index = plan.get("Index Name") or ", ".join(sorted(filter(None, below)))
        yield Step(plan["Node Type"], plan["Relation Name"], index)
    for child in plan.get("Plans", ()):
        yield from steps(child)


def _below(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The bitmap indexes that a heap scan is given, not its subplans."""
    for child in plan.get("Plans", ()):
        if child["Node Type"].startswith("Bitmap"):
            yield child
            yield from _below(child)
