"""The people of a démarche: asked in by mail, each on her own device, from the first word to the last signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.method import accept, add, box, invite, open_new, write
from tests.e2e.people import last_mail, mailed_path, sign_up
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
BOARD, MEMBER, NETWORK = "bruno.gouverne@exemple.fr", "mado.equipe@exemple.fr", "nour.reseau@exemple.fr"
QUESTION = "Comment garder nos deux rives ouvertes toute l’année ?"


@dataclass
class Table:
    """Who is around: the lead at a desk, the board on a phone, a member, a network; the démarche they share."""

    desk: Page
    phone: Page
    member: Page
    network: Page
    at: str


def test_a_team_from_its_invitations_to_its_last_lead(new_context: NewContext, stack: Stack) -> None:
    desk = new_context().new_page()
    sign_up(desk, stack, "ines.mene@exemple.fr", "Inès Imbert")
    at = first_demarche(desk)
    asked(desk, at)
    phone, member, network = (
        new_context(phone=True).new_page(),
        new_context().new_page(),
        new_context().new_page(),
    )
    closed_doors(desk, phone, stack)
    assert accept(phone, stack, BOARD, "Bruno Bréal") == at
    accept(member, stack, MEMBER, "Mado Morel")
    accept(network, stack, NETWORK, "Nour Nacer")
    table = Table(desk, phone, member, network, at)
    the_note(table)
    talk(table)
    validation(table)
    signatures(table)
    what_a_network_sees(table)
    a_campaign(table)
    mails_of_actions(table, stack)
    removed(table)
    handed_over(table)


def first_demarche(desk: Page) -> str:
    """Who has no association is led to it first."""
    desk.goto("/agir/demarches/")
    check_screen(desk, "no association")
    desk.get_by_role("link", name="Présenter mon association").click()
    desk.get_by_label("Nom de l’association").fill("Les Deux Rives")
    desk.get_by_label("Département").select_option("2B")
    desk.get_by_label("Forme juridique").select_option("association-1901")
    desk.get_by_label("Taille").select_option("salaries-0-50k")
    desk.get_by_role("button", name="Créer l’association").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Les Deux Rives")
    desk.goto("/agir/demarches/")
    check_screen(desk, "none yet")
    desk.get_by_role("main").get_by_role("link", name="Ouvrir une démarche").click()
    return open_new(desk, "Vers l’autre rive")


def asked(desk: Page, at: str) -> None:
    desk.goto(f"{at}equipe/")
    check_screen(desk, "alone")
    desk.get_by_label("Adresse électronique").fill("bruno")
    desk.get_by_role("button", name="Envoyer l’invitation").click()
    expect(desk.get_by_label("Adresse électronique")).to_have_attribute("aria-invalid", "true")
    expect(desk.get_by_label("Adresse électronique")).to_have_value("bruno")
    check_screen(desk, "refused")
    invite(desk, at, BOARD, "Gouvernance")
    invite(desk, at, MEMBER, "Équipe projet")
    invite(desk, at, NETWORK, "Réseau qui suit")
    invite(desk, at, "personne@exemple.fr", "Équipe projet")
    check_screen(desk, "invitations")
    desk.get_by_role("button", name="Annuler l’invitation de personne@exemple.fr").click()
    expect(desk.get_by_role("status").first).to_contain_text("est annulée")


def closed_doors(desk: Page, phone: Page, stack: Stack) -> None:
    """An invitation for another address, one taken back, a link cut by a mail reader."""
    desk.goto(mailed_path(stack, BOARD))
    expect(desk.locator("main")).to_contain_text("pour une autre adresse que la vôtre")
    check_screen(desk, "another address")
    phone.goto(mailed_path(stack, "personne@exemple.fr"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cette invitation a été annulée.")
    check_screen(phone, "revoked")
    phone.goto("/agir/invitation/coupee/")
    check_screen(phone, "unknown")


def the_note(table: Table) -> None:
    """What the member types is on the phone of the board within seconds, read only."""
    table.member.goto(f"{table.at}outils/cadrage/")
    table.phone.goto(f"{table.at}outils/cadrage/")
    expect(table.phone.locator("main")).to_contain_text("Vous lisez cette page sans l’écrire")
    write(table.member, "question", QUESTION)
    write(table.member, "mandate", "Le conseil demande une réponse avant l’été.")
    expect(table.phone.locator("main")).to_contain_text(QUESTION, timeout=8_000)
    check_screen(table.phone, "board")
    expect(table.phone.locator("[data-field]")).to_have_count(0)


def talk(table: Table) -> None:
    """The board names the member, who is waited for until she answers."""
    phone, member = table.phone, table.member
    phone.goto(f"{table.at}etapes/1/commentaires/")
    check_screen(phone, "none")
    phone.get_by_label("Votre commentaire").fill("Qui tient la rive gauche en hiver ?")
    phone.get_by_text("Prévenir quelqu’un").click()
    phone.get_by_label("@Mado Morel").check()
    phone.get_by_role("button", name="Commenter").click()
    expect(phone.locator("#fil-liste")).to_contain_text("@Mado Morel")
    check_screen(phone, "one")
    member.goto("/agir/mentions/")
    expect(member.locator("main")).to_contain_text("Qui tient la rive gauche en hiver ?")
    check_screen(member, "one")
    member.get_by_role("link", name="Répondre à Bruno Bréal").click()
    member.get_by_label("Votre commentaire").fill("Nous deux, le samedi.")
    member.get_by_role("button", name="Commenter").click()
    expect(member.locator("#fil-liste")).to_contain_text("Nous deux, le samedi.")
    member.goto("/agir/mentions/")
    expect(member.locator("main")).to_contain_text("Personne n’attend de réponse de vous.")
    check_screen(member, "none")
    # On an item, then said to be settled by the team.
    member.goto(f"{table.at}outils/activites/")
    add(member, "activity", "Le bac à chaîne")
    activity = member.url
    member.get_by_label("Votre commentaire").fill("À garder ?")
    member.get_by_text("Prévenir quelqu’un").click()
    member.get_by_label("@Bruno Bréal").check()
    member.get_by_role("button", name="Commenter").click()
    expect(member.locator("#fil-liste")).to_contain_text("À garder ?")
    phone.goto(f"{activity}commentaires/")
    check_screen(phone, "item")
    phone.goto("/agir/mentions/")
    phone.get_by_role("button", name=re.compile("^C’est vu.*Mado Morel")).click()
    expect(phone.locator("main")).to_contain_text("Personne n’attend de réponse de vous.")
    member.get_by_role("button", name=re.compile("^C’est réglé")).click()
    expect(member.locator("#fil-liste li.settled")).to_be_visible()


def validation(table: Table) -> None:
    """Sent back with a reason, which is asked; then validated."""
    desk, phone = table.desk, table.phone
    ready_to_validate(desk, table.at)
    phone.goto(table.at)
    phone.get_by_role("link", name="Se prononcer sur l’étape 1").click()
    check_screen(phone, "board")
    phone.get_by_role("radio", name="L’étape est à reprendre").check()
    phone.get_by_role("button", name="Enregistrer la décision").click()
    expect(phone.get_by_label("Motif")).to_have_attribute("aria-invalid", "true")
    check_screen(phone, "board, refused")
    phone.get_by_label("Motif").fill("Il manque une date de fin.")
    phone.get_by_role("button", name="Enregistrer la décision").click()
    expect(phone.locator("#gouvernance")).to_contain_text("Il manque une date de fin.")
    desk.goto(table.at)
    expect(desk.locator("#chemin")).to_contain_text("Il manque une date de fin.")
    desk.goto(f"{table.at}outils/cadrage/")
    write(desk, "ends", "2041-06-30")
    ready_to_validate(desk, table.at)
    phone.goto(f"{table.at}etapes/1/validation/")
    check_screen(phone, "board")
    phone.get_by_role("radio", name="L’étape est validée").check()
    phone.get_by_role("button", name="Enregistrer la décision").click()
    expect(phone.locator(".where-it-stands").first).to_contain_text("Fait")
    expect(phone.locator("#gouvernance li").first).to_contain_text("par Bruno Bréal")


def ready_to_validate(desk: Page, at: str) -> None:
    desk.goto(f"{at}etapes/1/")
    desk.get_by_role("radio", name=re.compile("^À valider")).check()
    desk.get_by_role("button", name="Enregistrer l’état").click()
    expect(desk.locator(".where-it-stands").first).to_contain_text("À valider")


def signatures(table: Table) -> None:
    table.desk.goto(f"{table.at}cadrage/")
    table.desk.get_by_role("button", name="Présenter la note à la signature").click()
    phone = table.phone
    phone.goto(f"{table.at}cadrage/")
    phone.get_by_role("button", name="Signer ce texte").click()
    expect(phone.get_by_label("Qualité")).to_have_attribute("aria-invalid", "true")
    check_screen(phone, "refused")
    phone.get_by_label("Qualité").fill("président")
    phone.get_by_label("J’ai lu ce texte et je l’approuve.").check()
    phone.get_by_role("button", name="Signer ce texte").click()
    expect(phone.locator("main")).to_contain_text("Bruno Bréal, président")
    check_screen(phone, "signed")
    write_after_signature(table)


def write_after_signature(table: Table) -> None:
    """The text that was signed stays; the new one is another version."""
    table.member.goto(f"{table.at}outils/cadrage/")
    write(table.member, "sponsor", "Bruno Bréal")
    table.desk.goto(f"{table.at}cadrage/")
    expect(table.desk.locator("main")).to_contain_text("La note a été modifiée depuis.")
    table.desk.get_by_role("button", name="Présenter ce nouveau texte").click()
    expect(table.desk.get_by_role("heading", level=1)).to_contain_text("version 2")
    expect(table.desk.locator("main")).to_contain_text("1 signature")
    check_screen(table.desk, "second version")


def what_a_network_sees(table: Table) -> None:
    """Stages and dates; of what is written, not a word, not a page."""
    network = table.network
    network.goto(table.at)
    expect(network.locator("#chemin")).to_contain_text("Fait")
    expect(network.locator("main")).not_to_contain_text("rives ouvertes")
    check_screen(network, "network")
    network.goto(f"{table.at}etapes/1/")
    expect(network.locator(".where-it-stands").first).to_contain_text("Fait")
    for hidden in ("rives ouvertes", "rive gauche", "réponse avant l’été", "2041"):
        expect(network.locator("main")).not_to_contain_text(hidden)
    check_screen(network, "network")
    network.goto(f"{table.at}equipe/")
    check_screen(network, "network")
    for page in (
        "outils/cadrage/",
        "decisions/",
        "historique/",
        "cadrage/",
        "dossier/",
        "ateliers/",
        "pitch/",
    ):
        answer = network.goto(table.at + page)
        assert answer, page
        assert answer.status in (403, 404), page
        expect(network.locator("main")).not_to_contain_text("rives ouvertes")


def a_campaign(table: Table) -> None:
    table.desk.goto(f"{table.at}diagnostic-croise/")
    check_screen(table.desk, "none")
    table.desk.get_by_role("button", name="Ouvrir une campagne").click()
    expect(table.desk.locator("#campagne")).to_contain_text("Ouverte")
    check_screen(table.desk, "open")
    table.member.goto(f"{table.at}diagnostic-croise/")
    expect(table.member.locator("main")).to_contain_text("Vous n’êtes pas membre de l’association")
    check_screen(table.member, "from outside")


def mails_of_actions(table: Table, stack: Stack) -> None:
    """The mail of the morning, as beat sends it, and the link that stops it."""
    table.desk.goto(f"{table.at}outils/trajectoire/")
    add(table.desk, "action", "Réparer le ponton")
    write(table.desk, "owner", "Mado Morel")
    write(table.desk, "due", (date.today() + timedelta(days=5)).isoformat())
    stack.manage(
        "shell", "--verbosity", "0", "-c", "from apps.methodology.reminders import *; assert send_round()"
    )
    mail = last_mail(stack, MEMBER)
    assert "Réparer le ponton" in mail
    found = re.search(r"(/agir/rappels/\S+)", mail)
    assert found
    table.member.goto(found[1])
    check_screen(table.member)
    table.member.get_by_role("button", name="Arrêter ces courriels").click()
    expect(table.member.get_by_role("heading", level=1)).to_have_text("Ces courriels sont arrêtés.")
    check_screen(table.member, "stopped")
    table.member.goto("/agir/rappels/coupe/")
    check_screen(table.member, "unknown")


def removed(table: Table) -> None:
    """At her next click the member has no access; what she wrote stays."""
    desk, member = table.desk, table.member
    member.goto(f"{table.at}outils/cadrage/")
    desk.goto(f"{table.at}equipe/")
    desk.locator("summary", has_text="Retirer Mado Morel").click()
    check_screen(desk, "removal unfolded")
    desk.get_by_role("button", name="Retirer Mado Morel").click()
    expect(desk.get_by_role("status").first).to_contain_text("Mado Morel ne voit plus rien de la démarche")
    expect(member.locator("#etat")).to_contain_text("Vous n’avez plus accès", timeout=8_000)
    answer = member.get_by_role("link", name="Historique de cet outil")
    answer.click()
    expect(member.locator("main")).not_to_contain_text("rives ouvertes")
    for page in ("", "outils/cadrage/", "etapes/1/", "equipe/"):
        refused = member.goto(table.at + page)
        assert refused, page
        assert refused.status == 404, page
    member.goto("/agir/demarches/")
    expect(member.locator("main")).not_to_contain_text("Vers l’autre rive")
    desk.goto(f"{table.at}outils/cadrage/")
    expect(box(desk, "question").locator("textarea")).to_have_value(QUESTION)


def handed_over(table: Table) -> None:
    """The board person leads; the one who led stays in the team, then leaves."""
    desk, phone = table.desk, table.phone
    desk.goto(f"{table.at}equipe/")
    desk.get_by_label("La démarche passe à").select_option(label="Bruno Bréal, gouvernance")
    desk.get_by_role("button", name="Rester dans l’équipe projet").click()
    expect(desk.get_by_role("status").first).to_contain_text("Bruno Bréal conduit maintenant la démarche")
    check_screen(desk, "member")
    phone.goto(f"{table.at}reglages/")
    expect(phone.get_by_label("Nom de la démarche")).to_have_value("Vers l’autre rive")
    phone.goto(f"{table.at}equipe/")
    expect(phone.locator("#ma-place")).to_contain_text("passez d’abord la main")
    check_screen(phone, "last lead")
    desk.locator("#ma-place summary").click()
    desk.get_by_role("button", name="Quitter", exact=True).click()
    expect(desk.get_by_role("status").first).to_contain_text("Vous avez quitté la démarche")
    expect(desk.locator("main .list")).to_have_count(0)
