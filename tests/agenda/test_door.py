"""The door « S’informer »: the next session first, and nothing invented when there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import Role
from apps.catalogue import selectors
from apps.catalogue.models import Goal
from tests.agenda.helpers import said
from tests.factories import OrganisationFactory, member
from tests.factories.agenda import cancelled, moment, session
from tests.pages.support import local_links
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
DOOR = "/s-informer/"
MONTHS = (date(2027, 1, 21), date(2027, 2, 18), date(2027, 3, 18), date(2027, 4, 15), date(2027, 5, 20))


def test_the_next_session_comes_first_with_the_way_to_register(client: StrictClient) -> None:
    next_one = session(title="Habiter autrement")
    for day in MONTHS[1:]:
        session(day, title=f"Séance du {day:%d/%m}")
    page = client.get(DOOR)
    words = said(page)
    assert words.index("Habiter autrement") < words.index("Et ensuite") < words.index("Séance du 18/02")
    assert "Jeudi 21 janvier 2027 de 13 h à 14 h 30" in words
    assert f'href="{next_one.get_absolute_url()}#inscription"' in page.content.decode()
    assert "Séance du 15/04" in words
    assert "Séance du 20/05" not in words, "three more at most: the agenda has the others"
    assert page.content.decode().count('class="btn go"') == 1


def test_nothing_is_invented_when_nothing_is_announced(client: StrictClient) -> None:
    session(state="draft", title="Secrète")
    cancelled(date(2026, 12, 17), title="Retirée")
    session(date(2026, 11, 19), title="Passée")
    words = said(client.get(DOOR))
    assert "Aucune séance n’est annoncée" in words
    assert "le prochain tombe le jeudi 17 décembre 2026" in words
    for title in ("Secrète", "Retirée", "Passée"):
        assert title not in words


def test_a_session_leaves_the_door_as_soon_as_it_is_over(client: StrictClient, clock: Any) -> None:
    session(title="Habiter autrement")
    clock(moment(hour=14, minute=29))
    assert "Habiter autrement" in said(client.get(DOOR))
    clock(moment(hour=14, minute=30))
    words = said(client.get(DOOR))
    assert "Habiter autrement" not in words
    assert "le prochain tombe le jeudi 18 février 2027" in words


def test_it_leads_to_the_agenda_the_library_and_the_measures(client: StrictClient, settings: Any) -> None:
    settings.SITE_URL = "https://trajectoires.example"
    page = client.get(DOOR)
    links = local_links(page)
    assert {"/s-informer/agenda/", "/s-informer/agenda.ics", "/s-informer/agenda.atom"} <= links
    assert {"/bibliotheque/", "/s-informer/21-mesures/", "/catalogue/"} <= links
    assert "webcal://trajectoires.example/s-informer/agenda.ics" in page.content.decode()


def test_it_shows_the_three_latest_cases(client: StrictClient) -> None:
    links = local_links(client.get(DOOR))
    cases = list(selectors.webinars())
    assert {case.get_absolute_url() for case in cases[:3]} <= links
    assert not {case.get_absolute_url() for case in cases[3:]} & links


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(client: StrictClient, django_assert_num_queries: Any, count: int) -> None:
    """The door, the sessions and their goals, the revision; the library only when it is drawn."""
    for day in MONTHS[:count]:
        session(day).goals.set(Goal.objects.all()[:3])
    with django_assert_num_queries(8):
        client.get(DOOR)
    with django_assert_num_queries(4):
        client.get(DOOR)


def test_a_member_costs_at_most_ten(client_of: Any) -> None:
    session().goals.set(Goal.objects.all()[:3])
    lead = client_of(member(OrganisationFactory.create(), Role.LEAD))
    with CaptureQueriesContext(connection) as queries:
        lead.get(DOOR)
    assert len(queries) <= 10
