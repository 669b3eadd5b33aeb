"""The agenda: a visitor registers, reads her mail and leaves; a curator announces a session and cancels it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import last_mail, present_code, sign_in
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import Stack, wait_for

pytestmark = pytest.mark.e2e
SESSION = re.compile(r"/s-informer/agenda/[\w-]+/(#inscription)?$")


def leave_path(mail: str) -> str:
    found = re.search(r"(/s-informer/inscription/\S+)", mail)
    assert found, mail
    return found[1]


@pytest.mark.parametrize("script", [True, False], ids=["script", "without script"])
def test_a_visitor_registers_then_leaves(new_context: NewContext, stack: Stack, script: bool) -> None:
    page = new_context(phone=script, java_script_enabled=script).new_page()
    email = f"lectrice.{'avec' if script else 'sans'}.script@exemple.fr"
    page.goto("/s-informer/")
    page.get_by_role("link", name="S’inscrire", exact=True).click()
    expect(page).to_have_url(SESSION)
    if script:
        check_screen(page)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_label("Adresse électronique")).to_have_attribute("aria-invalid", "true")
    if script:
        check_screen(page, "refused")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Prénom ou nom").fill("Léa")
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Regardez votre boîte aux lettres")
    if script:
        check_screen(page)
    mail = last_mail(stack, email)
    assert "Bonjour Léa," in mail
    path = leave_path(mail)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous ne venez plus")
    if script:
        check_screen(page)
    page.get_by_role("button", name="Me désinscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous n’êtes plus inscrit.")
    if script:
        check_screen(page, "left")
        page.goto(f"{path[:-2]}/")
        check_screen(page, "unknown")


@pytest.mark.parametrize("tail", ["agenda/", "session", "inscription/"])
def test_a_public_screen_is_light(page: Page, new_context: NewContext, tail: str) -> None:
    page.goto("/s-informer/agenda/")
    first = page.locator(".list h3 a").first.get_attribute("href") or ""
    path = {"session": first, "inscription/": f"{first}inscription/"}.get(tail, "/s-informer/agenda/")
    fresh = new_context().new_page()
    with Weight.of(fresh) as weight:
        fresh.goto(path, wait_until="networkidle")
    check_screen(fresh, tail)
    weight.check()


@pytest.fixture(name="desk")
def signed_in_curator(page: Page) -> Page:
    sign_in(page, "curatrice")

    def enter() -> bool:
        """A code serves once: another test may just have used it."""
        page.get_by_label("Code de votre application").fill(present_code(page, "curatrice"))
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_load_state()
        return page.get_by_label("Code de votre application").count() == 0

    wait_for(enter, 70, "a code that was not used", pause=5)
    return page


def test_a_curator_announces_changes_and_cancels(desk: Page, new_context: NewContext) -> None:
    desk.goto("/s-informer/agenda/")
    desk.get_by_role("link", name="Gérer l’agenda").click()
    check_screen(desk)
    desk.locator("a.tag").first.click()
    expect(desk.get_by_label("Début, heure de Paris")).to_have_value("13:00")
    check_screen(desk)
    desk.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(desk.get_by_label("Titre")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Titre").fill("Une séance du navigateur")
    desk.get_by_label("ODD\u00a011").check()
    desk.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(desk.get_by_role("status")).to_contain_text("La séance est enregistrée.")
    check_screen(desk, "with a draft")
    desk.get_by_role("link", name="Supprimer Une séance du navigateur").click()
    check_screen(desk, "draft")
    desk.get_by_role("link", name="Ne rien changer").click()
    desk.get_by_role("link", name="Une séance du navigateur", exact=True).click()
    check_screen(desk)
    late = desk.context.new_page()
    late.goto(desk.url)
    desk.get_by_role("button", name="Enregistrer et ouvrir les inscriptions").click()
    expect(desk.get_by_role("status")).to_contain_text("Les inscriptions sont ouvertes")
    late.get_by_label("Titre").fill("Une autre idée")
    late.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(late.get_by_role("alert")).to_contain_text("Quelqu’un a modifié cette séance")
    check_screen(late, "conflict")
    late.close()

    visitor = new_context().new_page()
    visitor.goto("/s-informer/agenda/")
    visitor.get_by_role("link", name="Une séance du navigateur").click()
    visitor.get_by_label("Adresse électronique").fill("navigatrice@exemple.fr")
    visitor.get_by_role("button", name="M’inscrire").click()

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Regardez votre boîte aux lettres")
    desk.goto("/curation/agenda/")
    desk.get_by_role("link", name=re.compile("^1.personne inscrite à Une séance du navigateur")).click()
    expect(desk.get_by_role("row", name="navigatrice@exemple.fr")).to_be_visible()
    check_screen(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Télécharger en tableau (CSV)").click()
    assert download.value.suggested_filename == "inscrits-une-seance-du-navigateur.csv"
    desk.goto("/curation/agenda/")
    desk.get_by_role("link", name="Annuler Une séance du navigateur").click()
    check_screen(desk)
    desk.get_by_role("button", name="Annuler la séance").click()
    check_screen(desk, "refused")
    desk.get_by_label("Motif").fill("L’intervenante est souffrante.")
    desk.get_by_role("button", name="Annuler la séance").click()
    expect(desk.get_by_role("status")).to_contain_text("1\u00a0personne est prévenue par courriel.")
    visitor.goto("/s-informer/agenda/")
    expect(visitor.locator("main")).to_contain_text("L’intervenante est souffrante.")
    visitor.get_by_role("link", name="Une séance du navigateur").click()
    check_screen(visitor, "cancelled")
