"""Glossary, resources, legal texts and the accessibility statement."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as project
from django.urls import reverse

from apps.catalogue.models import GlossaryTerm
from apps.methodology.public import selectors
from apps.pages import presenters
from apps.pages.accessibility import NONE, PARTLY, TESTED, THEMES
from tests.factories import UserFactory
from tests.pages.support import DOORS, PAGES, local_links, said, spaced
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db

# Glossary


def test_the_glossary_goes_from_a_to_z_whatever_the_accents(client: StrictClient) -> None:
    html = client.get("/glossaire/").content.decode()
    letters = re.findall(r'<section class="part" id="lettre-(\w)">', html)
    assert letters == sorted(set(letters))
    assert [f"lettre-{letter}" for letter in letters] == re.findall(r'href="#(lettre-\w)"', html)
    terms = list(GlossaryTerm.objects.all())
    assert html.count("<dt>") == len(terms)
    for term in terms:
        assert f'<div id="{term.code}">' in html
        assert f'href="#{term.code}"' in html


def test_an_accented_word_is_filed_under_its_plain_letter() -> None:
    terms = [GlossaryTerm(code=name, name=name) for name in ("Équité", "Don", "écart", "Ancrage")]
    filed = [(group.letter, [word.term.name for word in group.words]) for group in presenters.letters(terms)]
    assert filed == [("A", ["Ancrage"]), ("D", ["Don"]), ("E", ["écart", "Équité"])]


def test_each_word_gives_its_definition_its_source_and_its_neighbours(client: StrictClient) -> None:
    page = client.get("/glossaire/")
    for term in GlossaryTerm.objects.all():
        assert spaced(term.summary) in said(page)
        assert term.is_proposal or spaced(term.source_label) in said(page)
    ours = sum(term.is_proposal for term in GlossaryTerm.objects.all())
    assert said(page).count("Définition de la plateforme.") == ours
    with_neighbours = [term for term in GlossaryTerm.objects.all() if term.see]
    assert said(page).count("Voir aussi :") == len(with_neighbours) > 0
    assert all(term.get_absolute_url() == f"/glossaire/#{term.code}" for term in with_neighbours)


# Old addresses


def test_the_course_and_the_method_have_moved_to_their_own_pages(client: StrictClient) -> None:
    """Addresses that search engines and mails know keep leading to the right page."""
    moved = {f"etape-{number}": f"/se-former/etapes/etape-{number}/" for number in range(1, 8)}
    moved["module-20-minutes"] = "/se-former/module-20-minutes/"
    moved |= {f"methode-{step.number}": f"/agir/methode/{step.slug}/" for step in selectors.steps()}
    assert len(moved) == 16
    for slug, address in moved.items():
        answer = client.get(f"/ressources/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, address)


def test_a_resource_that_does_not_exist(client: StrictClient) -> None:
    assert client.get("/ressources/rien/").status_code == 404


# Legal texts


def test_legal_texts_name_the_publisher_and_the_host(client: StrictClient, settings: Any) -> None:
    settings.LEGAL = {key: f"[{key}]" for key in project.LEGAL}
    page = said(client.get("/mentions-legales/"))
    for key in ("publisher", "publisher_address", "director", "host", "host_address"):
        assert f"[{key}]" in page
    privacy = said(client.get("/confidentialite/"))
    for key in ("publisher", "host", "host_address", "data_contact"):
        assert f"[{key}]" in privacy
    assert "[publisher]" in said(client.get("/accessibilite/"))


def test_what_the_operator_has_not_filled_is_said_rather_than_hidden(client: StrictClient) -> None:
    assert "à compléter par l’exploitant" in said(client.get("/mentions-legales/"))


def test_privacy_counts_the_cookies_right(client: StrictClient, client_of: Any) -> None:
    page = said(client.get("/confidentialite/"))
    assert "Deux, nécessaires au fonctionnement" in page
    assert "pendant trente jours au plus" in page
    signed_in = client_of(UserFactory.create())
    signed_in.get("/espace/compte/")
    signed_in.get("/")
    assert set(signed_in.cookies) == {"sessionid", "csrftoken"}
    assert project.SESSION_COOKIE_AGE <= 30 * 24 * 3600


def test_the_accessibility_statement_promises_no_rate(client: StrictClient) -> None:
    page = said(client.get("/accessibilite/"))
    assert "Accessibilité : partiellement conforme" in page
    assert "Aucun audit RGAA complet" in page
    assert not re.search(r"\d\s*% (de|des) crit", page)
    for must in ("Défenseur des droits", project.CONTACT_EMAIL, "RGAA 4.1", "WCAG 2.2", "lecteur d’écran"):
        assert must in page


def test_the_accessibility_statement_covers_the_106_criteria(client: StrictClient) -> None:
    page = said(client.get("/accessibilite/"))
    assert [theme.number for theme in THEMES] == list(range(1, 14))
    assert sum(theme.criteria for theme in THEMES) == 106
    for theme in THEMES:
        assert theme.verdict in (TESTED, PARTLY, NONE)
        assert f"{theme.number}. {theme.name} {theme.criteria} " in page
        assert f"{theme.verdict}. {spaced(theme.note)}" in page


def test_every_page_says_the_same_of_its_accessibility(client: StrictClient) -> None:
    for path in PAGES:
        assert "Accessibilité : partiellement conforme" in said(client.get(path)), path


# Robots


def test_robots_stay_out_of_private_rooms(client: StrictClient) -> None:
    page = client.get("/robots.txt")
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    lines = page.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert len(closed) == len(lines) - 3  # whom it is for, a blank line, the sitemap
    for private in ("/espace/", "/organisations/", "/invitations/", "/documents/", "/compte/", "/gestion/"):
        assert private in closed
    for path in (*PAGES, *(f"/{slug}/" for slug in DOORS)):
        assert not path.startswith(tuple(closed)), path


def test_robots_close_nothing_that_does_not_exist(client: StrictClient) -> None:
    key = "00000000-0000-4000-8000-000000000000"
    names = ("account_login", "accounts:home", "accounts:organisation_create", "admin:index")
    private = [*map(reverse, names), "/api/v1/schema/"]
    private += [reverse(name, args=["x"]) for name in ("accounts:invitation", "agenda:registration")]
    private += [reverse("curation:home"), reverse("webinars:preview", args=["x"])]
    private += [reverse(name, args=[key]) for name in ("documents:status", "diagnostic:copy")]
    closed = re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").content.decode(), re.M)
    assert [line for line in closed if not any(path.startswith(line) for path in private)] == []


def test_links_of_the_footer_are_on_every_page(client: StrictClient) -> None:
    footer = {"/accessibilite/", "/confidentialite/", "/mentions-legales/", "/plan-du-site/", "/glossaire/"}
    for path in PAGES:
        assert footer <= local_links(client.get(path)), path
