"""``make growth`` in small: the copies are whole, and what a page reads is compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, transaction

from apps.dashboards.models import Programme
from tests.growth.__main__ import MEMBERS
from tests.growth.grow import TOGETHER, Grower
from tests.growth.paper import SMALL, Pair, page
from tests.growth.place import Page, made
from tests.growth.visit import Query, Step, Visit, normal, visited

PAGES = ("accounts:home", "diagnostic:campaign", "methodology:home", "webinars:library")


@pytest.mark.django_db
def test_the_copies_are_whole_and_the_pages_ask_the_same() -> None:
    place, pages = made()
    assert len(pages) > 200
    chosen = [one for one in pages if one.name in PAGES]
    before = [visited(place, one) for one in chosen]
    link = connection.connection
    grower = Grower(
        link,
        {
            "accounts_organisation": [place.organisation.pk],
            "accounts_user": [place.people[role].pk for role in MEMBERS],
            "dashboards_programme": list(Programme.objects.values_list("pk", flat=True)),
        },
    )
    assert grower.counts["diagnostic_campaign"] == 10
    assert grower.counts["diagnostic_answer"] == 30
    held = {name: count(name) for name in grower.counts}
    grower.grow(1, 3)
    assert {name: count(name) - held[name] for name in held} == {
        name: number * (1 if name in TOGETHER else 3) for name, number in grower.counts.items()
    }
    lost = [
        (table.name, column)
        for table in grower.tables.values()
        for column, (target, key) in table.references.items()
        if orphans(table.name, column, target, key)
    ]
    assert lost == []
    for one, then in zip(chosen, before, strict=True):
        again = visited(place, one)
        assert (again.status, then.status) == (200, 200), one
        assert Pair(then, again, {}).same_queries, one


def count(table: str) -> int:
    return int(connection.connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def orphans(table: str, column: str, target: str, key: str) -> int:
    query = (
        f'SELECT count(*) FROM "{table}" t WHERE t."{column}" IS NOT NULL AND NOT EXISTS '
        f'(SELECT 1 FROM "{target}" o WHERE o."{key}" = t."{column}")'
    )
    with transaction.atomic():
        return int(connection.connection.execute(query).fetchone()[0])


ROWS = {"big": SMALL + 1, "small": 3}
READ = Query("SELECT 1", (Step("Index Scan", "big", "big_key"), Step("Seq Scan", "small", "")))
PAGE = Page("x:y", "/x/", "admin")


def pair(*after: Step, before: Query = READ, text: str = "SELECT 1") -> Pair:
    first = Visit(PAGE, 200, (before,), 0.01)
    return Pair(first, replace(first, queries=(Query(text, after),)), ROWS)


def test_what_differs_is_told_and_what_does_not_is_not() -> None:
    same = pair(*READ.steps)
    assert (same.same_queries, same.same_plans, same.whole()) == (True, True, [])
    assert pair(READ.steps[0], Step("Index Scan", "small", "small_key")).same_plans
    whole = pair(Step("Seq Scan", "big", ""))
    assert (whole.same_plans, whole.whole()) == (False, ["big"])
    other = pair(Step("Index Scan", "big", "another_key"))
    assert (other.same_plans, other.whole()) == (False, [])
    assert not pair(*READ.steps, text="SELECT 2").same_queries
    # It was small, and read whole; the index was waiting.
    waited = pair(
        Step("Index Scan", "big", "big_key"), before=Query("SELECT 1", (Step("Seq Scan", "big", ""),))
    )
    assert waited.same_plans
    text = page([same, whole], ROWS, (10, 20), 1.0)
    assert text.count("`x:y`") == 1
    assert "Seq Scan big" in text


def test_a_list_of_keys_is_one_query_whatever_its_length() -> None:
    assert normal("SELECT 1 FROM t WHERE id IN (%s, %s)") == normal("SELECT 1  FROM t WHERE id IN (%s)")
    assert normal("SELECT 1 FROM t") != normal("SELECT 2 FROM t")
