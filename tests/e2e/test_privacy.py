"""One's data in one's own hands: devices, a copy, an erasure, each looked at and walked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def test_the_register_is_open_to_everybody(page: Page) -> None:
    page.goto("/confidentialite/")
    page.get_by_role("link", name="registre des traitements").click()
    expect(page.locator("main")).to_contain_text("Réponses au questionnaire")
    check_screen(page)


def test_from_the_copy_to_the_receipt(page: Page, stack: Stack) -> None:
    sign_up(page, stack, "partante@exemple.fr", "Lise Partante")
    page.goto("/espace/compte/")
    page.get_by_role("link", name="Voir les appareils connectés").click()
    expect(page.locator("main")).to_contain_text("Cet appareil")
    check_screen(page)
    page.goto("/espace/compte/journal/")
    expect(page.locator("main")).to_contain_text("Compte créé")
    check_screen(page)
    page.goto("/espace/compte/")
    page.get_by_role("link", name="mes données").click()
    check_screen(page)
    page.get_by_role("button", name="Préparer ma copie").dblclick()
    expect(page.locator("main")).to_contain_text("est prête", timeout=40_000)
    with page.expect_download() as taken:
        page.locator("main a.btn").first.click()
    assert taken.value.suggested_filename == "mes-donnees.zip"

    page.goto("/espace/compte/donnees/")
    page.get_by_role("link", name="Effacer mon compte").click()
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/espace/compte/effacer/$"))
    check_screen(page)
    page.get_by_role("button", name="Effacer mon compte").click()
    expect(page.locator("main")).to_contain_text("Écrivez EFFACER")
    check_screen(page, "without the word")
    page.get_by_label("Écrivez EFFACER").fill("EFFACER")
    page.get_by_role("button", name="Effacer mon compte").click()
    expect(page.locator("h1")).to_contain_text("effacé")
    check_screen(page)
    page.goto("/espace/")
    expect(page).to_have_url(re.compile("/compte/login/"))
