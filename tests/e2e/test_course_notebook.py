"""What an association writes in the course is found again in its space, beside the questions and after the result."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight

pytestmark = pytest.mark.e2e
WRITTEN = "Trois bénévoles connaissent la caisse.\nPersonne d’autre ne sait la tenir."
ABOUT_PEOPLE = 4  # the step whose exercise speaks of the axis A


def write(page: Page, number: int) -> str:
    """Fills the exercise of a step; its title."""
    page.goto(f"/se-former/etapes/etape-{number}/exercice/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.locator("main form textarea").first.fill(WRITTEN)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").filter(has_text="C’est gardé pour")).to_be_visible()
    return title


def own_copy(page: Page) -> None:
    page.goto("/espace/")
    page.get_by_role("link", name=re.compile("^(Mon questionnaire|Répondre)$")).first.click()
    if page.get_by_role("button", name="Commencer").count():
        page.get_by_role("button", name="Commencer").click()
    expect(page).to_have_url(re.compile(r"/diagnostic/reponses/[0-9a-f-]{36}/"))


def test_from_the_exercise_to_the_questions(page_of: Callable[..., Page]) -> None:
    page = page_of("jardins")
    title = write(page, ABOUT_PEOPLE)
    page.goto("/espace/")
    expect(page.locator("#parcours").get_by_role("link", name=title)).to_be_visible()
    check_screen(page, "with notes")
    own_copy(page)
    copy = re.sub(r"(/reponses/[0-9a-f-]{36}/).*", r"\1", page.url)
    page.goto(f"{copy}A1/")
    summary = page.get_by_text("Ce que vous aviez écrit dans le parcours")
    expect(page.get_by_text("Trois bénévoles connaissent la caisse.")).to_be_hidden()
    summary.click()
    expect(page.get_by_text("Trois bénévoles connaissent la caisse.")).to_be_visible()
    check_screen(page, "with notes")
    page.get_by_role("link", name=f"Relire ou compléter : {title}").click()
    expect(page.locator("main form textarea").first).to_have_value(WRITTEN)
    page.goto(f"{copy}B1/")
    expect(summary).to_have_count(0)


def test_from_the_exercise_to_the_result(page_of: Callable[..., Page]) -> None:
    page = page_of("compagnie")
    title = write(page, ABOUT_PEOPLE)
    page.goto("/espace/")
    address = page.locator("a[href$='/resultat/']").first.get_attribute("href") or ""
    fresh = page_of("compagnie")
    with Weight.of(fresh) as weight:
        fresh.goto(address, wait_until="networkidle")
    weight.check()
    notes = fresh.locator("#notes")
    expect(notes.get_by_role("heading", name="Vos notes du parcours")).to_be_visible()
    expect(notes).to_contain_text(title)
    expect(notes).to_contain_text("Trois bénévoles connaissent la caisse.")
    check_screen(fresh, "with notes")
    fresh.emulate_media(media="print")
    expect(notes).to_be_hidden()
