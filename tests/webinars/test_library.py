"""The library's screen: what it lists, counts, keeps in its address, and says when it is empty."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.catalogue.models import Resource
from apps.diagnostic.models import Lever
from apps.webinars.models import Webinar
from apps.webinars.search.shelf import shelf
from tests.factories import UserFactory
from tests.support.client import StrictClient
from tests.webinars.factories import published

pytestmark = pytest.mark.django_db
URL = "/bibliotheque/"


def said(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def page(client: StrictClient, address: str = URL, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return [said(found).strip() for found in re.findall(r"<h2><a [^>]+>(.*?)</a></h2>", html, re.S)]


def test_all_the_cases_latest_first(client: StrictClient) -> None:
    html = page(client)
    assert "18 cas à lire" in said(html)
    assert len(titles(html)) == 18
    assert "numérique responsable" in titles(html)[0]


def test_each_case_leads_to_its_page_and_each_tag_to_its_like(client: StrictClient) -> None:
    html = page(client)
    for slug in re.findall(r'href="/bibliotheque/(webinaire-[\d-]+)/"', html):
        assert Webinar.objects.filter(slug=slug).exists()
    assert 'href="?fragility=F16"' in html


def test_words_are_marked_where_they_are(client: StrictClient) -> None:
    html = page(client, URL + "?q=telethon")
    assert "<mark>Téléthon</mark>" in html
    deep = page(client, URL + "?q=autosolisme")
    assert len(titles(deep)) <= 1


def test_a_typo_is_told(client: StrictClient) -> None:
    text = said(page(client, URL + "?q=biodiverstie"))
    assert "« biodiverstie » n’est dans aucun cas : nous cherchons « biodiversité »" in text


def test_filters_stay_in_the_form_and_in_the_links(client: StrictClient) -> None:
    html = page(client, URL + "?q=énergie&fragility=F16&pillar=alliances&sort=date")
    assert re.search(r'value="F16" id="fragility-F16" checked', html)
    assert re.search(r'value="alliances" id="pillar-alliances" checked', html)
    assert '<option value="date" selected>' in html
    without = [unescape(href) for href in re.findall(r'class="tag" href="/bibliotheque/(\?[^"]*)"', html)]
    kept = [parse_qs(urlsplit(href).query) for href in without]
    assert {"q": ["énergie"], "pillar": ["alliances"], "sort": ["date"]} in kept
    assert {"q": ["énergie"], "fragility": ["F16"], "sort": ["date"]} in kept


@pytest.mark.parametrize(
    "address",
    ["?goal=99", "?fragility=%00", "?page=0", "?page=99999999", "?page=x", "?sort=x", "?q=%00", "?inconnu=1"],
)
def test_a_mistyped_address_still_shows_the_cases(client: StrictClient, address: str) -> None:
    assert len(titles(page(client, URL + address))) == 18


def test_an_empty_answer_says_what_to_relax(client: StrictClient) -> None:
    html = page(client, URL + "?q=biodiversité&fragility=F13&year=2022")
    text = said(html)
    assert "Aucun cas ne réunit tout cela" in text
    for href in re.findall(r'<li><a href="/bibliotheque/(\?[^"]*)">sans', html):
        assert titles(page(client, URL + unescape(href)))
    nothing = said(page(client, URL + "?q=xyzzyplugh"))
    assert "Essayez un mot plus court" in nothing or "sans les mots" in nothing


def test_an_empty_library_says_so(client: StrictClient) -> None:
    Lever.objects.all().delete()
    Webinar.objects.all().delete()
    assert "La bibliothèque est vide pour l’instant" in said(page(client))


def test_as_one_types_only_the_results_come_with_the_counts(client: StrictClient) -> None:
    fragment = page(client, URL + "?q=énergie", **{"HX-Request": "true"})
    assert "<form" not in fragment
    whole = page(client, URL + "?q=énergie")
    assert titles(fragment) == titles(whole)
    counts = dict(re.findall(r'id="n-([\w-]+)"[^>]*>(\d+)<', fragment))
    assert counts == dict(re.findall(r'id="n-([\w-]+)">(\d+)<', whole))
    assert "hx-swap-oob" in fragment
    assert "hx-swap-oob" not in whole


def test_pages_follow_one_another(client: StrictClient) -> None:
    for n in range(5):
        published(short_title=f"Un cas de plus {n}")
    first, second = page(client), page(client, URL + "?page=2")
    assert "Page 1 sur 2" in said(first)
    assert len(titles(first)) == 20
    assert len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    assert titles(page(client, URL + "?page=9")) == titles(second)


@pytest.mark.parametrize("address", [URL, URL + "?q=énergie", URL + "?q=energei&goal=7&sort=date"])
def test_no_more_than_ten_queries_for_a_signed_in_person(client_of: Any, address: str) -> None:
    client = client_of(UserFactory.create())
    shelf()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 10


def test_the_same_number_of_queries_for_one_case_and_three(client: StrictClient) -> None:
    counts = []
    for more in (1, 2):
        for n in range(more):
            published(short_title=f"Marmelade {more} {n}")
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(page(client, URL + "?q=marmelade"))) == (1 if more == 1 else 3)
        counts.append(len(queries))
    # One case needs no ranking.
    assert counts[1] - counts[0] in (0, 1)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}'


def test_hostile_texts_are_shown_as_texts(client: StrictClient) -> None:
    published(short_title=f"Marmelade {HOSTILE}", teaser=f"Marmelade {HOSTILE}", takeaway=HOSTILE)
    html = page(client, URL + "?q=marmelade").replace("{{ 7|add:7 }}", "").replace("{{", "")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.fixture(autouse=True)
def _braces_of_hostile_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support import client

    monkeypatch.setattr(client, "BRACES", re.compile(r"\{%|%\}|\{#|#\}"))


def test_the_old_address_of_a_webinar_leads_to_its_case(client: StrictClient) -> None:
    response = client.get("/ressources/webinaire-2022-01-20/")
    assert (response.status_code, response["Location"]) == (301, "/bibliotheque/webinaire-2022-01-20/")


def test_people_and_organisations(client: StrictClient) -> None:
    people = page(client, URL + "personnes/")
    assert "Francis Jutand" in people
    assert 'href="/bibliotheque/personnes/francis-jutand/"' in people
    one = said(page(client, URL + "personnes/francis-jutand/"))
    assert "20 janvier 2022" in one
    assert "21 décembre 2023" in one
    assert "Newmeric" in page(client, URL + "organisations/")
    assert "Caroline Alazard" in page(client, URL + "organisations/newmeric/")
    for path in ("personnes/inconnue/", "organisations/inconnue/", "webinaire-1999-01-01/"):
        assert client.get(URL + path).status_code == 404


def test_lists_of_names_cost_the_same_for_one_and_for_all(client: StrictClient) -> None:
    for path in ("personnes/", "organisations/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL + path)
        assert len(queries) <= 3


def test_the_feed_tells_new_cases(client: StrictClient) -> None:
    from xml.etree import ElementTree

    webinar = published(short_title="Marmelade & <b>compagnie</b>")
    response = client.get(URL + "nouveautes.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", space)
    assert len(entries) == 19
    assert entries[0].findtext("a:title", namespaces=space) == webinar.short_title
    link = entries[0].find("a:link", space)
    assert link is not None
    assert link.get("href", "").endswith(webinar.get_absolute_url())


def test_goals_and_fragilities_show_their_cases(client: StrictClient) -> None:
    html = page(client, "/catalogue/odd/4/")
    shown = set(re.findall(r'href="/bibliotheque/(webinaire-[\d-]+)/"', html))
    wanted = set(Resource.objects.filter(goals__number=4, kind="webinar").values_list("pk", flat=True))
    assert shown == wanted
    assert 'href="/bibliotheque/?goal=4"' in html
    assert 'href="/bibliotheque/?fragility=F08"' in page(client, "/catalogue/fragilites/education/")


def test_the_measures_are_all_there(client: StrictClient) -> None:
    html = page(client, "/s-informer/21-mesures/")
    numbers = [int(n) for n in re.findall(r"<dt>(\d+)\. ", html)]
    assert numbers == list(range(1, 22))
    text = said(html)
    assert "12" in text
    assert "3 à 9 mois" in text.replace("\u00a0", " ")


def test_a_person_without_organisation_is_told_what_to_do(client_of: Any) -> None:
    user: User = UserFactory.create()
    assert "Créer mon association" in said(page(client_of(user), URL + "pour-vous/"))
