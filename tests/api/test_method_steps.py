"""The method by a program: eight steps in order, told as ours, kept by who has them already."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import Resource
from apps.catalogue.published import last_change
from apps.diagnostic.models import Lever
from apps.methodology.models import MethodEdition, MethodStep
from apps.methodology.public import selectors, sheet
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
STEPS = "/api/v1/method/steps/"


@pytest.fixture(name="steps")
def make_steps(client: StrictClient) -> list[dict[str, Any]]:
    body = client.get(STEPS).json()
    assert (body["count"], body["next"], body["previous"]) == (8, None, None)
    found: list[dict[str, Any]] = body["results"]
    return found


def test_the_eight_steps_come_in_order_and_whole(steps: list[dict[str, Any]]) -> None:
    for said, step in zip(steps, selectors.steps(), strict=True):
        stored = sheet.stored(step)
        same = (
            "number",
            "slug",
            "title",
            "summary",
            "why",
            "delivers",
            "people",
            "prepare",
            "done_when",
            "guide",
        )
        assert {key: said[key] for key in same} == {key: stored[key] for key in same}
        assert said["duration"] == {"weeks": step.weeks, "workshop_minutes": step.workshop_minutes}
        assert sum(moment["minutes"] for moment in said["guide"]["moments"]) == step.workshop_minutes
        assert [tool["code"] for tool in said["tools"]] == list(step.tools)
        assert all(tool["title"] and tool["about"] for tool in said["tools"])
        assert said["pillars"] == list(step.pillars)


def test_each_is_told_as_ours_and_dated(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        assert (step["status"], step["status_label"]) == ("R", "proposition pédagogique")
        assert (step["edition"], step["published_on"]) == (1, "2026-10-01")


def test_its_addresses_lead_somewhere(steps: list[dict[str, Any]], client: StrictClient) -> None:
    for step in steps:
        assert step["url"] == f"{settings.SITE_URL}/agir/methode/{step['slug']}/"
        assert step["guide_url"] == f"{step['url']}guide.pdf"
        assert client.get(step["url"].removeprefix(settings.SITE_URL)).status_code == 200
        known = client.get(f"/api/v1/course/steps/{step['course_step']['slug']}/").json()
        assert step["course_step"]["url"] == known["url"]
        case = client.get(f"/api/v1/webinars/{step['case']['slug']}/").json()
        assert step["case"]["url"] == case["url"]
        assert step["case"]["why"]


def test_pages_follow_one_another(client: StrictClient) -> None:
    first = client.get(f"{STEPS}?page_size=5").json()
    assert [step["number"] for step in first["results"]] == [1, 2, 3, 4, 5]
    assert [step["number"] for step in client.get(first["next"]).json()["results"]] == [6, 7, 8]
    answer = client.get(f"{STEPS}?page=9")
    assert answer.status_code == 404
    assert set(answer.json()) == {"detail"}


def test_it_is_only_read(client: StrictClient) -> None:
    assert client.post(STEPS).status_code in (401, 403, 405)
    assert client.get(f"{STEPS}1/").status_code == 404


def test_a_copy_that_is_still_good_is_not_sent_again(client: StrictClient) -> None:
    first = client.get(STEPS)
    change = last_change()
    assert change
    assert first["ETag"].startswith(f'"{change.token}.')
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = client.get(STEPS, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
    row = MethodStep.objects.get(number=1)
    row.sheet = {**row.sheet, "title": "Un autre titre"}
    row.save()
    answer = client.get(STEPS, headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 200
    assert answer.json()["results"][0]["title"] == "Un autre titre"


def test_a_new_edition_is_the_one_that_goes_out(client: StrictClient) -> None:
    second = MethodEdition.objects.create(number=2, published_on="2027-01-01", what_changed="Plus court.")
    for row in MethodStep.objects.filter(edition=1):
        row.pk, row.edition = None, second
        row.save()
    assert {step["edition"] for step in client.get(STEPS).json()["results"]} == {2}


def test_there_is_nothing_before_the_publication(client: StrictClient) -> None:
    MethodEdition.objects.all().delete()
    assert client.get(STEPS).json()["count"] == 0


def test_a_visit_costs_two_queries_whatever_the_number_of_steps(client: StrictClient) -> None:
    costs = []
    for kept in (3, 1):
        MethodStep.objects.filter(number__gt=kept).delete()
        assert client.get(STEPS).json()["count"] == kept
        with CaptureQueriesContext(connection) as asked:
            client.get(STEPS)
        read = [q["sql"] for q in asked if re.search(r'FROM "(methodology|catalogue)_', q["sql"])]
        costs.append(len(read))
    assert costs == [2, 2]


def test_an_index_without_its_rows_does_not_close_the_list(client: StrictClient) -> None:
    Lever.objects.all().delete()  # they hold their cases
    Resource.objects.all().delete()
    assert client.get(STEPS).json()["count"] == 8
