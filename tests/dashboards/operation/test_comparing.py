"""The page of exact numbers: cell by cell, for operators alone, kept by nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.enums import PlatformRole
from apps.dashboards.disclosure.cells import Exact
from apps.dashboards.models import Release
from apps.dashboards.tables import TABLES
from tests.dashboards import samples
from tests.dashboards.operation.support import HERE, SECRET, draft, url, with_regions
from tests.support.client import StrictClient
from tests.support.world import World, platform_person, world
from tests.test_permissions import ROLES

pytestmark = pytest.mark.django_db
WRITTEN = re.compile(rf"{str(SECRET)[0]}[\s\u202f]?{str(SECRET)[1:]}|47,25")


@pytest.fixture(name="operator")
def make_operator(client_of: Callable[..., StrictClient]) -> StrictClient:
    return client_of(platform_person(PlatformRole.OPERATOR))


@pytest.fixture(name="made")
def make_release() -> Release:
    found = draft()
    with_regions(found)
    return found


def cells(operator: StrictClient, made: Release) -> dict[str, str]:
    """The text of each row of the page, by region."""
    shown = operator.get(url(made, "comparer/axes-region/")).content.decode()
    plain = [re.sub(r"<[^>]+>", " ", body) for body in re.findall(r"<tbody>.*?</tbody>", shown, re.S)]
    told = [" ".join(body.split(" ")) for body in plain]
    return {re.search(r"Région (\d+)", body)[1]: body for body in told}  # type: ignore[index]


def test_each_cell_is_shown_exact_and_published_with_its_reason(
    operator: StrictClient, made: Release
) -> None:
    found = cells(operator, made)
    assert "n 46, dont 2 au rapport donné\u202f; moyenne 52,37" in found["53"]
    assert "sur 45" in found["53"]
    assert "masqué" in found["11"]
    assert "n 1\u202f237\u202f; moyenne 47,25" in found["11"]
    assert "moins d’associations que le seuil" in found["11"]
    assert "pas de donnée" in found["93"]
    assert "valeur du T1 2026" in found["28"]
    assert "la valeur d’avant est gardée" in found["28"]


def test_what_moved_since_earlier_releases_is_told(operator: StrictClient, made: Release) -> None:
    found = cells(operator, made)
    assert f"Ont bougé\xa0: 14 depuis {made.quarter.short} (France)" in found["53"]
    assert "Ont bougé\xa0: 3 depuis une publication effacée" in found["28"]
    assert found["28"].count("depuis") == 1


def test_the_exact_column_says_that_it_is_sensitive(operator: StrictClient, made: Release) -> None:
    answer = operator.get(url(made, "comparer/axes-region/"))
    shown = answer.content.decode()
    assert "La colonne «\u202fexact\u202f» est sensible" in shown
    assert re.search(r"Exact<span[^>]*>sensible", shown)
    assert "no-store" in answer["Cache-Control"]


def test_an_exact_cell_without_a_place_is_told(operator: StrictClient, made: Release) -> None:
    exact = made.exact_tables.get(key="axes-region")
    exact.exact["cells"]["99/C"] = {"n": 7, "held": 0, "values": {}, "moved": {}}
    exact.save()
    shown = operator.get(url(made, "comparer/axes-region/")).content.decode()
    assert "99/C" in shown


@pytest.mark.parametrize("table", [table.key for table in TABLES])
def test_every_table_can_be_compared(operator: StrictClient, made: Release, table: str) -> None:
    shown = operator.get(url(made, f"comparer/{table}/"))
    assert shown.status_code == 200
    assert "FROM release_flat" in shown.content.decode()


def test_an_unknown_table_is_nowhere(operator: StrictClient, made: Release) -> None:
    assert operator.get(url(made, "comparer/axes-commune/")).status_code == 404


def test_the_page_costs_the_same_whatever_moved(
    operator: StrictClient, made: Release, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        operator.get(url(made, "comparer/axes-region/"))


@pytest.fixture(name="place")
def make_place() -> World:
    return world()


def test_nobody_but_an_operator_reaches_an_exact_number(place: World) -> None:
    """A funder least of all, even of the programme; every address of the operation, by every role."""
    made = draft()
    with_regions(made)
    addresses = [HERE, url(made), url(made, "etat/"), url(made, "comparer/axes-region/")]
    for role in ROLES:
        client = place.client(role)
        for address in addresses:
            answer = client.get(address)
            if role != "operator":
                assert answer.status_code in (302, 403), (role, address)
            if role != "operator" or "comparer" not in address:
                assert not WRITTEN.search(answer.content.decode()), (role, address)
    assert WRITTEN.search(place.client("operator").get(addresses[-1]).content.decode())


PUBLIC = (
    ("release", {}),
    ("sheet", {}),
    ("figure", {"table": "axes-region"}),
    ("table_file", {"table": "axes-region", "ext": "csv"}),
    ("workbook", {"ext": "csv"}),
)


def test_nothing_published_shows_an_exact_number(place: World) -> None:
    """The exact numbers are stored beside a full release, in the very table that is asked for."""
    made = samples.full()
    exact = {"53/C": Exact(SECRET, 0, {"mean": Fraction("47.25")}).as_json()}
    made.exact_tables.update(exact={"cells": exact, "bases": {}})
    addresses = [reverse("dashboards:releases")]
    addresses += [reverse(f"dashboards:{name}", kwargs={"slug": made.slug, **more}) for name, more in PUBLIC]
    for role in ROLES:
        client = place.client(role)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, (role, address)
            assert not WRITTEN.search(read(answer)), (role, address)


def read(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())
