"""The course by a program: whole, in order, told as ours, kept by who has it already."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import GlossaryTerm, ReferencePoint
from apps.catalogue.published import last_change
from apps.course import figures, sheet
from apps.course.checks import LESSON_WORDS
from apps.course.enums import PageKind
from apps.course.models import Page
from apps.course.services.pages import publish_file
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
STEPS, MODULE = "/api/v1/course/steps/", "/api/v1/course/module/"
ADDRESSES = (STEPS, f"{STEPS}etape-3/", MODULE)


@pytest.fixture(name="steps")
def make_steps(client: StrictClient) -> list[dict[str, Any]]:
    body = client.get(STEPS).json()
    assert (body["count"], body["next"], body["previous"]) == (7, None, None)
    found: list[dict[str, Any]] = body["results"]
    return found


def public(slug: str) -> sheet.Step:
    said = sheet.read(Page.objects.get(slug=slug).sheet)
    assert isinstance(said, sheet.Step)
    return said


def republished(said: sheet.Page) -> Page:
    """As when a file changes."""
    assert publish_file(said)
    return Page.objects.get(slug=said.slug)


def test_the_seven_steps_come_in_order_with_their_whole_text(steps: list[dict[str, Any]]) -> None:
    assert [step["number"] for step in steps] == list(range(1, 8))
    for step in steps:
        said = public(step["slug"])
        assert [part["text"] for part in step["sections"]] == [part.body for part in said.sections]
        low, high = LESSON_WORDS
        assert low <= step["words"] <= high
        for part in step["sections"]:
            assert re.match(r"<(p|ul|ol|h3|blockquote)>", part["html"])
            assert part["title"]
            assert part["minutes"] > 0


def test_each_step_is_told_as_ours_and_dated(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        page = Page.objects.get(slug=step["slug"])
        assert (step["status"], step["status_label"]) == ("R", "proposition pédagogique")
        assert step["edition"] == page.edition
        assert page.published_at
        assert step["published_at"] == page.published_at.isoformat()
        assert step["url"] == f"{settings.SITE_URL}/se-former/etapes/{page.slug}/"
        assert step["aim"]
        assert step["outcomes"]


def test_quiz_sheet_and_exercise_are_open(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        said = public(step["slug"])
        assert step["quiz"] == [question.model_dump() for question in said.quiz]
        assert all(choice["why"] for question in step["quiz"] for choice in question["choices"])
        assert step["sheet"] == said.sheet.model_dump()
        assert step["exercise"] == said.exercise.model_dump()


def test_a_figure_is_a_table(steps: list[dict[str, Any]]) -> None:
    seen = 0
    for step in steps:
        for part, said in zip(step["sections"], public(step["slug"]).sections, strict=True):
            if not said.figure:
                assert part["figure"] is None
                continue
            seen += 1
            drawn = figures.draw(said.figure)
            told = part["figure"]
            assert (told["code"], told["title"], told["sentence"]) == (
                said.figure, said.figure_title, said.figure_text,
            )  # fmt: skip
            assert told["header"] == list(drawn.header)
            assert told["rows"] == [list(row) for row in drawn.rows]
            assert told["rows"]
            assert all(len(row) == len(told["header"]) for row in told["rows"])
            assert told["sources"]
    assert seen >= 7


def test_a_figure_whose_numbers_have_left_does_not_close_the_step(client: StrictClient) -> None:
    ReferencePoint.objects.all().delete()
    found = [part["figure"] for step in client.get(STEPS).json()["results"] for part in step["sections"]]
    assert None in found
    assert any(found)


def test_the_case_leads_to_the_library(steps: list[dict[str, Any]], client: StrictClient) -> None:
    for step in steps:
        case = step["case"]
        known = client.get(f"/api/v1/webinars/{case['slug']}/").json()
        assert case["url"] == known["url"]
        assert case["case_title"] == known["short_title"]
        assert case["text"]
        assert case["html"]
        assert case["points"]
        assert all(point["text"] for point in case["points"])


def test_sources_are_found_by_their_number(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        assert [source["rank"] for source in step["sources"]] == list(range(1, len(step["sources"]) + 1))
        assert all(source["label"] and source["status_label"] for source in step["sources"])
        html = " ".join(part["html"] for part in step["sections"])
        cited = {int(rank) for rank in re.findall(r'href="#source-(\d+)"', html)}
        assert cited <= {source["rank"] for source in step["sources"]}
        assert cited


def test_words_of_the_glossary_come_with_their_definition(steps: list[dict[str, Any]]) -> None:
    known = dict(GlossaryTerm.objects.values_list("code", "summary"))
    for step in steps:
        assert [known[term["code"]] for term in step["terms"]] == [term["text"] for term in step["terms"]]
        assert f"](mot:{step['terms'][0]['code']})" in str(step)
        assert "popovertarget" not in str(step)  # a page's button; a program has no use for it


def test_html_of_another_site_keeps_its_links(client: StrictClient) -> None:
    said = public("etape-1")
    said.sections[0].body += "\n\n[ici](/glossaire/) [là](https://exemple.fr/) <script>alert(1)</script>"
    republished(said)
    html = client.get(f"{STEPS}etape-1/").json()["sections"][0]["html"]
    assert f'href="{settings.SITE_URL}/glossaire/"' in html
    assert 'href="https://exemple.fr/"' in html
    assert "<script" not in html


def test_a_step_alone_says_what_the_list_says(steps: list[dict[str, Any]], client: StrictClient) -> None:
    for step in steps:
        assert client.get(f"{STEPS}{step['slug']}/").json() == step


def test_the_module_says_its_sequences_questions_and_decision(client: StrictClient) -> None:
    told = client.get(MODULE).json()
    said = sheet.read(Page.objects.get(kind=PageKind.MODULE).sheet)
    assert isinstance(said, sheet.Module)
    assert [part["text"] for part in told["sequences"]] == [part.notes for part in said.sequences]
    assert sum(len(part["questions"]) for part in told["sequences"]) == 3
    assert told["decision"] == said.decision.model_dump()
    assert told["before"] == said.before
    assert told["status_label"] == "proposition pédagogique"
    assert told["url"] == f"{settings.SITE_URL}/se-former/module-20-minutes/"


@pytest.mark.parametrize("slug", ["rien", "module-20-minutes", "etape-8"])
def test_what_is_not_a_public_step(client: StrictClient, slug: str) -> None:
    answer = client.get(f"{STEPS}{slug}/")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Rien à cette adresse que vous puissiez lire."}


def test_only_what_readers_see(client: StrictClient) -> None:
    """Neither a draft nor the curators' own notes go out."""
    said = public("etape-1")
    said.curator_note = ["à garder pour nous"]
    page = republished(said)
    page.draft["title"] = "Un titre en travail"
    page.save()
    body = client.get(STEPS).content.decode()
    assert "à garder pour nous" not in body
    assert "Un titre en travail" not in body
    Page.objects.create(slug="etape-9", kind=PageKind.STEP, draft={**page.draft, "slug": "etape-9"})
    assert client.get(STEPS).json()["count"] == 7


def test_there_is_no_module_before_its_publication(client: StrictClient) -> None:
    Page.objects.filter(kind=PageKind.MODULE).update(sheet=None)
    assert client.get(MODULE).status_code == 404


def test_pages_follow_one_another(client: StrictClient) -> None:
    first = client.get(f"{STEPS}?page_size=5").json()
    assert [step["number"] for step in first["results"]] == [1, 2, 3, 4, 5]
    second = client.get(first["next"]).json()
    assert [step["number"] for step in second["results"]] == [6, 7]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_copy_that_is_still_good_is_not_sent_again(client: StrictClient, address: str) -> None:
    first = client.get(address)
    change = last_change()
    assert change
    assert first["ETag"].startswith(f'"{change.token}.')
    assert first["Cache-Control"] == "no-cache"
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == first["ETag"]
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_a_step_that_changes_is_sent_again(client: StrictClient) -> None:
    address = f"{STEPS}etape-2/"
    first = client.get(address)
    said = public("etape-2")
    said.title = "Un autre titre"
    republished(said)
    answer = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 200
    assert answer.json()["title"] == "Un autre titre"
    assert answer.json()["edition"] == first.json()["edition"] + 1


def test_a_definition_that_changes_is_sent_again(client: StrictClient) -> None:
    first = client.get(f"{STEPS}etape-1/")
    GlossaryTerm.objects.filter(pk=first.json()["terms"][0]["code"]).update(summary="Autrement dit.")
    answer = client.get(f"{STEPS}etape-1/", headers={"If-None-Match": first["ETag"]})
    assert answer.json()["terms"][0]["text"] == "Autrement dit."


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visit_costs_one_query_whatever_the_number_of_steps(client: StrictClient, address: str) -> None:
    client.get(address)  # built once; the counter of demands has its row
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    read = [query["sql"] for query in asked if re.search(r'FROM "(course|catalogue)_', query["sql"])]
    assert len(read) == 1
    assert "catalogue_contentrevision" in read[0]


def test_building_costs_the_same_at_one_and_at_three(client: StrictClient) -> None:
    """Without the figures, which read their own tables."""
    costs = []
    client.get(MODULE)
    for kept in (3, 1):
        Page.objects.filter(kind=PageKind.STEP, number__gt=kept).update(sheet=None)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(STEPS).json()["count"] == kept
        costs.append(
            len([q for q in asked if re.search(r'FROM "(course_page|catalogue_glossaryterm)"', q["sql"])])
        )
    assert costs == [2, 2]


def test_the_moment_of_the_last_change_is_told(client: StrictClient) -> None:
    change = last_change()
    assert change
    later = (change.changed_at + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.get(STEPS, headers={"If-Modified-Since": later}).status_code == 304
    earlier = (change.changed_at - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.get(STEPS, headers={"If-Modified-Since": earlier}).status_code == 200
