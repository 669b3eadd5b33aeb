"""Every screen a link leads to: light, at home, readable by all. Screens that need a journey are in the journeys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from apps.pages import errors
from tests.e2e.conftest import NewContext
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
PUBLIC = (
    "/",
    "/comprendre/",
    "/comprendre/modeles-et-acteurs/",
    "/comprendre/echelons/",
    "/comprendre/partenariats/",
    "/comprendre/reperes/",
    "/comprendre/situations-professionnelles/",
    "/comprendre/trajectoire/",
    "/s-informer/",
    "/se-former/",
    "/agir/",
    "/accompagner/",
    "/catalogue/",
    "/catalogue/odd/4/",
    "/catalogue/fragilites/emploi/",
    "/agir/methode/",
    "/agir/methode/cadrer-et-mobiliser/",
    "/glossaire/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
    "/plan-du-site/",
    "/diagnostic/",
    "/diagnostic/express/",
    "/diagnostic/rejoindre/",
    "/compte/login/",
    "/compte/signup/",
    "/compte/login/code/",
    "/compte/password/reset/",
    "/compte/inactive/",
    "/compte/password/reset/done/",
    "/api/v1/docs/",
    "/page-qui-n-existe-pas/",
)
MEMBER = ("/espace/", "/espace/compte/", "/espace/jetons/", "/organisations/nouvelle/", "/diagnostic/")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_screen_is_light_and_readable(page: Page, path: str) -> None:
    with Weight.of(page) as weight:
        page.goto(path, wait_until="networkidle")
    check_screen(page, path)
    weight.check()


@pytest.mark.parametrize("path", MEMBER)
def test_a_members_screen_is_light_and_readable(page_of: Callable[..., Page], path: str) -> None:
    page = page_of("admin")
    with Weight.of(page) as weight:
        page.goto(path, wait_until="networkidle")
    check_screen(page, f"{path}, admin")
    weight.check()


def test_the_screens_of_a_campaign_are_light(page_of: Callable[..., Page], new_context: NewContext) -> None:
    page = page_of("jardins")
    page.goto("/diagnostic/nouvelle/")
    campaign = page.url
    assert re.search(r"/diagnostic/[0-9a-f-]{36}/$", campaign)
    for tail in ("", "contexte/", "inviter/", "inviter/?lignes=10", "finances/", "finances/2025/", "clore/"):
        fresh = page_of("jardins")
        with Weight.of(fresh) as weight:
            fresh.goto(campaign + tail, wait_until="networkidle")
        check_screen(fresh, f"jardins {tail}")
        weight.check()


def test_the_result_is_light(page_of: Callable[..., Page]) -> None:
    page = page_of("compagnie")
    page.goto("/espace/")
    address = page.locator("a[href$='/resultat/']").first.get_attribute("href") or ""
    fresh = page_of("compagnie")
    with Weight.of(fresh) as weight:
        fresh.goto(address, wait_until="networkidle")
    weight.check()


@pytest.mark.parametrize("path", ["/dev/courrier/", "/ui/"])
def test_a_development_screen_is_readable(page: Page, path: str) -> None:
    page.goto(path)
    check_screen(page, path)


@pytest.mark.parametrize(
    ("status", "context"),
    [
        (400, errors.TOO_LONG),
        (400, errors.UNREADABLE),
        (403, errors.SESSION_EXPIRED),
        (429, None),
        (500, None),
        (503, None),
    ],
)
def test_an_error_screen_is_readable(
    page: Page, stack: Stack, status: int, context: dict[str, str] | None
) -> None:
    """As the platform writes it; what makes it appear is tested elsewhere, without a browser."""
    html = errors.answer(RequestFactory().get("/"), status, context).content.decode()
    # Here the files have their plain names, there the names that hold their content's hash.
    for name in set(re.findall(r"/static/[\w./-]+", stack.get("/")[1])):
        html = html.replace(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name), name)
    page.route("**/erreur/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("/erreur/")
    check_screen(page, f"error {status} {(context or {}).get('title', '')}")


def test_tokens_are_made_shown_once_and_refused_without_a_name(page_of: Callable[..., Page]) -> None:
    page = page_of("gouvernance")
    page.goto("/espace/jetons/")
    check_screen(page, "none")
    page.get_by_role("button", name="Créer le jeton").click()
    expect(page.get_by_label("À quoi servira ce jeton")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.get_by_label("À quoi servira ce jeton").fill("tableur du trésorier")
    page.get_by_role("button", name="Créer le jeton").click()
    expect(page.locator("#secret")).to_be_visible()
    check_screen(page, "made")


def test_a_name_is_required_and_leaving_is_confirmed(page_of: Callable[..., Page]) -> None:
    page = page_of("gouvernance")
    page.goto("/espace/compte/")
    page.get_by_label("Prénom et nom").fill("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Prénom et nom")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.locator("main summary").first.click()
    check_screen(page, "leaving unfolded")
