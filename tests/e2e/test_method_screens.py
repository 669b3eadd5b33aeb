"""The method as it looks when it is full: the demonstration démarche, its guides, what a visitor reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.method import READY, opened
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight

pytestmark = pytest.mark.e2e
DEMO = "Vers 2030"
TOOLS = (
    "cadrage",
    "activites",
    "photographie",
    "ordre-du-jour",
    "cible",
    "leviers",
    "trajectoire",
    "suivi",
)
# Tool → the kinds of its items that have a page.
ITEMS = {
    "cadrage": ("meeting",),
    "activites": ("activity",),
    "photographie": ("photograph",),
    "ordre-du-jour": ("agenda_point",),
    "cible": ("scenario",),
    "leviers": ("lever", "partnership"),
    "trajectoire": ("action",),
    "suivi": ("indicator", "review"),
}
PAGES = (
    "etapes/3/",
    "etapes/4/",
    "equipe/",
    "decisions/",
    "historique/",
    "diagnostic-croise/",
    "comptes/",
    "feuille-de-route/1/",
    "feuille-de-route/3/",
    "pitch/",
    "releves/",
    "calendrier/",
    "dossier/",
    "cadrage/",
    "ateliers/",
    "reglages/",
)


def test_the_full_demarche_is_readable(page_of: Callable[..., Page]) -> None:
    page = page_of("referente")
    at = opened(page, DEMO)
    check_screen(page, "démo")
    for tail in PAGES:
        page.goto(at + tail)
        check_screen(page, f"démo {tail}")
    page.goto(f"{at}ateliers/")
    page.get_by_role("link", name="Récolter les leviers").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Récolter les leviers")
    check_screen(page, "démo")
    page.goto(f"{at}ateliers/")
    page.get_by_role("link", name="Des alliances pour nos cinq leviers").first.click()
    check_screen(page, "démo")
    page.get_by_role("link", name="Modifier").first.click()
    check_screen(page, "démo")
    page.goto("/agir/mentions/")
    expect(page.locator("main")).to_contain_text("Gaël")
    check_screen(page, "démo")


@pytest.mark.parametrize("tool", TOOLS)
def test_a_full_tool_and_its_items_are_readable(page_of: Callable[..., Page], tool: str) -> None:
    page = page_of("referente")
    at = opened(page, DEMO)
    page.goto(f"{at}outils/{tool}/")
    while (closed := page.locator("main details:not([open]) > summary")).count():
        closed.first.click()
    check_screen(page, f"démo {tool}")
    for kind in ITEMS[tool]:
        page.goto(f"{at}outils/{tool}/")
        page.locator(f"#liste-{kind} a.item-title").first.click()
        expect(page.locator("[data-field]").first).to_be_visible()
        check_screen(page, f"démo {kind}")


@pytest.mark.parametrize("tail", ["", "outils/leviers/", "outils/activites/", "etapes/5/"])
def test_a_full_screen_is_light(page_of: Callable[..., Page], tail: str) -> None:
    at = opened(page_of("referente"), DEMO)
    fresh = page_of("referente")
    with Weight.of(fresh) as weight:
        fresh.goto(at + tail, wait_until="networkidle")
    without_polls(weight).check()


def test_a_full_item_is_light(page_of: Callable[..., Page]) -> None:
    first = page_of("referente")
    first.goto(f"{opened(first, DEMO)}outils/cible/")
    item = first.locator("#liste-scenario a.item-title").nth(1).get_attribute("href") or ""
    fresh = page_of("referente")
    with Weight.of(fresh) as weight:
        fresh.goto(item, wait_until="networkidle")
    expect(fresh.locator("#fil-liste")).to_contain_text("que devient le café")
    check_screen(fresh, "démo, a comment")
    without_polls(weight).check()


def without_polls(weight: Weight) -> Weight:
    """What the bench asks again and again is not what the page costs: how many went by depends on the moment."""
    again = [key for key, url in weight.urls.items() if re.search(r"/(ici|nouveau)/(\?|$)", url)]
    for key in again:
        del weight.urls[key]
    return weight


def test_the_board_and_a_network_of_the_demonstration(page_of: Callable[..., Page]) -> None:
    """Governance reads all of it on a phone; a network reads where the steps are, and none of what is written."""
    phone = page_of("gouvernance", phone=True)
    at = opened(phone, DEMO)
    check_screen(phone, "démo, board")
    for tail in ("etapes/5/", "outils/photographie/", "outils/trajectoire/", "comptes/"):
        phone.goto(at + tail)
        check_screen(phone, f"démo, board {tail}")
    expect(phone.locator("[data-field]")).to_have_count(0)
    network = page_of("numerique")
    opened(network, DEMO)
    for tail in ("", "etapes/5/"):
        network.goto(at + tail)
        expect(network.locator("main")).to_contain_text("À valider")
        for hidden in ("hangar", "café", "Tenir bon", "Cinq leviers"):
            expect(network.locator("main")).not_to_contain_text(hidden)
        check_screen(network, f"démo, network {tail}")


def test_a_visitor_reads_the_method_and_prints_its_guides(new_context: NewContext) -> None:
    """Without an account: the steps, one of them, its guide and a blank sheet as files."""
    page = new_context(phone=True).new_page()
    page.goto("/agir/")
    page.locator("main a[href='/agir/methode/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huit étapes")
    check_screen(page)
    page.get_by_role("link", name="Photographier le modèle actuel").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Photographier le modèle actuel")
    check_screen(page)
    printed(page, page.url + "guide.pdf", "Préparer le guide")
    printed(page, "/agir/methode/fiches/activites.pdf", "Préparer la fiche")
    page.goto("/agir/methode/photographier-le-modele-actuel/")
    page.get_by_role("link", name="Travailler cette étape en équipe").click()
    expect(page).to_have_url(re.compile("/compte/login/"))


def printed(page: Page, url: str, button: str) -> None:
    """Asked for when nobody did yet, looked at while it is under way, then a PDF."""
    answer = page.request.get(url)
    if not answer.headers["content-type"].startswith("application/pdf"):
        page.goto(url)
        check_screen(page, "to prepare")
        page.get_by_role("button", name=button).click()
        expect(page.locator("#document-action")).to_contain_text("Télécharger", timeout=READY)
        answer = page.request.get(url)
    assert answer.body().startswith(b"%PDF")


def test_files_say_where_they_are_until_they_are_made(page_of: Callable[..., Page]) -> None:
    page = page_of("referente")
    place = opened(page, "La Marmite dans dix ans")
    for tail in ("feuille-de-route/1.pdf", "pitch.pdf"):
        page.goto(f"{place}{tail}")
        expect(page.locator("main").get_by_role("button").first).to_be_visible()
        check_screen(page, "to be made")
    page.goto(f"{opened(page, DEMO)}outils/suivi/")
    review = page.get_by_role("link", name=re.compile("^En PDF ?, la revue du")).first
    printed(page, str(review.evaluate("link => link.href")), "Préparer le PDF")
