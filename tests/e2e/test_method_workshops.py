"""A workshop: a lead at her console, the wall of the room, a guest on a phone, another without network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.screens import SHOTS, check_screen
from tests.e2e.watch import Watch

pytestmark = pytest.mark.e2e
SOON = 2000  # milliseconds: what one does is on every screen within two seconds
QUESTION = "Que pourrions-nous faire autrement ?"


def open_workshop(desk: Page, *, names: bool = False) -> str:
    """From a new démarche to the console; the code."""
    desk.goto("/agir/demarches/nouvelle/")
    desk.get_by_label("Nom de la démarche").fill("Vers 2029")
    desk.get_by_role("button", name="Ouvrir la démarche").click()
    expect(desk).to_have_url(re.compile(r"/agir/demarches/[0-9a-f-]{36}/"))
    engagement = re.search(r"/agir/demarches/[0-9a-f-]{36}/", desk.url)
    assert engagement
    desk.goto(f"{engagement[0]}ateliers/")
    check_screen(desk, "before")
    desk.get_by_role("link", name="Ouvrir un premier atelier").click()
    desk.get_by_label("Nom de l’atelier").fill("Atelier des leviers")
    desk.get_by_role("button", name="Ouvrir l’atelier").click()
    expect(desk.get_by_label("Question posée")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Question posée").fill(QUESTION)
    if names:
        desk.get_by_text("Les noms s’affichent à la table").click()
    desk.get_by_role("button", name="Ouvrir l’atelier").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Atelier des leviers")
    return desk.locator("p.code").inner_text()


def press_twice(page: Page, button: Locator, then: Locator) -> None:
    """A double click slow enough for the answer to come between its two presses: the second lands on ``then``."""
    button.hover()
    page.mouse.down()
    page.mouse.up()
    expect(then).to_be_visible(timeout=SOON)
    then.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)


def come_in(phone: Page, code: str, name: str, role: str) -> None:
    phone.goto(f"/atelier/{code}/")
    phone.get_by_label("Votre prénom ou votre nom").fill(name)
    phone.get_by_label("Votre rôle").fill(role)
    phone.get_by_role("button", name="Prendre place").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("Que pourrions-nous"))


def write(phone: Page, text: str, pillar: str = "") -> None:
    phone.get_by_label("Une idée par carte").fill(text)
    if pillar:
        phone.locator("#pilier").select_option(pillar)
    phone.get_by_role("button", name="Ajouter la carte").click()


def picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"atelier-{name}.png", full_page=True, caret="initial")


def test_a_table_writes_groups_votes_and_keeps(
    page_of: Callable[..., Page], new_context: NewContext, watch: Watch
) -> None:
    desk = page_of("referente")
    code = open_workshop(desk)
    check_screen(desk, "ready")
    wall = desk.context.new_page()
    wall.goto(desk.url + "ecran/")
    expect(wall.locator(".code")).to_have_text(code)
    check_screen(wall, "ready")

    first = new_context(phone=True).new_page()
    first.goto("/atelier/")
    check_screen(first)
    first.get_by_label("Code de l’atelier").fill("zzzzzz")
    first.get_by_role("button", name="Continuer").click()
    expect(first.get_by_label("Code de l’atelier")).to_have_attribute("aria-invalid", "true")
    check_screen(first, "unknown")
    first.get_by_label("Code de l’atelier").fill(f" {code[:3].lower()} {code[3:].lower()}")
    first.get_by_role("button", name="Continuer").click()
    check_screen(first, "door")
    first.get_by_role("button", name="Prendre place").click()
    expect(first.get_by_label("Votre rôle")).to_have_attribute("aria-invalid", "true")
    come_in(first, code, "Zoé", "voisine")
    check_screen(first, "waiting")
    other = new_context(phone=True)
    second = other.new_page()
    come_in(second, code, "Bob", "élu")
    expect(wall.locator(".people-line b")).to_have_text(re.compile(r"^2\s+personnes$"), timeout=SOON)

    # the silent round
    press_twice(
        desk, desk.locator("#avant"), desk.get_by_role("button", name="Montrer les cartes et rapprocher")
    )
    expect(first.get_by_label("Une idée par carte")).to_be_visible(timeout=SOON)
    desk.locator("#minutes").fill("7")
    desk.get_by_role("button", name="Lancer", exact=True).click()
    expect(wall.locator(".timer b")).to_have_text(re.compile(r"^6:5\d$"), timeout=SOON)
    expect(first.locator(".timer b")).to_have_text(re.compile(r"^6:5\d$"), timeout=SOON)
    first.get_by_label("Une idée par carte").fill("Encore en train d’écrire")
    second.get_by_role("button", name="J’ai fini d’écrire").click()
    expect(first.locator(".people-line")).to_contain_text("1 a fini d’écrire", timeout=SOON)
    expect(first.get_by_label("Une idée par carte")).to_have_value("Encore en train d’écrire")
    write(first, "Partager un local avec la ressourcerie", "alliances")
    write(first, "Former trois bénévoles à l’accueil", "human")
    expect(first.locator(".slips.own > li")).to_have_count(2)
    check_screen(first, "writing")
    expect(desk.locator("#console")).not_to_contain_text("ressourcerie")
    check_screen(desk, "writing")

    # without network
    watch.may_be_offline = True
    other.set_offline(True)
    write(second, "Louer la salle le soir")
    expect(second.locator("#attente")).to_contain_text("Louer la salle le soir")
    expect(second.locator("#horsligne")).to_be_visible()
    picture(second, "hors-ligne")
    second.get_by_label("Une idée par carte").fill("Resté dans le champ")
    desk.get_by_role("button", name="Montrer les cartes et rapprocher").click()
    other.set_offline(False)
    expect(desk.locator(".slips > li")).to_have_count(3, timeout=15_000)
    expect(second.locator("#attente")).to_be_hidden()
    expect(second.locator("#avance")).to_be_visible(timeout=SOON * 2)
    expect(second.get_by_label("Une idée par carte")).to_have_value("Resté dans le champ")
    picture(second, "texte-garde")
    second.get_by_role("button", name="Ajouter la carte").click()
    expect(second.get_by_role("heading", name="On rapproche")).to_be_visible(timeout=SOON * 2)
    expect(desk.locator(".slips > li")).to_have_count(4, timeout=SOON)

    # putting cards together: ticked on a phone, dragged on the desk
    for words in ("Partager un local", "Louer la salle"):
        first.get_by_label(re.compile(words)).check()
    expect(first.locator("[data-ticked]")).to_have_text("(2)")
    check_screen(first, "grouping")
    first.get_by_label("ou un nouveau groupe").fill("Les locaux")
    first.get_by_role("button", name="Placer").click()
    expect(desk.get_by_role("heading", name="Les locaux")).to_be_visible(timeout=SOON)
    desk.get_by_label(re.compile("Former trois")).check()
    second.get_by_label(re.compile("Resté dans")).check()
    second.get_by_label("ou un nouveau groupe").fill("À relire")
    second.get_by_role("button", name="Placer").click()
    expect(desk.get_by_role("heading", name="À relire")).to_be_visible(timeout=SOON)
    expect(desk.get_by_label(re.compile("Former trois"))).to_be_checked()
    desk.get_by_label(re.compile("Former trois")).uncheck()
    check_screen(desk, "grouping")
    desk.locator(".pick", has_text="Resté dans").drag_to(desk.locator(".pile", has_text="Les locaux"))
    expect(first.locator(".pile", has_text="Les locaux").locator(".pick")).to_have_count(3, timeout=SOON)
    desk.locator(".pile", has_text="À relire").get_by_text("Renommer").click()
    desk.locator(".pile", has_text="À relire").get_by_role("button", name="Retirer ce groupe vide").click()
    expect(first.get_by_role("heading", name="À relire")).to_have_count(0, timeout=SOON)
    check_screen(wall, "grouping")

    # dots, with the keyboard
    desk.get_by_role("button", name="Ouvrir le vote").click()
    more = first.get_by_role("button", name="Poser une pastille sur « Les locaux »")
    expect(more).to_be_visible(timeout=SOON)
    for placed in range(1, 4):
        more.press("Enter")
        expect(
            first.locator(".own-dots b").nth(
                0 if first.locator(".ballots h3").nth(0).inner_text() == "Les locaux" else 1
            )
        ).to_have_text(str(placed))
        expect(more).to_be_focused()
    expect(first.get_by_text("Il vous reste 2")).to_be_visible()
    check_screen(first, "voting")
    expect(desk.locator("#console")).not_to_contain_text("3 pastilles")
    check_screen(desk, "voting")

    # what is kept
    desk.get_by_role("button", name="Fermer le vote et discuter").click()
    expect(wall.locator(".verdict").first).to_contain_text("Les locaux", timeout=SOON)
    check_screen(wall, "talking")
    desk.get_by_label("Ce qui se dit de « Les locaux »").fill("À voir avec la mairie")
    desk.get_by_role("button", name="Enregistrer la note : Les locaux").click()
    expect(first.locator(".verdict").first).to_contain_text("À voir avec la mairie", timeout=SOON)
    desk.get_by_role("button", name="Garder : Les locaux").click()
    desk.get_by_role("button", name=re.compile("levier à ajouter")).click()
    expect(desk.locator(".verdict.kept")).to_contain_text("déjà dans l’outil")
    check_screen(first, "talking")
    check_screen(desk, "talking")

    # the end
    desk.get_by_text("Terminer cet atelier").click()
    desk.get_by_role("button", name="Terminer et passer au compte rendu").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Cette table est fermée.", timeout=SOON)
    check_screen(first, "over")
    desk.get_by_label("Ce que la table retient").fill("Nous essayons un an, avec la ressourcerie.")
    check_screen(desk, "writing")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.locator(".said").first).to_contain_text("Nous essayons un an")
    expect(desk.locator("main")).not_to_contain_text("Zoé")
    check_screen(desk, "over")
    desk.get_by_role("button", name="Préparer le PDF").click()
    expect(desk.get_by_role("link", name=re.compile("Télécharger|Ouvrir")).first).to_be_visible(
        timeout=40_000
    )
    second.reload()
    expect(second.get_by_role("heading", level=1)).to_have_text("Entrez le code de l’atelier.")


def test_a_guest_without_script_does_it_all(page_of: Callable[..., Page], new_context: NewContext) -> None:
    desk = page_of("referente")
    code = open_workshop(desk, names=True)
    desk.get_by_role("button", name="Lancer l’écriture en silence").click()
    expect(desk.locator(".to-do")).to_contain_text("Personne ne parle")
    guest = new_context(phone=True, java_script_enabled=False).new_page()
    come_in(guest, code, "Zoé", "voisine")
    for text in ("Une idée", "Une autre"):
        write(guest, text)
    expect(guest.locator(".slips.own > li")).to_have_count(2)
    desk.get_by_role("button", name="Montrer les cartes et rapprocher").click()
    expect(desk.locator(".slips > li").first).to_contain_text("Zoé")
    picture(desk, "noms")
    guest.get_by_role("link", name="Voir où en est l’atelier").click()
    guest.get_by_label(re.compile("Une idée")).check()
    guest.get_by_label("ou un nouveau groupe").fill("Groupe")
    guest.get_by_role("button", name="Placer").click()
    expect(guest.get_by_role("heading", name="Groupe", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Ouvrir le vote").click()
    expect(desk.get_by_text("Les comptes sont cachés")).to_be_visible()
    guest.get_by_role("link", name="Voir où en est l’atelier").click()
    guest.get_by_role("button", name="Poser une pastille sur « Groupe »").click()
    expect(guest.get_by_text("Il vous reste 4")).to_be_visible()
