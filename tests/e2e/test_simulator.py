"""The référente gives a scenario its figures: accounts of step 3, three hypotheses, a slider, the value kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.method import add, box, open_new, write
from tests.e2e.people import sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
YEAR = {
    "ventes": "74500",
    "subv_departement": "38000",
    "dons": "9200",
    "payroll": "82000",
    "purchases": "27900",
}
SETTINGS = {
    "treasury": "21300",
    "equity": "18600",
    "receivables": "6000",
    "payables": "4000",
    "hour_value": "16",
}


def lead(page: Page, stack: Stack, email: str) -> str:
    """A person, her association, and her démarche."""
    sign_up(page, stack, email, "Simone Avenir")
    page.goto("/organisations/nouvelle/")
    page.get_by_label("Nom de l’association").fill(f"Les Lendemains de {email.split('@')[0]}")
    page.get_by_label("Département").select_option("58")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("salaries-50k-200k")
    page.get_by_role("button", name="Créer l’association").click()
    return open_new(page, "Essayer demain")


def first_accounts(page: Page, at: str) -> None:
    """Step 3: one exercise of the whole."""
    page.goto(f"{at}outils/photographie/")
    add(page, "year", "2025")
    for code, amount in YEAR.items():
        write(page, code, amount)


def hypothesis(page: Page, sort: str, name: str, **fields: str) -> None:
    """Its sort first, then its own questions."""
    page.locator("#ajouter-hypothesis summary").click()
    page.get_by_role("radio", name=re.compile(f"^{sort}")).check()
    page.get_by_label("Son nom").fill(name)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?ouvrir="))
    for code, value in fields.items():
        write(page, code, value)


def test_from_the_accounts_to_the_value_that_is_kept(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    at = lead(page, stack, "simone.avenir@exemple.fr")
    page.goto(f"{at}simulateur/")
    expect(page.locator("main")).to_contain_text("Le calcul part des comptes de l’étape 3.")
    check_screen(page, "no accounts")
    first_accounts(page, at)
    page.goto(f"{at}simulateur/")
    for code, value in SETTINGS.items():
        write(page, code, value)
    write(page, "years", "5")
    write(page, "delay_public", "3")
    check_screen(page, "accounts only")

    page.goto(f"{at}outils/cible/")
    add(page, "scenario", "Le département se retire")
    page.get_by_role("link", name="Chiffrer ce scénario").click()
    expect(page.locator(".sim-phrase")).to_contain_text("En 2030, ce futur donne un excédent de")
    check_screen(page, "no hypothesis")
    hypothesis(
        page,
        "Financeur perdu",
        "La subvention baisse",
        nature="département",
        mid="20000",
        low="12000",
        high="38000",
    )
    # What is read on the page follows what is typed in it.
    expect(page.locator(".sim-phrase")).to_contain_text("un déficit de 8 200 €")
    expect(page.locator(".hyp")).to_contain_text("20 000 € par an, entre 12 000 et 38 000")
    expect(page.locator("#hypotheses")).not_to_contain_text("Il manque")
    check_screen(page, "a hypothesis open")
    expect(page.locator("#curseurs input[type=range]")).to_have_count(1)
    hypothesis(page, "Générosité", "Une campagne de dons", mid="9000", low="3000", high="12000", once="1500")
    hypothesis(
        page, "Alliance nouvelle", "Un local à trois", mid="80", low="40", high="100", avoided="6000", given="4000",
        levered="5000", engineering="1500",
    )  # fmt: skip
    page.get_by_role("link", name="Refermer").click()
    expect(page.locator(".sim-phrase")).to_contain_text("un excédent de 8 100 €")
    expect(page.locator("#alliances")).to_contain_text("7 € pour 1 €")
    check_screen(page, "three hypotheses")
    page.locator("#ajouter-hypothesis summary").click()
    check_screen(page, "adding")

    slider = page.get_by_role("slider", name="La subvention baisse")
    before = page.locator(".sim-phrase").inner_text()
    slider.focus()
    with page.expect_response(re.compile("/essai/")) as tried:
        slider.press("Home")
    assert tried.value.status == 200
    expect(page.locator(".sim-phrase")).not_to_have_text(before)
    expect(page.locator("#curseurs")).to_contain_text("12 000 € par an")
    after = page.locator(".sim-phrase").inner_text()
    page.reload()  # nothing was written
    expect(page.locator(".sim-phrase")).to_have_text(before)
    slider.focus()
    slider.press("Home")
    expect(page.locator(".sim-phrase")).to_have_text(after)
    check_screen(page, "trying")
    page.get_by_role("button", name="Garder cette valeur : La subvention baisse").click()
    expect(page.get_by_role("status").first).to_contain_text("la valeur la plus probable est changée")
    expect(page.locator(".sim-phrase")).to_have_text(after)
    page.goto(f"{at}simulateur/")
    expect(page.locator(".sim-compare")).to_contain_text("Sans hypothèse")
    expect(page.locator(".sim-compare")).to_contain_text("Le département se retire")
    check_screen(page, "compared")


def test_without_script_the_form_counts_again_and_keeps(new_context: NewContext, stack: Stack) -> None:
    scripted = new_context().new_page()
    at = lead(scripted, stack, "sam.sansscript@exemple.fr")
    first_accounts(scripted, at)
    scripted.goto(f"{at}outils/cible/")
    add(scripted, "scenario", "Plus d’adhésions")
    scripted.get_by_role("link", name="Chiffrer ce scénario").click()
    hypothesis(scripted, "Adhésions", "Cent membres", mid="100", low="20", high="150", each="15")
    expect(box(scripted, "each").locator("[data-said]")).to_have_text("Enregistré.")
    address = scripted.url.split("?")[0]

    page = new_context(java_script_enabled=False, storage_state=scripted.context.storage_state()).new_page()
    page.goto(address)
    before = page.locator(".sim-phrase").inner_text()
    slider = page.get_by_role("slider", name="Cent membres")
    slider.focus()
    slider.press("Home")
    page.get_by_role("button", name="Recalculer").click()
    assert page.locator(".sim-phrase").inner_text() != before
    expect(page.locator("#curseurs output").first).to_have_text(re.compile("20.membres"))
    page.get_by_role("button", name=re.compile("Garder cette valeur")).click()
    expect(page.get_by_role("status").first).to_contain_text("la valeur la plus probable est changée")
    page.get_by_role("link", name=re.compile("^Modifier")).click()
    expect(page.locator("[name=v-mid]")).to_have_value("20")
    page.locator("[name=v-mid]").fill("30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_url(re.compile("/simulateur/"))
    expect(page.locator("#liste")).to_contain_text("30 membres")
