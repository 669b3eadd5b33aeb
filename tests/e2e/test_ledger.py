"""The treasurer brings the accounts: a FEC read by the worker, checked, corrected, kept; the next year; a file that is wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import sign_up
from tests.e2e.screens import check_screen
from tests.support.fec import build
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
IMPORT = re.compile(r"/imports/[0-9a-f-]+/")
YEAR = re.compile(r"/exercices/[0-9a-f-]+/")


def treasurer(page: Page, stack: Stack, email: str, name: str) -> str:
    """A person, her association, and the address of its accounts."""
    sign_up(page, stack, email, "Théa Trésor")
    page.goto("/agir/comptes/")
    check_screen(page, "no association")
    page.goto("/organisations/nouvelle/")
    page.get_by_label("Nom de l’association").fill(name)
    page.get_by_label("Département").select_option("58")
    page.get_by_label("Forme juridique").select_option("association-1901")
    page.get_by_label("Taille").select_option("salaries-50k-200k")
    page.get_by_role("button", name="Créer l’association").click()
    page.goto("/agir/comptes/")
    expect(page).to_have_url(re.compile("/agir/comptes/[0-9a-f-]+/$"))
    return page.url


def file_of(year: int, content: bytes | None = None) -> dict[str, object]:
    made = build(800, year=year) if content is None else content
    return {"name": f"123456789FEC{year}1231.txt", "mimeType": "text/plain", "buffer": made}


def send(page: Page, at: str, year: int, content: bytes | None = None) -> None:
    page.goto(f"{at}fec/")
    page.get_by_label("Fichier des écritures comptables (FEC)").set_input_files(file_of(year, content))  # type: ignore[arg-type]
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page).to_have_url(IMPORT)


def test_from_the_file_to_the_exercise_and_the_next_one(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    at = treasurer(page, stack, "thea.tresor@exemple.fr", "Les Semeurs du Val")
    check_screen(page, "empty")
    page.get_by_role("link", name="Où le trouver").click()
    check_screen(page)
    page.get_by_role("link", name="Envoyer un FEC").click()
    check_screen(page)
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page.locator(".error")).to_have_text("Choisissez un fichier.")
    check_screen(page, "refused")

    stack.kill("worker")
    send(page, at, 2024)
    expect(page.locator("main")).to_contain_text("Votre fichier attend son tour")
    check_screen(page, "waiting")
    page.goto(f"{page.url}etat/")
    check_screen(page)
    page.go_back()
    stack.start("worker")
    page.get_by_role("link", name="Vérifier les comptes").click(timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier l’exercice 2024")
    expect(page.locator(".exact")).to_be_visible()
    check_screen(page, "to check")

    page.get_by_label(re.compile("Nature du compte 706200")).select_option("commande_publique")
    page.locator("#ressources").get_by_role("button", name="Enregistrer les natures").click()
    expect(page).to_have_url(re.compile("#ressources$"))
    expect(page.get_by_role("status").first).to_contain_text("1\u00a0compte corrigé")
    page.get_by_label(re.compile("Nature du compte 658000")).select_option("outside_services")
    page.locator("#charges").get_by_role("button", name="Enregistrer les natures").click()
    expect(page.locator("#charges")).to_contain_text("Corrigé par vous pour l’exercice 2024")
    page.get_by_role("button", name="Garder l’exercice 2024").click()
    expect(page).to_have_url(YEAR)
    check_screen(page)

    page.get_by_label("Heures de bénévolat dans l’année").fill("beaucoup")
    page.get_by_role("button", name="Enregistrer ces chiffres").click()
    expect(page.get_by_label("Heures de bénévolat dans l’année")).to_have_value("beaucoup")
    check_screen(page, "refused")
    page.get_by_label("Heures de bénévolat dans l’année").fill("1 800")
    page.get_by_role("button", name="Enregistrer ces chiffres").click()
    expect(page.get_by_role("status").first).to_contain_text("L’exercice 2024 est complété.")

    next_year(page, at)
    replaced(page, at)
    removed(page, at)


def next_year(page: Page, at: str) -> None:
    send(page, at, 2025)
    to_the_check(page)
    expect(page.get_by_label(re.compile("Nature du compte 706200"))).to_have_value("commande_publique")
    expect(page.locator("#charges")).to_contain_text("Corrigé par vous pour l’exercice 2024")
    page.get_by_role("button", name="Garder l’exercice 2025").click()
    expect(page.get_by_label("Heures de bénévolat dans l’année")).to_have_value(re.compile(r"1\s800"))
    check_screen(page, "from the year before")
    page.goto(at)
    expect(page.locator("tbody tr")).to_have_count(2)
    check_screen(page, "two exercises")
    page.get_by_role("link", name="Voir le portrait du modèle").click()
    check_screen(page, "two exercises")


def replaced(page: Page, at: str) -> None:
    page.goto(f"{at}coller/")
    check_screen(page)
    page.get_by_label("Premier jour de l’exercice").fill("2025-01-01")
    page.get_by_label("Dernier jour de l’exercice").fill("2025-12-31")
    page.get_by_label("Lignes copiées du tableur").fill("706100;Familles;dix\n641100;Salaires;60 000,50")
    page.get_by_role("button", name="Lire ces lignes").click()
    expect(page.locator(".faults")).to_contain_text("Ligne\u00a01")
    expect(page.get_by_label("Lignes copiées du tableur")).to_have_value(re.compile("60 000,50"))
    check_screen(page, "refused")
    page.get_by_label("Lignes copiées du tableur").fill(
        "706100;Familles;10 000\n641100;Salaires;60 000,50\n999;Suivi;2"
    )
    page.get_by_role("button", name="Lire ces lignes").click()
    page.get_by_role("button", name="Comparer avec l’exercice gardé").click()
    check_screen(page)
    page.get_by_role("button", name="Remplacer l’exercice 2025").click()
    expect(page.locator(".lede")).to_contain_text("Balance collée")


def removed(page: Page, at: str) -> None:
    page.goto(f"{at}?annee=bientot")
    check_screen(page, "year refused")
    page.goto(f"{at}saisir/2023/")
    check_screen(page)
    page.get_by_label("Cotisations").fill("dix")
    page.get_by_role("button", name="Enregistrer l’exercice 2023").click()
    expect(page.get_by_label("Cotisations")).to_have_value("dix")
    check_screen(page, "refused")
    page.get_by_label("Cotisations").fill("1 250")
    page.get_by_role("button", name="Enregistrer l’exercice 2023").click()
    page.get_by_role("link", name="2023").first.click()
    page.get_by_text("Retirer cet exercice").click()
    page.get_by_role("button", name="Retirer l’exercice 2023").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_malformed_file_tells_its_line_without_any_script(new_context: NewContext, stack: Stack) -> None:
    page = new_context(java_script_enabled=False, phone=True).new_page()
    at = treasurer(page, stack, "thea.sans.script@exemple.fr", "Le Jardin sans script")
    lines = build(200, year=2025).split(b"\r\n")
    lines[41] = re.sub(rb"2025\d{4}", b"20251350", lines[41], count=1)
    send(page, at, 2025, b"\r\n".join(lines))
    refresh_until(page, "Ce fichier n’a pas pu être lu")
    for word in ("Ligne 42", "Pourquoi", "Que faire", "Rien n’a été importé"):
        expect(page.locator("main")).to_contain_text(word)
    page.get_by_role("button", name="Retirer de la liste").click()

    send(page, at, 2025)
    refresh_until(page, "Vérifier l’exercice 2025")
    page.get_by_label(re.compile("Nature du compte 706200")).select_option("commande_publique")
    page.locator("#ressources").get_by_role("button", name="Enregistrer les natures").click()
    expect(page.locator("#ressources")).to_contain_text("Corrigé par vous pour l’exercice 2025")
    page.get_by_role("button", name="Garder l’exercice 2025").click()
    page.get_by_label("Heures de bénévolat dans l’année").fill("300")
    page.get_by_role("button", name="Enregistrer ces chiffres").click()
    expect(page.locator("main")).to_contain_text("L’exercice 2025 est complété.")


def refresh_until(page: Page, title: str) -> None:
    for _ in range(60):
        if page.get_by_role("heading", level=1).inner_text() == title:
            return
        page.wait_for_timeout(500)
        page.goto(page.url)
    raise AssertionError(page.locator("main").inner_text())


def test_a_fault_on_the_screen_and_a_journey_by_keyboard(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    at = treasurer(page, stack, "thea.clavier@exemple.fr", "Les Claviers du Val")
    send(page, at, 2025, b"JournalCode\tJournalLib\nAC\tAchats\n")
    expect(page.locator(".fault")).to_be_visible(timeout=60_000)
    check_screen(page, "fault")
    page.goto(at)
    check_screen(page, "one refused")
    send(page, at, 2025)
    to_the_check(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier l’exercice 2025")
    tab_to(page, "#n-706200")
    page.keyboard.type("Commande")
    expect(page.locator("#n-706200")).to_have_value("commande_publique")
    tab_to(page, "#ressources button")
    page.keyboard.press("Enter")
    expect(page.locator("#ressources")).to_contain_text("Corrigé par vous pour l’exercice 2025")
    tab_to(page, "#garder .btn.go")
    page.keyboard.press("Enter")
    expect(page).to_have_url(YEAR)


def to_the_check(page: Page) -> None:
    """By the keyboard. A worker may be done before the page of the reading is there: then the check is shown at once."""
    link = page.get_by_role("link", name="Vérifier les comptes")
    there = page.get_by_role("heading", level=1, name=re.compile("^Vérifier l’exercice"))
    expect(link.or_(there)).to_be_visible(timeout=60_000)
    if link.is_visible():
        press_on(page, "Vérifier les comptes")
    expect(there).to_be_visible()


def press_on(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).focus()
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """By the keyboard alone: fails when nothing leads there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")
