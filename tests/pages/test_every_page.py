"""What holds for every public page: its head, its headers, its links, its cost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import Role
from apps.catalogue.models import Fragility, Goal, Resource
from tests.factories import OrganisationFactory, member
from tests.pages.support import PAGES, keep_only, local_links, title
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
# Queries of a visitor's page: each new one is a decision.
# When it is drawn; the home page and the catalogue then cost one, for the content's revision.
QUERIES = {"/": 8, "/s-informer/": 7, "/agir/": 6, "/plan-du-site/": 6, "/catalogue/": 5, "/glossaire/": 1}


@pytest.mark.parametrize("path", PAGES)
def test_it_tells_its_language_its_title_and_what_it_is_about(client: StrictClient, path: str) -> None:
    html = client.get(path).content.decode()
    assert '<html lang="fr">' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert len(re.findall(r"<main\b", html)) == 1
    described = re.search(r'<meta name="description" content="([^"]+)">', html)
    assert described
    assert len(described[1]) > 30
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html


def test_no_two_pages_have_the_same_title(client: StrictClient) -> None:
    titles = [title(client.get(path)) for path in PAGES]
    assert len(set(titles)) == len(titles)
    assert all(name.endswith(" – Trajectoires socio-économiques") for name in titles)


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_gets_no_cookie_and_the_whole_policy(client: StrictClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert not page.cookies
    assert set(page["Content-Security-Policy"].split("; ")) == CSP
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    # The header of the page changes with the person: no cache may give one's page to another.
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_it_is_read_only(client: StrictClient, path: str) -> None:
    assert client.post(path).status_code == 405
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")


def test_no_link_leads_nowhere(client: StrictClient) -> None:
    links = set().union(*(local_links(client.get(path)) for path in PAGES))
    links |= local_links(client.get("/s-informer/"))
    assert len(links) > 80
    dead = {
        link: status for link in sorted(links) if (status := client.get(link, follow=True).status_code) != 200
    }
    assert dead == {}


def test_every_fragment_has_its_place(client: StrictClient) -> None:
    for path in PAGES:
        html = client.get(path).content.decode()
        for fragment in re.findall(r'href="#([^"]+)"', html):
            assert f'id="{fragment}"' in html, f"{path}#{fragment}"


def test_the_map_of_the_site_leads_to_every_row(client: StrictClient) -> None:
    links = local_links(client.get("/plan-du-site/"))
    rows = [*Goal.objects.all(), *Fragility.objects.all(), *Resource.objects.all()]
    assert {row.get_absolute_url() for row in rows} <= links
    assert {path for path in PAGES if path != "/plan-du-site/"} <= links


@pytest.mark.parametrize("path", QUERIES)
def test_its_queries_do_not_grow_with_its_rows(client: StrictClient, path: str) -> None:
    keep_only(3)
    with CaptureQueriesContext(connection) as three:
        assert client.get(path).status_code == 200
    keep_only(1)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    assert (len(one), len(three)) == (QUERIES[path], QUERIES[path])


def test_a_member_costs_at_most_ten(client_of: Any) -> None:
    client = client_of(member(OrganisationFactory.create(), Role.LEAD))
    for path in PAGES:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= 10, path


def test_a_member_finds_her_space_in_the_header(client_of: Any, client: StrictClient) -> None:
    mine = client_of(member(OrganisationFactory.create(name="Le Relais"))).get("/").content.decode()
    assert "Le Relais" in mine
    assert "Se déconnecter" in mine
    theirs = client.get("/").content.decode()
    assert "Le Relais" not in theirs
    assert 'href="/compte/login/"' in theirs
