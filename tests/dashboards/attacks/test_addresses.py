"""A4, A5, A14, A15, A16 over HTTP: every filter, addresses that the page never offers, files, answers, twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.models import User
from apps.catalogue.models import Fragility, Region, SizeClass
from apps.dashboards.models import Release
from apps.dashboards.tables import FILTERS, TABLES
from tests.dashboards.attacks.people import PROFILES
from tests.dashboards.attacks.reached import address, api, figure, page, rows_of_csv
from tests.dashboards.attacks.scenarios import around_the_threshold, some
from tests.dashboards.attacks.stored import Stored
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], StrictClient]


@pytest.fixture
def stored() -> Stored:
    made = Stored()
    people = around_the_threshold()[0][0]
    made.publish(people)
    made.publish([*people, *some(30, "later", region="11")])
    return made


def table_of(release: Release, key: str) -> dict[str, Any]:
    found: dict[str, Any] = release.tables.get(key=key).protected
    return found


def is_visible(row: dict[str, Any]) -> bool:
    return any(cell["state"] == "shown" for cell in row["cells"].values())


def values_of(dimension: str) -> list[str]:
    lists: dict[str, Any] = {
        "region": Region.objects.values_list("code", flat=True),
        "taille": SizeClass.objects.values_list("code", flat=True),
        "fragilite": Fragility.objects.values_list("code", flat=True),
        "profil": PROFILES,
    }
    return list(lists[dimension])


def body(response: Any) -> bytes:
    """Without what changes at each request: the form's secret."""
    return re.sub(rb'csrf[^"]*"[^>]*value="[^"]*"|"X-CSRFToken":[^}]*', b"", response.content)


@pytest.mark.parametrize("dimension", FILTERS)
def test_each_value_of_a_filter_shows_its_visible_row_or_the_page_of_an_unknown_one(
    client_of: ClientOf, stored: Stored, dimension: str
) -> None:
    client, release = client_of(stored.funder), stored.releases[-1]
    unknown = page(client, release, f"?{dimension}=inconnue")
    assert unknown.status_code == 404
    visible = {row["key"]: is_visible(row) for row in table_of(release, FILTERS[dimension])["rows"]}
    assert len(set(visible.values())) == 2 or dimension != "region"
    for value in values_of(dimension):
        answer = page(client, release, f"?{dimension}={value}")
        if visible.get(value):
            assert answer.status_code == 200
        else:
            assert answer.status_code == 404
            assert without(answer, value) == without(unknown, "inconnue")
            assert headers(answer) == headers(unknown)


def without(response: Any, value: str) -> bytes:
    """The page but for its own address, which it may repeat."""
    return re.sub(rb"(=|%3D)" + re.escape(value.encode()) + rb"(?![\w-])", b"", body(response))


def headers(response: Any) -> dict[str, str]:
    return {
        name: value
        for name, value in response.headers.items()
        if name not in ("X-Request-ID", "Content-Length") and not name.startswith("Content-Security")
    }


NEVER_OFFERED = (
    "?region=11&region=84",
    "?region=11&taille=salaries-50k-200k",
    "?region=!11",
    "?region=-11",
    "?region=11,84",
    "?region__not=11",
    "?sauf=11",
    "?exclude=11",
    "?departement=75",
    "?region=autres",
    "?du=2025-01-01&au=2025-02-01",
    "?since=2025-01-15",
    "?trimestre=2025-t1",
    "?min=1",
    "?k=1",
    "?exact=1",
    "?region=11&exact=1",
    "?format=json",
    "?programme=1",
)


@pytest.mark.parametrize("query", NEVER_OFFERED)
def test_an_address_that_the_page_never_offers_gives_nothing_new(
    client_of: ClientOf, stored: Stored, query: str
) -> None:
    client, release = client_of(stored.funder), stored.releases[-1]
    assert page(client, release, query).status_code == 404
    plain = client.get(address("figure", release, table="axes-region")).content
    asked = client.get(address("figure", release, table="axes-region") + query)
    assert asked.status_code == 404 or asked.content == plain
    answer = client.get(f"/api/v1/releases/{release.pk}/{query}")
    if answer.status_code == 200:
        assert answer.json() == client.get(f"/api/v1/releases/{release.pk}/").json()


@pytest.mark.parametrize(
    "table", ["axes-region-taille", "exact", "axes-departement", "suppressions", "members"]
)
def test_a_table_out_of_the_list_is_missing_everywhere(
    client_of: ClientOf, stored: Stored, table: str
) -> None:
    client, release = client_of(stored.funder), stored.releases[-1]
    for name, parts in (
        ("figure", {"table": table}),
        ("table_file", {"table": table, "ext": "csv"}),
        ("figure_png", {"table": table}),
    ):
        assert client.get(address(name, release, **parts)).status_code == 404


def test_files_and_answers_say_the_protected_tables_and_nothing_else(
    client_of: ClientOf, stored: Stored
) -> None:
    client, release = client_of(stored.funder), stored.releases[-1]
    protected = {t.key: t.protected for t in release.tables.all()}
    told = next(found for found in api(client) if found["id"] == str(release.pk))
    assert {t["key"]: cells_of(t) for t in told["tables"]} == {k: cells_of(t) for k, t in protected.items()}
    states = [state for table in protected.values() for _, state in sorted_states(table)]
    rows = rows_of_csv(client, release)
    assert len(rows) == len(states)
    assert sum("masqué" in row.values() for row in rows) == states.count("hidden")
    for row in rows:
        if row.get("n"):
            assert int(row["n"]) % 5 == 0


def cells_of(table: dict[str, Any]) -> dict[str, Any]:
    return {f"{row['key']}/{c}": cell for row in table["rows"] for c, cell in row["cells"].items()}


def sorted_states(table: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((place, cell["state"]) for place, cell in cells_of(table).items())


def test_the_numbers_of_a_figure_are_those_of_its_table(client_of: ClientOf, stored: Stored) -> None:
    """Hover texts included: each number of the JSON's data is one that the table prints."""
    client, release = client_of(stored.funder), stored.releases[-1]
    for key in ("axes-region", "participation-region", "profils", "distribution-axes", "alertes"):
        found = figure(client, release, key)
        assert found is not None
        printed = {
            float(v)
            for cell in cells_of(table_of(release, key)).values()
            for v in cell.values()
            if isinstance(v, int)
        }
        counts = {n for row in table_of(release, key)["rows"] for n in [visible_sum(row)]}
        allowed = printed | counts | {0.0, 100.0}
        for trace in found["data"]:
            drawn = [v for name in ("x", "y", "z") for v in numbers_in(trace.get(name))]
            assert set(drawn) <= allowed | set(map(float, range(60))), key


def visible_sum(row: dict[str, Any]) -> float:
    return float(sum(cell.get("n", 0) for cell in row["cells"].values()))


def numbers_in(values: Any) -> list[float]:
    if isinstance(values, list):
        return [n for value in values for n in numbers_in(value)]
    return [float(values)] if isinstance(values, int | float) else []


def test_asked_twice_everything_answers_the_same_bytes_and_the_same_tag(
    client_of: ClientOf, stored: Stored
) -> None:
    client, release = client_of(stored.funder), stored.releases[-1]
    paths = [
        address("figure", release, table="axes"),
        address("workbook", release, ext="csv"),
        address("workbook", release, ext="xlsx"),
        address("table_file", release, table="axes-region", ext="csv"),
        f"/api/v1/releases/{release.pk}/",
    ]
    for path in paths:
        first, second = client.get(path), client.get(path)
        assert first.status_code == 200
        assert (first.content, first["ETag"]) == (second.content, second["ETag"])
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_programme_s_release_does_not_exist_for_another_funder(client_of: ClientOf, stored: Stored) -> None:
    made = stored.publish(some(30, "later", region="11"), "P")
    assert not made.refusal
    other = Stored()
    client = client_of(other.funder)
    never = Release(slug="p00000000-2025-t1-v1", pk=made.requested_by_id and stored.programme("P").pk)
    for name, parts in (
        ("release", {}),
        ("sheet", {}),
        ("figure", {"table": "axes"}),
        ("workbook", {"ext": "csv"}),
    ):
        hidden = client.get(address(name, made, **parts))
        unknown = client.get(address(name, never, **parts))
        assert hidden.status_code == unknown.status_code == 404
        assert body(hidden).replace(made.slug.encode(), b"") == body(unknown).replace(
            never.slug.encode(), b""
        )
    assert str(made.pk) not in json.dumps(api(client))
    assert client.get(f"/api/v1/releases/{made.pk}/").status_code == 404


def test_every_table_of_the_list_and_only_them_are_published(stored: Stored) -> None:
    assert [t.key for t in stored.releases[-1].tables.all()] == [table.key for table in TABLES]
