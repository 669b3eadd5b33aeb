"""What the association wrote in the course, beside the questions and after the result: for its members only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.course.sheet import Step
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.models import Respondent
from apps.diagnostic.result_page import result_page
from apps.documents.models import Document
from tests.course.notes import wrote
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import FRAGMENT, count_queries
from tests.factories.course import step
from tests.factories.diagnostic import answer_all, closed_campaign, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
SUMMARY = "Ce que vous aviez écrit dans le parcours"
SECTION = "Vos notes du parcours"
WRITTEN = "Nous tenons à l’accueil."


@pytest.fixture(name="about_people")
def make_about_people() -> Step:
    """The step whose exercise speaks of the axis A."""
    return next(said for said in map(step, range(1, 8)) if said.exercise.axis == "A")


@pytest.fixture(name="copy")
def make_copy(place: Place) -> Respondent:
    return respondent(place.campaign, RespondentRole.TEAM, user=place.people["staff"])


def page(client: StrictClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def test_a_member_finds_them_beside_the_axis(place: Place, copy: Respondent, about_people: Step) -> None:
    client = place.client("staff")
    first = place.copy_url("A1/", copy)
    assert SUMMARY not in page(client, first)
    wrote(place.organisation, about_people.number, WRITTEN)
    html = page(client, first)
    assert f"<details><summary>{SUMMARY}</summary>" in html
    assert WRITTEN in html
    assert f'href="/se-former/etapes/{about_people.slug}/exercice/"' in html
    assert SUMMARY in page(client, place.copy_url("A9/", copy))
    assert SUMMARY not in page(client, place.copy_url("B1/", copy))


def test_neither_a_guest_nor_a_partner_reads_them(place: Place, about_people: Step) -> None:
    wrote(place.organisation, about_people.number, WRITTEN)
    assert WRITTEN not in page(place.client("guest"), place.copy_url("A1/"))
    theirs = respondent(place.campaign, RespondentRole.PARTNER, user=place.people["stranger"])
    html = page(place.client("stranger"), place.copy_url("A1/", theirs))
    assert SUMMARY not in html
    assert WRITTEN not in html


def test_notes_of_another_association_stay_there(place: Place, copy: Respondent, about_people: Step) -> None:
    wrote(place.people["stranger"].organisations.get(), about_people.number, WRITTEN)
    assert WRITTEN not in page(place.client("staff"), place.copy_url("A1/", copy))


def test_what_is_written_is_shown_as_text(place: Place, copy: Respondent, about_people: Step) -> None:
    wrote(place.organisation, about_people.number, "<script>alert(1)</script>\nligne deux")
    html = page(place.client("staff"), place.copy_url("A1/", copy))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>ligne deux" in html


def test_a_question_costs_one_query_more_for_a_member_and_none_for_a_guest(
    place: Place, copy: Respondent, about_people: Step, settings: Any
) -> None:
    client, guest = place.client("staff"), place.client("guest")
    mine, theirs = place.copy_url("A1/", copy), place.copy_url("A1/")
    empty = count_queries(client, mine)
    for number in range(1, 8):
        wrote(place.organisation, number)
    full, guests = count_queries(client, mine), count_queries(guest, theirs)
    settings.NOTEBOOKS = []
    assert full == empty == count_queries(client, mine) + 1 <= 10
    assert guests == count_queries(guest, theirs)


def test_an_answer_recorded_in_place_does_not_read_them(
    place: Place, copy: Respondent, about_people: Step
) -> None:
    wrote(place.organisation, about_people.number, WRITTEN)
    client = place.client("staff")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(place.copy_url("A1/", copy), {"value": "2"}, headers=FRAGMENT)
    assert answer.status_code == 200
    assert not [query for query in asked if "course_" in query["sql"]]


def test_the_result_shows_them_all_to_each_member(place: Place) -> None:
    address = place.url("resultat/", closed_campaign(place.organisation, people=3).campaign_id)
    assert SECTION not in page(place.client("board"), address)
    for number in (1, 4):
        wrote(place.organisation, number, f"Étape {number}, à nous.")
    for role in ("admin", "lead", "board", "staff"):
        html = page(place.client(role), address)
        assert html.index('id="limites"') < html.index(SECTION)
        assert html.index("Étape 1, à nous.") < html.index("Étape 4, à nous.")


def test_they_are_neither_kept_with_the_result_nor_in_the_report(place: Place) -> None:
    """The kept screen is one for all readers; a note that changes must be read at once."""
    campaign = closed_campaign(place.organisation, people=3).campaign
    address = place.url("resultat/", campaign.pk)
    before = result_page(campaign)
    wrote(place.organisation, 1, "Première version.")
    assert "Première version." in page(place.client("lead"), address)
    assert result_page(campaign) == before
    wrote(place.organisation, 1, "Seconde version.")
    html = page(place.client("lead"), address)
    assert "Seconde version." in html
    assert "Première version." not in html
    place.client("lead").post(place.url("rapport/", campaign.pk))
    assert Document.objects.get(kind="diagnostic_report").key == before.key


def test_the_result_costs_one_query_more(place: Place, settings: Any) -> None:
    place.campaign.delete()
    client = place.client("board")
    address = place.url("resultat/", closed_campaign(place.organisation, people=3).campaign_id)
    empty = count_queries(client, address)
    for number in (1, 2, 3):
        wrote(place.organisation, number)
    full = count_queries(client, address)
    settings.NOTEBOOKS = []
    assert full == empty == count_queries(client, address) + 1 <= 10


def test_a_copy_that_is_finished_still_shows_them(place: Place, copy: Respondent, about_people: Step) -> None:
    answer_all(copy)
    wrote(place.organisation, about_people.number, WRITTEN)
    assert WRITTEN in page(place.client("staff"), place.copy_url("A1/", copy))
