"""sitemap.xml lists every public page once, and robots.txt says where it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Fragility, Goal, Resource
from apps.course.models import Page
from apps.webinars.models import Webinar
from apps.webinars.selectors import organisations
from apps.webinars.selectors import people as spoke
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.pages.support import PAGES, keep_only
from tests.support.client import StrictClient
from tests.webinars.factories import many, person, published, whole

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://trajectoires.example"


@pytest.fixture(autouse=True)
def _public_address(settings: Any) -> None:
    settings.SITE_URL = SITE


def entries(client: StrictClient) -> dict[str, str]:
    """Path → day of the last change, "" when it is not told."""
    answer = client.get("/sitemap.xml", headers={"Host": "une-autre-adresse.example"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    found = {}
    for url in ET.fromstring(answer.content):
        address = url.findtext(f"{SPACE}loc") or ""
        assert address.startswith(f"{SITE}/"), address
        path = address.removeprefix(SITE)
        assert path not in found, path
        found[path] = url.findtext(f"{SPACE}lastmod") or ""
    return found


def test_every_public_page_is_there_and_answers(client: StrictClient) -> None:
    found = entries(client)
    rows: list[Any] = [
        *Goal.objects.all(),
        *Fragility.objects.all(),
        *Resource.objects.exclude(kind=ResourceKind.WEBINAR),
        *Webinar.objects.filter(sheet__isnull=False),
        *spoke(),
        *organisations(),
    ]
    assert {row.get_absolute_url() for row in rows} <= set(found)
    assert set(PAGES) <= set(found)
    moved = tuple(f"/ressources/{kind}-" for kind in ("webinaire", "etape", "module", "methode"))
    assert not [path for path in found if path.startswith(moved)]
    assert {"/bibliotheque/", "/s-informer/21-mesures/"} <= set(found)
    assert {path: status for path in found if (status := client.get(path).status_code) != 200} == {}


def test_nothing_that_robots_are_kept_from(client: StrictClient) -> None:
    closed = re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").content.decode(), re.M)
    assert not [path for path in entries(client) if path.startswith(tuple(closed))]


def test_a_case_and_a_step_say_when_they_last_changed(client: StrictClient) -> None:
    webinar = published("a-dater")
    Webinar.objects.filter(pk=webinar.pk).update(published_at="2025-03-04T12:00Z")
    Page.objects.filter(slug="etape-2").update(published_at="2025-05-06T12:00Z")
    found = entries(client)
    assert found["/bibliotheque/a-dater/"] == "2025-03-04"
    assert found["/se-former/etapes/etape-2/"] == "2025-05-06"
    rows: list[Any] = [
        *Webinar.objects.filter(sheet__isnull=False),
        *Page.objects.filter(sheet__isnull=False),
    ]
    assert {path for path, changed in found.items() if changed} == {row.get_absolute_url() for row in rows}


def test_only_what_readers_see(client: StrictClient) -> None:
    CASES.create(by=None, draft=whole(), slug="brouillon")
    CASES.archive(row=published("parti"), by=None, reason="Essai")
    found = entries(client)
    assert not [path for path in found if "brouillon" in path or "parti/" in path or "ada-essai" in path]
    published("present")
    assert {"/bibliotheque/present/", "/bibliotheque/personnes/ada-essai/"} <= set(entries(client))
    people.withdraw_person(person=person(), asked_on=date(2026, 1, 5), reason="", by=None)
    assert not [path for path in entries(client) if "ada-essai" in path or "personne-retiree" in path]


def test_queries_do_not_grow_with_the_rows(client: StrictClient) -> None:
    published()
    keep_only(3)
    with CaptureQueriesContext(connection) as few:
        client.get("/sitemap.xml")
    many(5)
    with CaptureQueriesContext(connection) as more:
        client.get("/sitemap.xml")
    assert len(few) == len(more) <= 10
    assert not [q for q in more if '."draft"' in q["sql"] or '."sheet",' in q["sql"]]


def test_it_is_only_read(client: StrictClient) -> None:
    assert client.post("/sitemap.xml").status_code == 405
    head = client.head("/sitemap.xml")
    assert (head.status_code, head.content) == (200, b"")
    assert not client.get("/sitemap.xml").cookies


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "%00"])
def test_page_that_does_not_exist(client: StrictClient, page: str) -> None:
    assert client.get(f"/sitemap.xml?p={page}").status_code == 404


def test_robots_say_where_it_is(client: StrictClient) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert {"Disallow: /curation/", "Disallow: /bibliotheque/apercu/"} <= set(lines)
