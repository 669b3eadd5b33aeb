"""The public pages of the method: whole, in order, told as ours, drawn once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.models import Resource
from apps.diagnostic.models import Lever
from apps.methodology.models import MethodEdition, MethodStep
from apps.methodology.public import selectors
from apps.methodology.public.words import duration
from apps.methodology.tools import TOOLS
from tests.factories import OrganisationFactory, member
from tests.methodology.public.test_editions import second_edition
from tests.pages.support import local_links, said, spaced
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
METHOD = "/agir/methode/"


def address(number: int) -> str:
    return f"{METHOD}{selectors.step(number).slug}/"


def test_the_eight_steps_at_a_glance(client: StrictClient) -> None:
    page = client.get(METHOD)
    html = page.content.decode()
    places = [html.index(f'href="{address(number)}"') for number in range(1, 9)]
    assert places == sorted(places)
    for step in selectors.steps():
        assert spaced(step.summary) in said(page)
        assert spaced(f"dont un atelier de {duration(step.workshop_minutes)}") in said(page)
    assert "proposition pédagogique" in said(page)
    assert "ne résout pas une urgence de trésorerie" in said(page)
    assert all(word in said(page) for word in ("expert-comptable", "DLA"))
    assert "Les ateliers font 14 h en tout" in said(page)
    assert "Édition 1, 1er octobre 2026" in said(page)
    assert {"/agir/demarches/nouvelle/", "/diagnostic/", "/bibliotheque/", "/se-former/"} <= local_links(page)
    assert 'aria-current="true">Agir' in html


def test_only_somebody_signed_in_is_led_to_hers(client: StrictClient, client_of: Any) -> None:
    assert "Voir mes démarches" not in said(client.get(METHOD))
    page = client_of(member(OrganisationFactory.create())).get(METHOD)
    assert "Voir mes démarches" in said(page)
    assert "/agir/demarches/" in local_links(page)


@pytest.mark.parametrize("number", range(1, 9))
def test_a_step_says_all_that_its_sheet_says(client: StrictClient, number: int) -> None:
    step = selectors.step(number)
    page = client.get(address(number))
    lines = [step.title, step.summary, step.weeks[1:], *step.paragraphs, *step.delivers, *step.prepare]
    lines += [*step.done_when, *step.after, *step.guide.material, step.guide.aim, step.case.why]
    lines += [text for person in step.people for text in (person.who, person.why)]
    lines += [text for trap in step.traps for text in (trap.when, trap.do)]
    lines += [text for one in step.guide.moments for text in (one.title, one.do, one.produces)]
    lines += [text for tool in step.kit for text in (tool.title, tool.about)]
    assert [line for line in lines if spaced(line) not in said(page)] == []
    assert "proposition pédagogique" in said(page)
    course, case = Resource.objects.get(pk=step.course_step), Resource.objects.get(pk=step.case.slug)
    assert {course.get_absolute_url(), case.get_absolute_url(), f"{address(number)}guide.pdf"} <= local_links(
        page
    )


def test_moments_say_where_the_workshop_is(client: StrictClient) -> None:
    page = said(client.get(address(1)))
    for until in ("10 min", "30 min", "50 min", "1 h 10", "1 h 25", "1 h 30"):
        assert f"jusqu’à {until}" in page


def test_steps_follow_each_other(client: StrictClient) -> None:
    first, last = (client.get(address(number)).content.decode() for number in (1, 8))
    assert f'href="{address(2)}" rel="next"' in first
    assert 'rel="prev"' not in first
    assert f'href="{address(7)}" rel="prev"' in last
    assert 'rel="next"' not in last


def test_the_fourth_step_also_leads_to_the_diagnostic(client: StrictClient) -> None:
    assert "/diagnostic/" in local_links(client.get(address(4)))
    assert all("Les outils" in said(client.get(address(number))) for number in (1, 4))
    assert TOOLS["cadrage"].title in said(client.get(address(1)))


@pytest.mark.parametrize("tail", ["", "guide.pdf"])
def test_old_names_lead_to_the_step(client: StrictClient, tail: str) -> None:
    first = selectors.step(1).slug
    answer = client.get(f"{METHOD}methode-1/{tail}")
    assert (answer.status_code, answer["Location"]) == (301, f"{METHOD}{first}/{tail}")
    second_edition()
    MethodStep.objects.filter(edition=2, number=1).update(
        slug="cadrer", sheet={**MethodStep.objects.get(edition=2, number=1).sheet, "slug": "cadrer"}
    )
    answer = client.get(f"{METHOD}{first}/{tail}")
    assert (answer.status_code, answer["Location"]) == (301, f"{METHOD}cadrer/{tail}")
    assert client.get(f"{METHOD}rien/{tail}").status_code == 404


def test_a_page_is_drawn_once_a_revision(client: StrictClient, django_assert_num_queries: Any) -> None:
    for path, cost in ((METHOD, 1), (address(2), 2)):
        client.get(path)
        with django_assert_num_queries(cost):
            client.get(path)
    Resource.objects.filter(pk="etape-3").update(name="Un autre nom d’étape")
    assert "Un autre nom d’étape" in said(client.get(address(2)))


def test_drawing_costs_the_same_at_one_and_at_three_steps(client: StrictClient) -> None:
    costs = []
    for kept in (3, 1):
        MethodStep.objects.filter(number__gt=kept).delete()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(METHOD).status_code == 200
        costs.append(len(queries))
    assert costs == [5, 5]


def test_before_the_content_is_loaded_the_page_stands(client: StrictClient) -> None:
    MethodEdition.objects.all().delete()
    page = client.get(METHOD)
    assert page.status_code == 200
    assert "Les ateliers font" not in said(page)


def test_a_page_whose_neighbours_left_the_index_stands(client: StrictClient) -> None:
    step = selectors.step(6)
    Lever.objects.all().delete()  # they hold their cases
    Resource.objects.filter(pk__in=[step.case.slug, step.course_step, step.resource]).delete()
    page = client.get(address(6))
    assert page.status_code == 200
    assert spaced(step.case.why) not in said(page)


def test_pages_are_read_only(client: StrictClient) -> None:
    assert client.post(METHOD).status_code == 405
    assert client.post(address(1)).status_code == 405


def test_the_door_puts_the_method_first(client: StrictClient) -> None:
    html = client.get("/agir/").content.decode()
    assert html.index(f'href="{METHOD}"') < html.index('href="/diagnostic/express/"')
    assert f'href="{address(8)}"' in html


def test_durations_are_written_in_words() -> None:
    assert [duration(minutes).replace("\u00a0", " ") for minutes in (5, 60, 65, 90, 840)] == [
        "5 min", "1 h", "1 h 05", "1 h 30", "14 h",
    ]  # fmt: skip
