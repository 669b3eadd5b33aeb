"""A team votes on two scenarios, its lead writes the choice down, and the chosen one fills the roadmap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.method import add, take, write
from tests.e2e.screens import check_screen
from tests.e2e.test_simulator import first_accounts, hypothesis, lead
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def scenario(page: Page, at: str, name: str) -> None:
    page.goto(f"{at}outils/cible/")
    add(page, "scenario", name)
    page.get_by_role("link", name="Chiffrer ce scénario").click()
    expect(page).to_have_url(re.compile("/simulateur/"))


def card(page: Page, name: str) -> str:
    return page.locator("section.choose", has_text=name).first.get_attribute("id") or ""


def test_from_the_vote_to_the_roadmap(new_context: NewContext, stack: Stack, tmp_path: Path) -> None:
    page = new_context().new_page()
    at = lead(page, stack, "odile.urne@exemple.fr")
    page.goto(f"{at}simulateur/choisir/")
    check_screen(page, "no scenario")
    page.goto(f"{at}simulateur/feuille-de-route/")
    check_screen(page, "nothing chosen")
    first_accounts(page, at)
    scenario(page, at, "Tenir bon")
    scenario(page, at, "Grandir à deux")
    hypothesis(
        page, "Embauche", "Animatrice", mid="24000", low="23000", high="26000", fte="1", employer_rate="40",
        starts="2027-09-01",
    )  # fmt: skip
    hypothesis(page, "Financeur gagné", "La fondation du Port", nature="Fondations", mid="30000", low="10000")

    page.goto(f"{at}simulateur/choisir/")
    check_screen(page, "nobody voted")
    one = page.locator(f"#{card(page, 'Grandir à deux')}")
    one.get_by_label("J’ai une objection").check()
    one.get_by_role("button", name="Donner ma voix").click()
    expect(page.get_by_role("alert").first).to_contain_text("Dites ce qui vous gêne")
    check_screen(page, "an objection without its reason")
    one = page.locator(f"#{card(page, 'Grandir à deux')}")
    expect(one.get_by_label("J’ai une objection")).to_be_checked()
    one.get_by_label("Pourquoi", exact=True).fill("Un seul poste, et personne pour le remplacer.")
    one.get_by_role("button", name="Donner ma voix").click()
    expect(page.locator("main")).to_contain_text("Un seul poste, et personne pour le remplacer.")
    two = page.locator(f"#{card(page, 'Tenir bon')}")
    two.get_by_label("Je peux vivre avec").check()
    two.get_by_role("button", name="Donner ma voix").click()
    expect(page.locator("main")).to_contain_text("1 personne peut vivre avec")

    page.get_by_role("link", name="2. Grandir à deux", exact=True).click()
    page.get_by_role("link", name=re.compile("La fondation du Port")).first.click()
    write(page, "mid", "40000")
    page.goto(f"{at}simulateur/choisir/")
    expect(page.locator("main")).to_contain_text("1 hypothèse a changé depuis")
    page.locator("details summary", has_text="Les voix par rôle").first.click()
    one = page.locator(f"#{card(page, 'Grandir à deux')}")
    one.locator("summary", has_text="Retenir ce scénario").click()
    check_screen(page, "votes, and a choice to write")
    one.get_by_label("Qui a décidé").fill("le conseil d’administration")
    one.get_by_role("button", name="Retenir ce scénario").click()
    expect(page.locator("#retenu")).to_contain_text("Grandir à deux")
    check_screen(page, "chosen")

    page.get_by_role("link", name="Préparer la feuille de route").click()
    page.get_by_label("Recruter « Animatrice »", exact=True).check()
    page.get_by_label("Action : Recruter « Animatrice »").fill("")
    page.get_by_role("button", name="Ajouter ce qui est coché").click()
    expect(page.locator("main")).to_contain_text("Donnez un nom.")
    check_screen(page, "a name is missing")
    page.get_by_label("Action : Recruter « Animatrice »").fill("Recruter notre animatrice")
    page.get_by_label("Résultat de l’exercice", exact=True).check()
    page.get_by_role("button", name="Ajouter ce qui est coché").click()
    expect(page.locator("main")).to_contain_text("2 éléments sont ajoutés")
    expect(page.locator("main")).to_contain_text("Recruter notre animatrice")
    page.goto(f"{at}simulateur/feuille-de-route/")
    expect(page.locator("main")).to_contain_text("Déjà ajouté")
    check_screen(page, "some are there")

    page.goto(f"{at}simulateur/choisir/")
    page.get_by_role("button", name="Préparer : Le classeur, pour un tableur").click()
    assert len(load_workbook(take(page, tmp_path)).sheetnames) > 5
