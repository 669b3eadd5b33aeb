"""Closing an association, walked and looked at: asked, told, cancelled."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD, last_mail, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
NAME = "Les Volets de l’Écluse"


def test_asked_then_cancelled(page: Page, stack: Stack) -> None:
    sign_up(page, stack, "ferme@exemple.fr", "Lise Ferme")
    page.goto("/organisations/nouvelle/")
    page.get_by_label("Nom de l’association").fill(NAME)
    for label, value in (
        ("Département", "2A"),
        ("Forme juridique", "association-1901"),
        ("Taille", "salaries-0-50k"),
    ):
        page.get_by_label(label).select_option(value)
    page.get_by_role("button", name="Créer l’association").click()
    page.get_by_role("link", name="Modifier la fiche").click()
    expect(page.locator("#fermer")).to_contain_text("quatorze jours")
    page.get_by_role("link", name="Fermer l’association").click()
    if "reauthenticate" in page.url:
        page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
        page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/fermer/$"))
    check_screen(page)
    page.get_by_role("button", name="Fermer dans 14 jours").click()
    expect(page.locator("main")).to_contain_text("Écrivez le nom de l’association pour confirmer")
    check_screen(page, "without its name")
    page.get_by_label("Écrivez le nom de l’association").fill("les volets de l'écluse")
    page.get_by_role("button", name="Fermer dans 14 jours").dblclick()
    expect(page.locator("#fermeture")).to_contain_text("Cette association ferme le")
    check_screen(page, "about to close")
    assert "sera effacé" in last_mail(stack, "ferme@exemple.fr")
    page.get_by_role("link", name="Modifier la fiche").click()
    page.get_by_role("link", name="Fermer l’association").click()
    check_screen(page, "asked")
    page.get_by_role("button", name="Annuler la fermeture").click()
    expect(page.locator("main")).to_contain_text("rien n’a été effacé")
    expect(page.locator("#fermeture")).to_have_count(0)
