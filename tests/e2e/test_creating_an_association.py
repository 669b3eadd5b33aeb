"""Step 2: an association by SIREN, by RNA, by name alone; with the public directory and without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.directory import Directory
from tests.e2e.people import SPACE, mailed_path, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
SIREN, RNA = "732 829 320", "W583004126"


@pytest.fixture
def broken_directory(directory: Directory) -> Iterator[None]:
    directory.status = 503
    yield
    directory.status = 200


def fill_sheet(page: Page, **typed: str) -> None:
    labels = {"name": "Nom de l’association", "siren": "SIREN ou SIRET", "rna": "Numéro RNA"}
    for key, value in typed.items():
        page.get_by_label(labels[key]).fill(value)
    page.get_by_label("Département").select_option("58")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("salaries-50k-200k")


def create(page: Page) -> None:
    page.get_by_role("button", name="Créer l’association").click()


def fragilities(page: Page) -> list[str]:
    boxes = page.locator("input[name=fragilities]")
    return boxes.evaluate_all("boxes => boxes.map(box => box.value)")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_by_number_found_in_the_directory_with_three_fragilities(
    new_context: NewContext, stack: Stack, phone: bool
) -> None:
    page = new_context(phone=phone).new_page()
    sign_up(page, stack, f"toits.{'tel' if phone else 'ordi'}@exemple.fr", "Tess Toits")
    page.get_by_role("link", name="Créer votre association").click()
    check_screen(page)
    create(page)
    expect(page.get_by_label("Nom de l’association")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.goto("/organisations/nouvelle/")
    page.get_by_label("Nom, ville ou numéro").fill("toits du canal")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="LES TOITS DU CANAL").click()
    expect(page.get_by_label("SIREN ou SIRET")).to_have_value(re.compile("732"))
    check_screen(page, "filled from the directory")
    for value in fragilities(page)[:4]:
        page.locator(f"input[name=fragilities][value={value}]").check()
    fill_sheet(page)
    page.get_by_label("SIREN ou SIRET").fill("732 829 321")
    create(page)
    expect(page.get_by_label("SIREN ou SIRET")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main")).to_contain_text("Gardez-en 3 au plus")
    expect(page.locator("input[name=fragilities]:checked")).to_have_count(4)
    check_screen(page, "wrong number, too many choices")
    page.locator("input[name=fragilities]:checked").last.uncheck()
    page.get_by_label("SIREN ou SIRET").fill(SIREN)
    create(page)
    if phone:
        expect(page).to_have_url(SPACE)
        expect(page.locator("main")).to_contain_text("732\u202f829\u202f320")
        check_screen(page, "no campaign yet")
        return
    expect(page.locator("main")).to_contain_text("existe déjà ici")
    check_screen(page, "number already here")
    page.get_by_role("button", name="Continuer avec le nom seul").click()
    expect(page).to_have_url(SPACE)


def test_by_rna_then_corrected(page: Page, stack: Stack) -> None:
    sign_up(page, stack, "passerelles@exemple.fr", "Pia Passerelles")
    page.goto("/organisations/nouvelle/")
    fill_sheet(page, name="Passerelles", rna="W12")
    create(page)
    expect(page.get_by_label("Numéro RNA")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Nom de l’association")).to_have_value("Passerelles")
    page.get_by_label("Numéro RNA").fill("w 751 234 567")
    create(page)
    expect(page).to_have_url(SPACE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Passerelles")
    page.get_by_role("link", name="Modifier la fiche").click()
    expect(page.get_by_label("Numéro RNA")).to_have_value(re.compile("W751234567"))
    check_screen(page)
    page.get_by_label("Nom de l’association").fill("")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    check_screen(page, "refused")


@pytest.mark.usefixtures("broken_directory")
def test_by_name_alone_while_the_directory_is_silent(page: Page, stack: Stack) -> None:
    sign_up(page, stack, "sentiers@exemple.fr", "Sacha Sentiers")
    page.goto("/organisations/nouvelle/")
    page.get_by_label("Nom de l’association").fill("Sentiers")
    page.get_by_label("Nom, ville ou numéro").fill("une panne")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("#annuaire")).to_contain_text("L’annuaire ne répond pas")
    check_screen(page, "directory silent")
    page.goto("/organisations/annuaire/?q=une+panne")
    expect(page.locator("#annuaire")).to_contain_text("L’annuaire ne répond pas")
    check_screen(page, "directory silent, without script")
    fill_sheet(page, name="Sentiers")
    create(page)
    expect(page).to_have_url(SPACE)


def test_a_colleague_is_invited_to_the_association_and_accepts(
    new_context: NewContext, page_of: Callable[..., Page], stack: Stack
) -> None:
    admin = page_of("numerique")
    admin.goto("/espace/")
    admin.get_by_role("link", name="Membres et invitations").click()
    check_screen(admin, "alone")
    admin.get_by_role("button", name="Envoyer l’invitation").click()
    expect(admin.get_by_label("Adresse électronique")).to_have_attribute("aria-invalid", "true")
    check_screen(admin, "invitation refused")
    admin.get_by_label("Adresse électronique").fill("collegue@exemple.fr")
    admin.get_by_role("button", name="Envoyer l’invitation").click()
    expect(admin.locator("main")).to_contain_text("Invitations en attente")
    check_screen(admin, "invitation sent")

    page = new_context(phone=True).new_page()
    link = mailed_path(stack, "collegue@exemple.fr")
    page.goto(link)
    check_screen(page, "signed out")
    page.get_by_role("link", name="Créer un compte").click()
    sign_up(page, stack, "collegue@exemple.fr", "Colin Collègue")
    expect(page).to_have_url(re.compile(re.escape(link)))
    check_screen(page, "hers")
    page.goto("/espace/")
    check_screen(page, "invited")
    page.goto(link)
    page.get_by_role("button", name="Rejoindre l’association").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cap Numérique Réunion")
    page.goto(link)
    check_screen(page, "already a member")

    admin.reload()
    admin.locator("main summary").last.click()
    check_screen(admin, "removal unfolded")
    admin.goto(link)
    check_screen(admin, "already served")
    admin.goto("/invitations/inconnue/")
    check_screen(admin, "unknown")


def test_a_member_without_the_role_is_told_so(page_of: Callable[..., Page]) -> None:
    page = page_of("equipe")
    page.goto("/espace/")
    check_screen(page, "member")
    page.get_by_role("link", name="Membres et invitations").click()
    check_screen(page, "member")
    page.goto(page.url.replace("/membres/", "/modifier/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre rôle ne permet pas cela")
    check_screen(page, "forbidden")
