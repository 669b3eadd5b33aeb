"""The home of the curation space, the list of cases, the grid of what the library covers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.webinars import sheet
from apps.webinars.curation import coverage
from apps.webinars.enums import LinkState
from apps.webinars.models import LinkCheck, Webinar
from apps.webinars.services.workflow import CASES
from tests.factories import UserFactory
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import words
from tests.webinars.factories import published, whole

pytestmark = pytest.mark.django_db
HOME, LISTED, COVERAGE = (reverse(f"curation:{name}") for name in ("home", "cases", "coverage"))


def one_of_each(by: User, number: int) -> None:
    CASES.create(by=by, draft=whole(short_title=f"Brouillon {number}"))
    review = CASES.create(by=by, draft=whole(short_title=f"Relecture {number}"))
    CASES.submit(row=review, by=by)
    planned = CASES.create(by=by, draft=whole(short_title=f"Prévue {number}"))
    CASES.submit(row=planned, by=by)
    CASES.publish(row=planned, by=by, at=timezone.now() + timedelta(days=1))
    published(short_title=f"Publiée {number}")


def test_a_curator_sees_what_waits_for_someone(desk: StrictClient, curator: User, author: User) -> None:
    assert "Aucun brouillon à vous" in words(desk.get(HOME))
    one_of_each(author, 1)
    CASES.create(by=curator, draft=sheet.Sheet())
    told = words(desk.get(HOME))
    for text in ("Relecture 1", "Prévue 1", "Publiée 1", "Fiche sans titre", f"De {author.full_name}"):
        assert text in told, text
    assert "Brouillon 1" not in told
    assert "Aucun lien cassé" in told
    case = published()
    for path in ("a", "b"):
        LinkCheck.objects.create(
            webinar=case, url=f"https://exemple.fr/{path}", state=LinkState.BROKEN, checked_at=timezone.now()
        )
    assert "1 fiche a un lien cassé" in words(desk.get(HOME))


def test_an_author_sees_hers(pen: StrictClient, author: User, curator: User) -> None:
    told = words(pen.get(HOME))
    assert "Aucun brouillon à vous" in told
    assert "Personnes" not in told
    one_of_each(author, 1)
    one_of_each(curator, 2)
    told = words(pen.get(HOME))
    for text in ("Brouillon 1", "Relecture 1", "Prévue 1"):
        assert text in told
    for text in ("Brouillon 2", "Relecture 2", "Prévue 2", "lien cassé"):
        assert text not in told


def test_the_list_is_searched_and_filtered(desk: StrictClient, author: User, known: None) -> None:
    one_of_each(author, 1)
    assert "Des Économies ÉTONNANTES" not in words(desk.get(LISTED))
    CASES.create(by=None, draft=whole(short_title="Des Économies ÉTONNANTES", title="Œuvrer"))
    for query in ("economies", "etonnantes des", "Œuvrer"):
        told = words(desk.get(LISTED, {"q": query}))
        assert "1 fiche" in told, query
        assert "Des Économies ÉTONNANTES" in told
    told = words(desk.get(LISTED, {"etat": "review"}))
    assert "Relecture 1" in told
    assert "Prévue 1" not in told
    told = words(desk.get(LISTED, {"q": "introuvable", "etat": "nimporte"}))
    assert "Aucune fiche ne correspond" in told
    assert "100\u00a0%" not in told
    assert "fiches" in words(desk.get(LISTED, {"q": "%"}))


def test_the_list_has_pages_that_keep_the_search(desk: StrictClient) -> None:
    for n in range(22):
        CASES.create(by=None, draft=sheet.Sheet(short_title=f"Essai & cie {n}"))
    page = desk.get(LISTED, {"q": "essai &", "page": "2"}).content.decode()
    assert "Page 2 sur 2" in page
    assert 'href="?page=1&amp;q=essai%20%26&amp;etat="' in page
    assert desk.get(LISTED, {"page": "abc"}).status_code == 200


def test_an_empty_desk_says_what_to_do(pen: StrictClient) -> None:
    told = words(pen.get(LISTED))
    assert "Aucune fiche pour l’instant" in told
    assert "Nouvelle fiche" in told


@pytest.mark.parametrize(("path", "expected"), [(HOME, 8), (LISTED, 5), (COVERAGE, 6)])
def test_the_number_of_queries_does_not_grow(
    desk: StrictClient, curator: User, path: str, expected: int
) -> None:
    counts = []
    for number in (1, 2, 3):
        one_of_each(UserFactory.create(), number)
        CASES.create(by=curator, draft=whole(short_title=f"À moi {number}"))
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        counts.append(len(queries))
    assert counts == [expected] * 3


def test_the_grid_counts_public_cases_only(desk: StrictClient) -> None:
    before = {
        (line.goal.number, cell.label): cell.count for line in coverage.grid().lines for cell in line.cells
    }
    published(goals=[4], related_goals=[11], fragilities=["F08", "F12"])
    CASES.create(by=None, draft=whole(goals=[16], fragilities=["F12"]))
    after = coverage.grid()
    grown = {
        (line.goal.number, after.fragilities[place][0].pk)
        for line in after.lines
        for place, cell in enumerate(line.cells)
        if cell.count != before.get((line.goal.number, cell.label), -1)
    }
    assert grown == {(4, "F08"), (4, "F12"), (11, "F08"), (11, "F12")}
    assert (len(after.lines), {len(line.cells) for line in after.lines}) == (17, {16})
    html = desk.get(COVERAGE).content.decode()
    assert "/bibliotheque/?goal=4&amp;fragility=F08" in html
    assert html.count('scope="row"') == 18
    assert html.count('scope="col"') == 17


def test_the_holes_are_said_in_a_sentence(desk: StrictClient) -> None:
    told = words(desk.get(COVERAGE))
    assert "Aucun cas pour les ODD 16 et 17" in told
    Webinar.objects.filter(sheet__isnull=False).update(tags=[])
    assert "272 n’en ont aucun" in words(desk.get(COVERAGE))
    Webinar.objects.filter(sheet__isnull=False).update(
        tags=[*(f"goal:{n}" for n in range(1, 18)), *(f"fragility:F{n:02d}" for n in range(1, 17))]
    )
    told = words(desk.get(COVERAGE))
    assert "Chaque ODD et chaque fragilité ont au moins un cas" in told
    assert "272 croisements sur 272" in told


def test_the_header_leads_there_for_those_who_may(
    desk: StrictClient, pen: StrictClient, client: StrictClient
) -> None:
    link = f'href="{HOME}">Curation'
    assert link in desk.get("/").content.decode()
    assert link in pen.get("/").content.decode()
    assert link not in client.get("/").content.decode()
    other = StrictClient()
    other.force_login(UserFactory.create())
    assert link not in other.get("/").content.decode()
