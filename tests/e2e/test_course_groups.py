"""A group from its opening to its table: a leader, a learner who keeps her name to herself, then shows it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import last_mail, sign_up
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
GROUP = re.compile(r"/se-former/groupes/[0-9a-f-]{36}/$")
NUMBER = re.compile(r"^Participante ou participant\s\d{2}")


def open_group(page: Page, name: str) -> None:
    """Her association by its name alone, then the group."""
    page.goto("/se-former/groupes/nouveau/")
    page.get_by_label("Nom de l’association").fill("Les Ateliers du Pont")
    page.get_by_label("Département").select_option("2A")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("salaries-0-50k")
    page.get_by_role("button", name="Créer l’association").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les Ateliers du Pont")
    page.goto("/se-former/groupes/")
    page.get_by_role("link", name="Ouvrir un groupe").click()
    check_screen(page)
    page.get_by_label("Date visée").fill("2020-01-01")
    page.get_by_role("button", name="Ouvrir le groupe").click()
    expect(page.get_by_label("Nom du groupe")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.get_by_label("Nom du groupe").fill(name)
    page.get_by_label("Mot d’accueil").fill("Une étape par semaine, et l’on en parle le jeudi midi.")
    page.get_by_label("Date visée").fill("2040-03-01")
    page.get_by_role("button", name="Ouvrir le groupe").click()
    expect(page).to_have_url(GROUP)
    check_screen(page, "nobody yet")


def join(page: Page, stack: Stack, link: str, email: str, name: str) -> None:
    """By the link, as a visitor without account."""
    page.goto(link)
    check_screen(page, "visitor")
    page.get_by_role("link", name="Créer mon compte").click()
    sign_up(page, stack, email, name)
    expect(page).to_have_url(re.compile("/rejoindre/"))
    expect(page.get_by_label(re.compile("Mon nom est visible par"))).not_to_be_checked()
    check_screen(page, "signed in")
    page.get_by_role("button", name="Rejoindre le groupe").click()
    expect(page).to_have_url(GROUP)


def declare(page: Page, number: int) -> None:
    page.goto(f"/se-former/etapes/etape-{number}/")
    page.get_by_role("button", name="marquer l’étape comme faite").click()
    page.wait_for_load_state()


def test_a_group_from_its_opening_to_its_table(new_context: NewContext, stack: Stack) -> None:
    desk = new_context().new_page()
    sign_up(desk, stack, "chloe.mene@exemple.fr", "Chloé Chêne")
    open_group(desk, "Le relais du printemps")
    group, link = desk.url, desk.locator("#join-url").input_value()
    desk.get_by_role("button", name="Copier le lien").wait_for()

    phone = new_context(phone=True).new_page()
    join(phone, stack, link, "nadia.suit@exemple.fr", "Nadia Benali")
    check_screen(phone, "member")
    declare(phone, 1)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("Cette personne ne montre pas son nom.")
    expect(desk.locator("main")).not_to_contain_text("Nadia")
    check_screen(desk, "one without a name")

    for rank in range(2):
        other = new_context().new_page()
        join(other, stack, link, f"autre{rank}.suit@exemple.fr", f"Autre {rank}")
    desk.reload()
    expect(desk.get_by_role("rowheader", name=NUMBER)).to_have_count(3)
    expect(desk.locator("main")).not_to_contain_text("Nadia")
    expect(desk.locator("main")).not_to_contain_text("Autre")
    expect(desk.get_by_role("row", name=re.compile("terminée.*1 sur 7"))).to_have_count(1)
    check_screen(desk, "numbers")

    phone.goto(group)
    phone.get_by_role("button", name="Montrer mon nom").click()
    expect(phone.get_by_role("status")).to_contain_text("Votre nom est visible")
    check_screen(phone, "name shown")
    desk.reload()
    expect(desk.get_by_role("row", name=re.compile("^Nadia Benali terminée.*1 sur 7"))).to_be_visible()
    expect(desk.get_by_role("rowheader")).to_have_count(1)
    check_screen(desk, "a name, and two without")
    for extension in ("CSV", "XLSX", "ODS"):
        with desk.expect_download() as download:
            desk.get_by_role("link", name=extension, exact=True).click()
        assert download.value.suggested_filename == f"groupe-le-relais-du-printemps.{extension.lower()}"
    digest_stops(phone, stack)
    leader_closes(desk, phone, link)


def digest_stops(phone: Page, stack: Stack) -> None:
    """The mail of Monday, as beat sends it, and its link."""
    stack.manage(
        "shell", "--verbosity", "0", "-c", "from apps.course.groups.digest import *; assert send_round()"
    )
    mail = last_mail(stack, "nadia.suit@exemple.fr")
    assert "Vous avez terminé 1\u00a0étape sur 7" in mail
    assert "/se-former/etapes/" in mail
    assert "3\u00a0personnes" in last_mail(stack, "chloe.mene@exemple.fr")
    found = re.search(r"(/se-former/courriel-du-lundi/\S+)", mail)
    assert found
    phone.goto(found[1])
    check_screen(phone)
    phone.get_by_role("button", name="Arrêter ce courriel").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("C’est arrêté.")
    check_screen(phone, "stopped")
    phone.goto(found[1][:-2] + "/")
    check_screen(phone, "unknown")
    phone.goto("/se-former/groupes/")
    expect(phone.locator("main")).to_contain_text("Vous avez arrêté ce courriel.")
    check_screen(phone, "in a group")
    with phone.expect_download() as download:
        phone.evaluate("location.href = '/se-former/releves.jsonl'")
    assert download.value.suggested_filename == "mon-parcours.jsonl"


def leader_closes(desk: Page, phone: Page, link: str) -> None:
    desk.get_by_text("Changer le code", exact=True).click()
    desk.get_by_text("Fermer le groupe", exact=True).first.click()
    check_screen(desk, "unfolded")
    desk.get_by_role("button", name="Tirer un autre code").click()
    expect(desk.get_by_role("status").first).to_contain_text("Le code est changé")
    renewed = desk.locator("#join-url").input_value()
    assert renewed != link
    desk.get_by_role("link", name="Modifier le nom").click()
    check_screen(desk)
    desk.get_by_label("Nom du groupe").fill("Le relais de l’été")
    desk.get_by_role("button", name="Enregistrer").click()
    desk.get_by_text("Fermer le groupe", exact=True).first.click()
    desk.get_by_role("button", name="Fermer le groupe").click()
    expect(desk.locator("main")).to_contain_text("Groupe fermé le")
    check_screen(desk, "closed")
    desk.goto("/se-former/groupes/")
    check_screen(desk, "leader")
    phone.goto("/se-former/groupes/")
    phone.get_by_role("link", name="Le relais de l’été").click()
    check_screen(phone, "closed, member")
    phone.get_by_text("Quitter le groupe", exact=True).click()
    phone.get_by_role("button", name="Quitter «").click()
    expect(phone.get_by_role("status")).to_contain_text("Vous avez quitté")
    phone.goto(renewed)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ce groupe est fermé.")
    check_screen(phone, "closed")


def test_a_visitor_types_a_code_without_script(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/se-former/groupes/")
    page.get_by_label("Code du groupe").fill("BCDFGH")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Code du groupe")).to_have_value("BCDFGH")
    expect(page.get_by_label("Code du groupe")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".error")).to_contain_text("Aucun groupe n’a ce code.")


@pytest.mark.parametrize("path", ["/se-former/groupes/", "/se-former/groupes/rejoindre/"])
def test_a_public_screen_is_light(new_context: NewContext, path: str) -> None:
    page = new_context().new_page()
    with Weight.of(page) as weight:
        page.goto(path, wait_until="networkidle")
    check_screen(page)
    weight.check()
