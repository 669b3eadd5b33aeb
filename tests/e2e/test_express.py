"""Step 7: a visitor sees where her association stands, then keeps it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def answer_the_twelve(page: Page, level: int) -> None:
    questions = page.locator("#reponses fieldset.scale")
    expect(questions).to_have_count(12)
    for question in questions.all():
        question.locator("label.opt").nth(level).click()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_visitor_keeps_her_instant_result(new_context: NewContext, stack: Stack, phone: bool) -> None:
    page = new_context(phone=phone).new_page()
    page.goto("/")
    page.goto("/diagnostic/express/")
    check_screen(page)
    page.get_by_role("button", name="Voir mon équilibre").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_screen(page, "refused")
    answer_the_twelve(page, 2)
    page.get_by_role("button", name="Voir mon équilibre").click()
    expect(page.locator("main .scores")).to_contain_text("66,7")
    check_screen(page, "result")
    page.get_by_role("button", name="Garder et poursuivre").click()
    check_screen(page, "answers kept")
    sign_up(page, stack, f"visiteuse.{'tel' if phone else 'ordi'}@exemple.fr", "Vera Visiteuse")
    expect(page).to_have_url(re.compile("/organisations/nouvelle/"))
    check_screen(page, "before a campaign")
    page.get_by_label("Nom de l’association").fill("Les Visiteuses du Soir")
    page.get_by_label("Département").select_option("974")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("sans-salarie-0-10k")
    page.get_by_role("button", name="Créer l’association").click()
    check_screen(page, "express answers wait")
    page.get_by_role("link", name="Ouvrir la campagne avec elles").click()
    check_screen(page, "with express answers")
    page.get_by_role("button", name="Ouvrir la campagne").click()
    page.get_by_role("link", name="Continuer mon questionnaire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("12.énoncés sur.36"))
