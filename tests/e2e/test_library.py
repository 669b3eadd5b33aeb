"""The library in a browser: found while typing, narrowed, shared, read, printed; and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight

pytestmark = pytest.mark.e2e
TITLES = "#resultats h2 a"
SCREENS = (
    "/bibliotheque/",
    "/bibliotheque/?q=mobilité&pillar=human",
    "/bibliotheque/?q=numerqiue",
    "/bibliotheque/?q=biodiversité&fragility=F13",
    "/bibliotheque/webinaire-2023-03-16/",
    "/bibliotheque/webinaire-2022-12-15/",
    "/bibliotheque/webinaire-2023-02-16/",
    "/bibliotheque/personnes/",
    "/bibliotheque/personnes/francis-jutand/",
    "/bibliotheque/organisations/",
    "/bibliotheque/organisations/newmeric/",
    "/bibliotheque/pour-vous/",
    "/s-informer/21-mesures/",
)


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_of_the_library_is_light_and_readable(page: Page, path: str) -> None:
    with Weight.of(page) as weight:
        page.goto(path, wait_until="networkidle")
    check_screen(page, path)
    weight.check()


def test_found_while_typing_narrowed_shared_and_read(page: Page, new_context: NewContext) -> None:
    page.goto("/bibliotheque/")
    everything = page.locator(TITLES).count()
    field = page.get_by_role("searchbox")
    field.press_sequentially("precarit")
    expect(page.locator(TITLES)).not_to_have_count(everything)
    expect(page).to_have_url(re.compile("q=precarit"))
    expect(field).to_be_focused()
    wide = page.locator(TITLES).count()
    page.locator("summary", has_text="Année et cycle").click()
    box = page.get_by_role("checkbox", name=re.compile("^2023"))
    box.check()
    expect(page).to_have_url(re.compile("year=2023"))
    expect(page.locator(".chosen")).to_contain_text("2023")
    assert page.locator(TITLES).count() <= wide
    # The list that was open stays open, and the box keeps the focus.
    expect(box).to_be_focused()
    said = box.locator("xpath=ancestor::label").locator(".n").inner_text()
    assert int(re.sub(r"\D", "", said)) == page.locator(TITLES).count()
    other = new_context(phone=True).new_page()
    other.goto(page.url)
    assert other.locator(TITLES).all_inner_texts() == page.locator(TITLES).all_inner_texts()
    page.locator(TITLES).first.click()
    expect(page.get_by_role("heading", name="L’essentiel en 30 secondes")).to_be_visible()
    page.go_back()
    expect(page.locator(".chosen")).to_contain_text("2023")


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/bibliotheque/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("téléthon")
    page.keyboard.press("Enter")
    expect(page.locator(TITLES)).to_have_count(2)
    # What was typed is asked once more a moment later: the list comes again, and the focus stays.
    page.locator(TITLES).first.focus()
    page.wait_for_timeout(600)
    expect(page.locator(TITLES).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/bibliotheque/webinaire-2022-05-19/$"))


def test_a_slow_answer_never_covers_a_later_one(page: Page) -> None:
    """The first request is held back: only what was typed last is shown."""
    page.goto("/bibliotheque/")

    def hold(route: object) -> None:
        page.wait_for_timeout(1200)
        route.continue_()  # type: ignore[attr-defined]

    page.route(re.compile(r"q=habitat(&|$)"), hold)
    field = page.get_by_role("searchbox")
    field.fill("habitat")
    page.wait_for_timeout(450)
    field.fill("téléthon")
    page.wait_for_timeout(1500)
    expect(page.locator(TITLES)).to_have_count(2)
    expect(page.locator("#resultats")).to_contain_text("Téléthon")


def test_without_javascript(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/bibliotheque/")
    everything = page.locator(TITLES).count()
    page.get_by_label("Un mot, un nom, un chiffre").fill("energie")
    page.locator("summary", has_text="Fragilité").click()
    page.get_by_role("checkbox", name="Transition énergétique").check()
    page.get_by_role("button", name="Appliquer ces choix").click()
    expect(page.locator(TITLES)).to_have_count(2)
    page.locator("summary", has_text="Fragilité").click()
    expect(page.get_by_role("checkbox", name="Transition énergétique")).to_be_checked()
    page.get_by_role("link", name="Tout effacer").click()
    expect(page.locator(TITLES)).to_have_count(everything)


def test_an_empty_answer_is_a_way_out(page: Page) -> None:
    page.goto("/bibliotheque/?q=biodiversité&fragility=F13")
    expect(page.get_by_role("heading", name="Aucun cas ne réunit tout cela")).to_be_visible()
    page.locator("#resultats").get_by_role("link", name=re.compile("^sans")).first.click()
    expect(page.locator(TITLES).first).to_be_visible()


def test_a_case_prints_without_its_menus(page: Page) -> None:
    page.goto("/bibliotheque/webinaire-2022-12-15/")
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("#et-vous")).to_be_hidden()
    expect(page.get_by_role("heading", name="Chiffres clés")).to_be_visible()
    expect(page.locator("#citation")).to_contain_text("15 décembre 2022")


def test_the_cases_near_an_association_say_why(page_of: Callable[..., Page]) -> None:
    page = page_of("admin")
    page.goto("/bibliotheque/pour-vous/")
    check_screen(page, "avec un résultat")
    expect(page.locator(".near .why").first).to_contain_text("comme vous")
    expect(page.locator("main")).to_contain_text("Votre appui le plus bas")
    expect(page_of("nouvelle").locator("body")).to_be_attached()


def test_an_account_without_association_is_told_what_to_do(page_of: Callable[..., Page]) -> None:
    page = page_of("nouvelle")
    page.goto("/bibliotheque/pour-vous/")
    check_screen(page, "sans association")
    expect(page.get_by_role("link", name="Créer mon association")).to_be_visible()
