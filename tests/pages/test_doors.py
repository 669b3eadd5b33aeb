"""The home page and the five doors."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from apps.catalogue.models import Door, Pillar, ProfessionalSituation, ReferencePoint, Resource
from apps.pages import figures, presenters
from tests.pages.support import DOORS, keep_only, local_links, said, spaced
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_the_home_page_opens_five_doors_in_their_order(client: StrictClient) -> None:
    html = client.get("/").content.decode()
    doors = html[html.index("<h2>Cinq portes</h2>") : html.index("<h2>Pourquoi maintenant</h2>")]
    assert re.findall(r'<a href="/([a-z-]+)/">', doors) == list(DOORS)
    for door in Door.objects.all():
        assert f"<strong>{door.name}</strong>" in doors


def test_the_home_page_first_offers_the_express_diagnostic(client: StrictClient) -> None:
    html = client.get("/").content.decode()
    assert re.search(
        r'<a class="btn go" href="/diagnostic/express/">Situer mon association en 5 minutes</a>', html
    )
    assert html.count('class="btn go"') == 1


def test_the_home_page_shows_two_published_figures_with_their_source(client: StrictClient) -> None:
    page = client.get("/")
    for point in ReferencePoint.objects.filter(code__in=figures.CASH):
        assert spaced(point.value) in said(page)
        assert spaced(point.population) in said(page)
        assert point.source_url in page.content.decode()
    assert "C’est un repère, pas une norme." in said(page)


def test_a_figure_that_is_no_longer_published_is_left_out(client: StrictClient) -> None:
    ReferencePoint.objects.filter(code="cash-under-3m-employers-2025-03").delete()
    page = client.get("/")
    assert page.status_code == 200
    assert "31 %" not in said(page)
    assert "9 %" in said(page)


def test_the_case_of_the_home_page_changes_each_week(client: StrictClient) -> None:
    webinars = list(Resource.objects.filter(kind="webinar"))
    monday = date(2026, 11, 23)
    days = [presenters.case_of_the_week(webinars, monday + timedelta(days=n)) for n in range(7)]
    assert len(set(days)) <= 2
    weeks = [presenters.case_of_the_week(webinars, monday + timedelta(weeks=n)) for n in range(len(webinars))]
    assert set(weeks) == set(webinars)
    assert "Un cas à lire" in said(client.get("/"))


def test_without_any_case_the_home_page_stands(client: StrictClient) -> None:
    keep_only(1)
    Resource.objects.filter(kind="webinar").delete()
    page = client.get("/")
    assert page.status_code == 200
    assert "Un cas à lire" not in said(page)
    assert presenters.case_of_the_week([], date(2026, 11, 23)) is None


@pytest.mark.parametrize("slug", DOORS)
def test_a_door_says_its_promise_for_whom_and_where_one_stands(client: StrictClient, slug: str) -> None:
    page, door = client.get(f"/{slug}/"), Door.objects.get(pk=slug)
    assert spaced(door.summary) in said(page)
    assert "Pour qui ?" in said(page)
    assert re.findall(r'href="/([a-z-]+)/" aria-current="true"', page.content.decode()) == [slug]


def test_another_word_is_no_door(client: StrictClient) -> None:
    assert client.get("/apprendre/").status_code == 404
    Door.objects.filter(pk="agir").delete()
    assert client.get("/agir/").status_code == 404


def test_comprendre_names_the_three_pillars_and_what_they_hold(client: StrictClient) -> None:
    page = client.get("/comprendre/")
    for pillar in Pillar.objects.all():
        assert pillar.name in said(page)
        for component in pillar.components:
            assert component in said(page)


def test_a_webinar_without_date_has_its_place(client: StrictClient) -> None:
    Resource.objects.filter(kind="webinar").update(date=None)
    assert client.get("/s-informer/").status_code == 200


@pytest.mark.parametrize(
    ("path", "kind", "count"), [("/se-former/", "course_step", 7), ("/agir/", "method_step", 8)]
)
def test_the_steps_come_in_their_order(client: StrictClient, path: str, kind: str, count: int) -> None:
    html = client.get(path).content.decode()
    steps = list(Resource.objects.filter(kind=kind).order_by("position"))
    places = [html.index(f'href="{step.get_absolute_url()}"') for step in steps]
    assert len(steps) == count
    assert places == sorted(places)


def test_se_former_offers_the_module_to_the_board(client: StrictClient) -> None:
    assert "/se-former/module-20-minutes/" in local_links(client.get("/se-former/"))


def test_agir_sends_an_emergency_elsewhere(client: StrictClient) -> None:
    page = client.get("/agir/")
    assert "ne résout pas une urgence de trésorerie" in said(page)
    assert {"/diagnostic/express/", "/diagnostic/"} <= local_links(page)


def test_accompagner_groups_the_eight_situations_by_axis(client: StrictClient) -> None:
    page = client.get("/accompagner/")
    rows = ProfessionalSituation.objects.all()
    titles = re.findall(r"<h3>(.*?)</h3>", page.content.decode())
    assert titles == list(dict.fromkeys(row.axis for row in rows))
    for row in rows:
        assert row.name.split(" ")[0] in said(page)
    assert "Personne ne voit les réponses d’une autre personne." in said(page)
