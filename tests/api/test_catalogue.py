"""The open catalogue: complete, sourced, filtered, at a steady cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import Fragility, FragilityGoal, Goal
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def codes(client: StrictClient, query: str) -> list[str]:
    return [row["code"] for row in client.get(f"/api/v1/fragilities/?{query}").json()["results"]]


def test_17_goals_in_order_each_with_its_fragilities(client: StrictClient) -> None:
    body = client.get("/api/v1/goals/").json()
    assert (body["count"], body["next"], body["previous"]) == (17, None, None)
    assert [row["number"] for row in body["results"]] == list(range(1, 18))
    for row in body["results"]:
        links = Goal.objects.get(number=row["number"]).fragility_links
        assert {link["code"] for link in row["fragilities"]} == set(
            links.values_list("fragility_id", flat=True)
        )


def test_16_fragilities_each_with_family_and_weighted_goals(client: StrictClient) -> None:
    body = client.get("/api/v1/fragilities/").json()
    assert [row["code"] for row in body["results"]] == [f"F{n:02}" for n in range(1, 17)]
    for row in body["results"]:
        assert row["family"]["name"]
        assert row["goals"]
        assert row["goals"][0]["weight"] == "principal"


def test_each_part_of_a_row_says_where_it_comes_from(client: StrictClient) -> None:
    row = client.get("/api/v1/fragilities/F01/").json()
    expected = Fragility.objects.get(code="F01").provenance
    assert [
        (s["part"], s["status"], s["status_label"], s["is_proposal"], s["title"]) for s in row["sources"]
    ] == [(p.part, p.status, p.status_label, p.is_proposal, p.label) for p in expected]
    links = next(source for source in row["sources"] if source["part"] == "links")
    assert links["is_proposal"] is True
    assert links["status_label"] == "proposition pédagogique"


def test_detail_says_the_same_as_the_list(client: StrictClient) -> None:
    for name, key in (("goals", "number"), ("fragilities", "code")):
        for row in client.get(f"/api/v1/{name}/").json()["results"]:
            assert client.get(f"/api/v1/{name}/{row[key]}/").json() == row


def test_filter_by_goal_and_family(client: StrictClient) -> None:
    of_goal = list(Fragility.objects.filter(goals__number=3).values_list("code", flat=True))
    assert codes(client, "goal=3") == of_goal
    assert 0 < len(of_goal) < 16
    family = Fragility.objects.get(code="F01").family
    of_family = list(family.fragilities.values_list("code", flat=True))
    assert codes(client, f"family={family.code}") == of_family
    both = [code for code in of_goal if code in of_family]
    assert codes(client, f"family={family.code}&goal=3") == both
    assert codes(client, "family=aucune") == []
    assert len(codes(client, "goal=&family=")) == 16


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("goal=18", "goal"),
        ("goal=abc", "goal"),
        ("goal=99999999999999999999", "goal"),
        ("family=%00", "family"),
        ("family=a%20b", "family"),
        ("goal=0&family=%C3%A9", "goal, family"),
    ],
)
def test_senseless_filter_is_refused_in_french(client: StrictClient, query: str, named: str) -> None:
    answer = client.get(f"/api/v1/fragilities/?{query}")
    assert answer.status_code == 400
    assert answer.json() == {"detail": f"Filtre refusé\u00a0: {named}."}


def test_pages_follow_one_another(client: StrictClient) -> None:
    first = client.get("/api/v1/goals/?page_size=10").json()
    assert len(first["results"]) == 10
    second = client.get(first["next"]).json()
    assert [row["number"] for row in second["results"]] == list(range(11, 18))
    assert second["next"] is None


@pytest.mark.parametrize("page", ["3", "0", "-1", "abc", "99999999999999999999", "%00"])
def test_page_out_of_the_list_is_a_french_404(client: StrictClient, page: str) -> None:
    answer = client.get(f"/api/v1/goals/?page={page}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Cette page de la liste n’existe pas."}


@pytest.mark.parametrize("size", ["0", "-1", "abc"])
def test_senseless_page_size_is_the_usual_one(client: StrictClient, size: str) -> None:
    assert len(client.get(f"/api/v1/goals/?page_size={size}").json()["results"]) == 17


@pytest.mark.parametrize(
    "path", ["goals/0/", "goals/18/", "goals/abc/", "fragilities/F17/", "fragilities/f01/"]
)
def test_row_that_does_not_exist(client: StrictClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert list(answer.json()) == ["detail"]


@pytest.mark.parametrize("name", ["goals", "fragilities"])
def test_queries_do_not_grow_with_the_list(client: StrictClient, name: str) -> None:
    counts = []
    client.get("/api/v1/goals/")  # the counter of demands has its row
    for size in (1, 3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = client.get(f"/api/v1/{name}/?page_size={size}").json()["results"]
        assert len(rows) == size
        assert sum(len(row.get("goals", row.get("fragilities"))) for row in rows) >= size
        counts.append(len([q for q in queries if "catalogue_" in q["sql"]]))
    assert counts == [3, 3]  # how many, the rows, their links
    assert FragilityGoal.objects.count() > 17
