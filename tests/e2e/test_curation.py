"""Curation: the month's webinar from a blank form to the library, with a reader who sends it back; two people at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.e2e.conftest import Desk, NewContext
from tests.e2e.screens import check_screen

pytestmark = pytest.mark.e2e
NEW = "/curation/fiches/nouvelle/"
CASE = re.compile(r"/curation/fiches/[\w-]+/(#\w+)?$")
WORDS = "Une association du bourg partage un atelier avec ses voisins et apprend à compter autrement ce qui la porte."


@dataclass
class Hand:
    """Counts what a person does: a field written or pasted, a click."""

    page: Page
    gestures: int = 0

    def fill(self, label: str, text: str, *, within: str = "form.case-form", nth: int = 0) -> None:
        self.gestures += 1
        self.page.locator(within).get_by_label(label, exact=True).nth(nth).fill(text)

    def tick(self, label: str, *, within: str = "form.case-form") -> None:
        self.gestures += 1
        self.page.locator(within).get_by_label(label, exact=True).first.check()

    def press(self, button: str) -> None:
        self.gestures += 1
        self.page.get_by_role("button", name=button, exact=True).click()


def write_a_case(page: Page, title: str, who: str = "Zoé Zwyx") -> Hand:
    """All that publication asks for, as the report's notes would give it, and nothing else."""
    hand = Hand(page)
    first, last = who.split()
    hand.fill("Titre officiel", f"Modèles socio-économiques : {title} !")
    hand.fill("Titre court", title)
    hand.fill("Date du webinaire", "2026-10-15")
    hand.tick("Vers de nouveaux équilibres socio-économiques")
    hand.tick("Richesses humaines", within="#champ-pillars")
    hand.tick("Emploi", within="#champ-fragilities")
    hand.fill("Phrase de présentation", "Un atelier partagé fait vivre un bourg.")
    hand.fill("L’essentiel en trente secondes", " ".join([WORDS] * 3))
    hand.fill("Résumé", " ".join([WORDS] * 8))
    hand.fill("À emporter", "On tient mieux à plusieurs.")
    hand.fill("Prénom", first)
    hand.fill("Nom", last)
    hand.fill("Organisation", "Wimoov", within="#section-speakers")
    hand.fill("Fonction ce jour-là", "Directrice")
    hand.fill("Titre du regard", "Partager")
    page.locator("#section-views").get_by_label(who).first.wait_for()
    hand.tick(who, within="#section-views")
    hand.fill("Question posée", "Comment partager ?")
    hand.fill("Ce qui est dit", WORDS)
    hand.fill("Chiffre, tel qu’il se lit", "12")
    hand.fill("Ce qu’il compte", "ateliers ouverts")
    hand.fill("Levier", "Ouvrir la porte")
    hand.fill("Richesses humaines", "Des voisins formés.", within="#section-readings")
    hand.fill("Sans lien : pourquoi", "Pas d’enregistrement.")
    hand.fill("D’où viennent les faits", "Notes du webinaire")
    return hand


def saved(page: Page) -> None:
    expect(page).to_have_url(CASE)
    expect(page.get_by_role("status")).to_contain_text("Le brouillon est enregistré.")


def test_a_curator_publishes_the_webinar_of_the_month(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    page.goto("/")
    page.get_by_role("link", name="Curation", exact=True).click()
    check_screen(page, "home")
    page.get_by_role("link", name="Nouvelle fiche").click()
    check_screen(page, "blank")
    hand = write_a_case(page, "Un atelier pour le bourg")
    expect(page.locator("#compte-summary")).to_contain_text("c’est la bonne longueur")
    hand.press("Enregistrer le brouillon")
    saved(page)
    expect(page.get_by_role("status")).to_contain_text("Zoé Zwyx")
    check_screen(page, "complete draft")
    page.get_by_text("Publier sans relecture", exact=True).first.click()
    check_screen(page, "publication without a reader")
    hand.press("Publier sans relecture")
    expect(page.get_by_role("status")).to_contain_text("La fiche est publiée")
    expect(page.locator("#historique")).to_contain_text("Publié sans relecture d’une autre personne")
    check_screen(page, "published")
    page.get_by_role("link", name="Page publique").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Un atelier pour le bourg")
    # Thirty gestures, most of them a paste: well within ten minutes, at fifteen seconds each.
    assert hand.gestures <= 30


def test_from_the_author_to_the_library_and_back(desk_of: Desk, new_context: NewContext) -> None:
    author, curator = desk_of("autrice"), desk_of("curatrice")
    author.goto("/curation/")
    check_screen(author, "author, nothing yet")
    author.get_by_role("link", name="Nouvelle fiche").click()
    author.get_by_label("Titre court").fill("Une fiche à deux")
    author.get_by_label("Date du webinaire").fill("2026-09-17")
    author.get_by_role("button", name="Enregistrer le brouillon").click()
    saved(author)
    check_screen(author, "incomplete draft")
    author.get_by_role("link", name="Résumé").click()
    expect(author).to_have_url(re.compile("#id_summary$"))
    check_screen(author, "what lacks")
    hand = write_a_case(author, "Une fiche à deux", "Yvan Ywqk")
    hand.fill("Organisation", "Wimoove", within="#section-speakers")
    hand.fill("En nombre", "douze")
    hand.press("Enregistrer le brouillon")
    expect(author.locator("[role=alert]")).to_contain_text("n’est pas un nombre")
    check_screen(author, "refused")
    hand.fill("En nombre", "12")
    hand.press("Enregistrer le brouillon")
    expect(author.locator("#verifier")).to_contain_text("Wimoove")
    check_screen(author, "names to check")
    author.get_by_label("Wimoov, association").check()
    author.get_by_role("button", name="Enregistrer avec ces réponses").click()
    saved(author)
    author.get_by_role("button", name="Proposer à la relecture").click()
    expect(author.get_by_role("status")).to_contain_text("proposée à la relecture")
    check_screen(author, "waiting")

    curator.goto("/curation/")
    curator.get_by_role("link", name="Une fiche à deux").first.click()
    check_screen(curator, "to review")
    curator.get_by_text("Rendre à l’autrice ou l’auteur").click()
    curator.get_by_role("button", name="Rendre la fiche").click()
    expect(curator.get_by_label("Ce qu’il faut reprendre")).to_have_attribute("aria-invalid", "true")
    check_screen(curator, "sent back without a reason")
    curator.get_by_label("Ce qu’il faut reprendre").fill("Le chiffre ne dit pas d’où il vient.")
    curator.get_by_role("button", name="Rendre la fiche").click()
    expect(curator.get_by_role("status")).to_contain_text("La fiche est rendue")

    author.goto("/curation/")
    author.get_by_role("link", name="Une fiche à deux").first.click()
    expect(author.locator("main")).to_contain_text("Le chiffre ne dit pas d’où il vient.")
    check_screen(author, "sent back")
    author.get_by_role("button", name="Créer un lien d’aperçu").click()
    check_screen(author, "new preview link")
    guest = new_context(phone=True).new_page()
    guest.goto(author.get_by_label("Lien d’aperçu").input_value())
    expect(guest.locator("main")).to_contain_text("Aperçu d’un brouillon")
    check_screen(guest, "guest")
    author.get_by_role("link", name="Aperçu", exact=True).click()
    check_screen(author, "preview")
    author.get_by_role("link", name="Revenir à la fiche").click()
    author.get_by_role("button", name="Révoquer").click()
    guest.reload()
    expect(guest.get_by_role("heading", level=1)).not_to_contain_text("Une fiche à deux")
    author.get_by_role("link", name="Modifier", exact=True).click()
    author.locator("#section-figures").get_by_label("Ce qu’il compte").first.fill(
        "ateliers ouverts, selon Wimoov"
    )
    author.get_by_role("button", name="Enregistrer le brouillon").click()
    saved(author)
    author.get_by_role("button", name="Proposer à la relecture").click()

    curator.reload()
    curator.get_by_text("Prévoir la publication").click()
    curator.get_by_label("Jour").fill("2020-01-01")
    curator.get_by_role("button", name="Prévoir", exact=True).click()
    expect(curator.locator("main")).to_contain_text("Ce moment est déjà passé")
    check_screen(curator, "moment refused")
    curator.get_by_label("Jour").fill("2045-01-01")
    curator.get_by_role("button", name="Prévoir", exact=True).click()
    expect(curator.locator("main")).to_contain_text("1er\u00a0janvier 2045 à 9\u00a0h")
    check_screen(curator, "scheduled")
    curator.get_by_role("link", name="Ce qui a changé à la version 5").click()
    check_screen(curator, "history")
    curator.get_by_label("De", exact=True).select_option("1")
    curator.get_by_role("button", name="Comparer").click()
    expect(curator.locator("ins").first).to_be_visible()
    check_screen(curator, "many changes")
    curator.get_by_role("link", name="Une fiche à deux").click()
    curator.get_by_role("button", name="Publier maintenant").click()
    expect(curator.get_by_role("status")).to_contain_text("La fiche est publiée")
    expect(curator.locator("#historique")).not_to_contain_text("sans relecture")
    guest.goto("/bibliotheque/?q=fiche+à+deux")
    expect(guest.get_by_role("link", name="Une fiche à deux")).to_be_visible()
    curator.get_by_text("Archiver", exact=True).first.click()
    curator.get_by_label("Pourquoi l’archiver").fill("Un doublon.")
    curator.get_by_role("button", name="Archiver la fiche").click()
    check_screen(curator, "archived")
    curator.get_by_role("button", name="Rouvrir la fiche").click()
    expect(curator.get_by_role("status")).to_contain_text("rouverte")


def test_two_people_save_at_the_same_time(desk_of: Desk) -> None:
    author, curator = desk_of("autrice"), desk_of("curatrice")
    author.goto(NEW)
    author.get_by_label("Titre court").fill("Deux mains")
    author.get_by_role("button", name="Enregistrer et continuer").click()
    expect(author.get_by_role("status")).to_contain_text("Le brouillon est enregistré.")
    curator.goto(author.url)
    curator.get_by_label("À emporter").fill("Sa phrase à elle.")
    curator.get_by_label("Phrase de présentation").fill("La curatrice seule.")
    curator.get_by_role("button", name="Enregistrer le brouillon").click()
    saved(curator)
    author.get_by_label("À emporter").fill("La phrase de l’autrice.")
    author.get_by_label("Titre officiel").fill("L’autrice seule")
    author.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Quelqu’un a enregistré avant vous.")
    expect(author.locator("main")).to_contain_text("Claire Curatrice a enregistré")
    check_screen(author, "conflict")
    author.get_by_role("button", name="Enregistrer ces choix").click()
    expect(author.locator("[role=alert]")).to_contain_text("Il reste un choix à faire")
    check_screen(author, "conflict, undecided")
    author.get_by_label("Garder ma version pour « À emporter »").check()
    author.get_by_role("button", name="Enregistrer ces choix").click()
    saved(author)
    author.get_by_role("link", name="Modifier", exact=True).click()
    expect(author.get_by_label("À emporter")).to_have_value("La phrase de l’autrice.")
    expect(author.get_by_label("Phrase de présentation")).to_have_value("La curatrice seule.")
    expect(author.get_by_label("Titre officiel")).to_have_value("L’autrice seule")


def test_lines_come_with_and_without_script(
    desk_of: Desk, new_context: NewContext, sessions: dict[str, StorageState]
) -> None:
    page = desk_of("autrice", phone=True)
    page.goto(NEW)
    before = page.locator("#section-levers .entry").count()
    page.get_by_label("Titre court").fill("Pas encore enregistré")
    page.get_by_role("button", name="Ajouter un levier").click()
    expect(page.locator("#section-levers .entry")).to_have_count(before + 1)
    expect(page.locator("#section-levers .entry").last.get_by_label("Levier", exact=True)).to_be_focused()
    for count in (1, 2):
        page.get_by_role("button", name="Ajouter un échelon").click()
        expect(page.locator("#section-rows .entry")).to_have_count(count)
    check_screen(page, "with a table")
    plain = new_context(storage_state=sessions["autrice"], java_script_enabled=False).new_page()
    plain.goto(NEW)
    plain.get_by_label("Titre court").fill("Pas encore enregistré")
    plain.get_by_label("Prénom").first.fill("Ursule")
    plain.get_by_label("Nom", exact=True).first.fill("Uxbw")
    plain.get_by_role("button", name="Ajouter un intervenant").click()
    expect(plain.locator("#section-speakers .entry")).to_have_count(5)
    expect(plain.get_by_label("Titre court")).to_have_value("Pas encore enregistré")
    plain.locator("#section-views").get_by_label("Ursule Uxbw").first.check()
    plain.get_by_role("button", name="Compter les mots").click()
    expect(plain.locator("#section-views").get_by_label("Ursule Uxbw").first).to_be_checked()
    # Enter in a field saves, whatever the buttons around it.
    plain.get_by_label("Titre court").press("Enter")
    saved(plain)


def test_lists_and_the_grid(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    page.goto("/curation/fiches/")
    check_screen(page, "all")
    page.get_by_label("Mots du titre").fill("mobilite")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("main")).to_contain_text("De nouveaux modèles pour la mobilité")
    page.get_by_label("Mots du titre").fill("introuvable")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("main")).to_contain_text("Aucune fiche ne correspond")
    check_screen(page, "nothing found")
    page.goto("/curation/couverture/")
    check_screen(page)
    page.locator("td.some a, td.few a").first.click()
    expect(page).to_have_url(re.compile(r"/bibliotheque/\?goal=\d+&fragility=F\d\d$"))
    expect(page.locator("#resultats")).not_to_contain_text("Aucun cas")
