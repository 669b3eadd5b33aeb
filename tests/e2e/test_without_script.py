"""The whole journey with JavaScript disabled: forms and links do everything, only less smoothly."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import mailed_path, sign_up
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def test_from_sign_up_to_the_report(new_context: NewContext, stack: Stack) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_up(page, stack, "sans.script@exemple.fr", "Sana Sans")
    page.get_by_role("link", name="Créer votre association").click()
    page.get_by_label("Nom, ville ou numéro").fill("toits du canal")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="LES TOITS DU CANAL").click()
    page.get_by_label("SIREN ou SIRET").fill("")
    page.get_by_label("Numéro RNA").fill("")
    page.get_by_label("Taille").select_option("salaries-0-50k")
    page.get_by_role("button", name="Créer l’association").click()
    page.get_by_role("link", name="Ouvrir une campagne").click()
    page.get_by_role("button", name="Ouvrir la campagne").click()
    campaign = page.url
    page.get_by_role("link", name="Répondre", exact=True).click()
    page.get_by_role("button", name="Commencer").click()
    answer_all(page, 2)
    page.get_by_role("button", name="Terminer ma copie").click()
    page.get_by_role("link", name="Voir où en est la campagne").click()
    page.get_by_role("link", name="Inviter par courriel").click()
    page.get_by_label("Adresse électronique").first.fill("sans.script.invite@exemple.fr")
    page.get_by_role("button", name="Envoyer les invitations").click()

    guest = new_context(java_script_enabled=False, phone=True).new_page()
    guest.goto(mailed_path(stack, "sans.script.invite@exemple.fr"))
    guest.get_by_role("button", name="Commencer").click()
    guest.get_by_role("link", name="Commencer").click()
    choose(guest, 1)
    expect(guest).to_have_url(re.compile("/A2/$"))

    page.goto(campaign + "finances/2024/")
    page.get_by_label("Total des charges").fill("12 500")
    page.get_by_role("button", name="Enregistrer l’exercice").click()
    expect(page.locator("tbody")).to_contain_text("12\u202f500")
    page.goto(campaign + "clore/")
    page.get_by_role("button", name="Clore et voir le résultat").click()
    page.get_by_role("button", name="Préparer le rapport").click()
    download_after_refreshing(page)


def answer_all(page: Page, level: int) -> None:
    page.get_by_role("link", name="Commencer").click()
    for _ in range(36):
        choose(page, level)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tout est répondu")


def choose(page: Page, level: int) -> None:
    """A radio and its button: the answer leaves with « Énoncé suivant »."""
    page.locator("label.opt").nth(level).click()
    page.locator("form.statement .btn-row button").click()


def download_after_refreshing(page: Page) -> None:
    download = page.get_by_role("link", name="Télécharger le rapport")
    for _ in range(40):
        if download.count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Actualiser").click()
    with page.expect_download() as received:
        download.click()
    assert received.value.path().read_bytes().startswith(b"%PDF-")
