"""A debate: a presenter at her console, the projector of the room, phones that vote, the record and its file."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import NewContext
from tests.e2e.screens import SHOTS, check_screen
from tests.e2e.watch import Watch
from tests.e2e.weight import Weight

pytestmark = pytest.mark.e2e
PROJECTOR = {"width": 1280, "height": 720}
SOON = 2000  # milliseconds: the screen follows within two seconds


def open_debate(desk: Page, title: str) -> str:
    """From the list to the console; the code."""
    desk.goto("/se-former/debats/nouveau/")
    desk.get_by_label("Nom de la réunion").fill(title)
    desk.get_by_role("button", name="Ouvrir le débat").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    return desk.locator("p.code").inner_text()


def picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"debat-{name}.png")


def fits(projector: Page) -> None:
    """A slide is seen whole, without scrolling."""
    high = projector.evaluate("document.documentElement.scrollHeight - window.innerHeight")
    assert high <= 0, f"{high} px below the screen"


@pytest.fixture(name="room")
def projector_and_desk(page_of: Callable[..., Page]) -> tuple[Page, Page]:
    """Her laptop, and the same account on the projector's window."""
    desk = page_of("gouvernance")
    projector = desk.context.new_page()
    projector.set_viewport_size(PROJECTOR)
    return desk, projector


def test_a_board_debates_votes_and_decides(room: tuple[Page, Page], new_context: NewContext) -> None:
    desk, projector = room
    desk.goto("/se-former/debats/")
    check_screen(desk, "before")
    desk.goto("/se-former/debats/nouveau/")
    desk.get_by_label("Nom de la réunion").fill("")
    desk.get_by_role("button", name="Ouvrir le débat").click()
    expect(desk.get_by_label("Nom de la réunion")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    code = open_debate(desk, "Conseil d’administration de janvier")
    check_screen(desk, "ready")
    projector.goto(desk.url + "ecran/")
    expect(projector.locator(".code")).to_have_text(code)
    fits(projector)
    picture(projector, "ecran-accueil")
    check_screen(projector, "ready")

    first, second = (new_context(phone=True).new_page() for _ in range(2))
    first.goto("/vote/")
    check_screen(first)
    first.get_by_label("Code du débat").fill("zzzzzz")
    first.get_by_role("button", name="Continuer").click()
    expect(first.get_by_label("Code du débat")).to_have_attribute("aria-invalid", "true")
    check_screen(first, "unknown")
    first.get_by_label("Code du débat").fill(f" {code[:3].lower()} {code[3:].lower()}")
    first.get_by_role("button", name="Continuer").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("La réunion n’a pas commencé.")
    check_screen(first, "ready")
    second.goto(f"/vote/{code}/")

    desk.get_by_role("button", name="Commencer le débat").click()
    expect(projector.get_by_role("heading", level=1)).to_contain_text("Les besoins montent", timeout=SOON)
    fits(projector)
    picture(projector, "ecran-1")
    check_screen(projector, "slide")
    check_screen(desk, "live")
    desk.keyboard.press("ArrowRight")
    expect(projector.get_by_role("heading", level=1)).to_contain_text("trois appuis", timeout=SOON)
    fits(projector)
    picture(projector, "ecran-2")
    projector.keyboard.press("ArrowRight")
    expect(projector.get_by_role("heading", level=1)).to_contain_text("pas de modèle unique", timeout=SOON)
    expect(desk.locator(".mini h2")).to_contain_text("pas de modèle unique")
    fits(projector)
    picture(projector, "ecran-3")
    desk.get_by_role("button", name="Trois questions à débattre", exact=False).first.click()
    expect(projector.get_by_role("heading", level=1)).to_contain_text("trois votes", timeout=SOON)
    fits(projector)
    picture(projector, "ecran-4")

    desk.locator("#ouvrir-1").click()
    expect(projector.get_by_role("heading", level=1)).to_contain_text("Où se crée notre valeur", timeout=SOON)
    expect(first.get_by_role("heading", level=1)).to_contain_text("Où se crée notre valeur")
    check_screen(first, "question")
    choice = first.get_by_role("button", name="Dans nos savoir-faire")
    top = "button => button.getBoundingClientRect().top + scrollY"
    place = choice.evaluate(top)
    choice.dblclick()
    expect(first.locator(".done")).to_contain_text("C’est noté : Dans nos savoir-faire", use_inner_text=True)
    assert choice.evaluate(top) == place, "the second press of a double click would land on another choice"
    check_screen(first, "voted")
    expect(projector.locator(".answers")).to_have_text(re.compile("^1\\s*réponse$"), timeout=SOON)
    picture(projector, "ecran-vote")
    fits(projector)
    check_screen(projector, "vote")
    expect(projector.locator("progress")).to_have_count(0)
    second.get_by_role("button", name="Dans les liens que nous créons").click()
    expect(second.locator(".done")).to_contain_text("Dans les liens")
    second.reload()
    expect(second.locator(".done")).to_contain_text("Dans les liens")
    second.get_by_role("button", name="Dans nos savoir-faire").click()
    expect(second.locator(".done")).to_contain_text("Dans nos savoir-faire")
    second.get_by_label("Un mot pour le débat").fill("Les gestes transmis, on n’en parle jamais.")
    second.get_by_role("button", name="Envoyer mon mot").click()
    expect(second.get_by_role("button", name="Mettre à jour mon mot")).to_be_visible()
    expect(desk.locator(".words")).to_contain_text("Les gestes transmis")
    expect(desk.locator(".vote.open .best")).to_contain_text(re.compile(r"2\s*100"))
    check_screen(desk, "vote")
    picture(desk, "console-vote")

    first.get_by_label("Un mot pour le débat").fill("Pas encore envoyé")
    desk.locator("#fermer-1").click()
    expect(projector.locator(".best")).to_contain_text("Dans nos savoir-faire", timeout=SOON)
    fits(projector)
    picture(projector, "ecran-resultat")
    check_screen(projector, "result")
    expect(first.locator(".done")).to_contain_text("Le vote est fermé")
    expect(first.get_by_label("Un mot pour le débat")).to_have_value("Pas encore envoyé")
    check_screen(first, "closed")
    first.get_by_role("button", name="Envoyer mon mot").click()
    expect(desk.locator(".words")).to_contain_text("Pas encore envoyé")
    desk.get_by_role("button", name=re.compile("Mettre de côté.*Pas encore")).click()
    expect(desk.locator(".words .aside")).to_have_count(1)

    projector.keyboard.press("ArrowLeft")
    expect(projector.get_by_role("heading", level=1)).to_contain_text("trois votes", timeout=SOON)
    desk.get_by_role("button", name="5 La décision").click()
    expect(projector.get_by_role("heading", level=1)).to_contain_text("mandat", timeout=SOON)
    expect(first.get_by_role("heading", level=1)).to_have_text("Pas de question pour l’instant.")
    check_screen(first, "waiting")
    projector.keyboard.press("ArrowRight")
    for phone in (first, second):
        phone.get_by_role("button", name="Oui, nous donnons mandat").click()
        expect(phone.locator(".done")).to_be_visible()
    desk.get_by_text("Terminer ce débat").click()
    check_screen(desk, "ending")
    desk.get_by_role("button", name="Terminer et passer au compte rendu").click()
    expect(projector.get_by_role("heading", level=1)).to_have_text(
        "Merci, le débat est terminé.", timeout=SOON
    )
    check_screen(projector, "over")
    expect(first.get_by_role("heading", level=1)).to_have_text("Le débat est terminé.")
    check_screen(first, "over")

    check_screen(desk)
    desk.get_by_label("Personnes présentes").fill("9")
    desk.get_by_label("Ce qui s’est dit").fill("Nous transmettons des gestes.\n\nUne voix sur papier.")
    desk.get_by_label("Mandat donné").check()
    desk.get_by_label("Termes du mandat").fill("")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_label("Termes du mandat")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Termes du mandat").fill("Mandat à trois personnes, jusqu’au 30 juin.")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_role("status").first).to_contain_text("Le compte rendu est enregistré.")
    expect(desk.locator("main")).to_contain_text("9\u00a0personnes présentes")
    expect(desk.locator("main")).not_to_contain_text("Pas encore envoyé")
    check_screen(desk)
    desk.emulate_media(media="print")
    picture(desk, "compte-rendu-imprime")
    desk.emulate_media(media="screen")
    desk.get_by_role("button", name="Préparer le PDF").click()
    with desk.expect_download(timeout=60_000) as download:
        desk.get_by_role("link", name=re.compile("^Télécharger")).click(timeout=60_000)
    content = Path(download.value.path()).read_bytes()
    if SHOTS:
        (Path(SHOTS) / "debat.pdf").write_bytes(content)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Mandat donné" in text
    assert "jusqu’au 30 juin" in text
    desk.goto("/se-former/debats/")
    check_screen(desk, "with one")


def test_a_debate_is_held_without_script(new_context: NewContext, page_of: Callable[..., Page]) -> None:
    state = page_of("referente").context.storage_state()
    desk = new_context(java_script_enabled=False, storage_state=state).new_page()
    code = open_debate(desk, "Bureau sans script")
    desk.get_by_role("button", name="Commencer le débat").click()
    desk.get_by_role("button", name=re.compile("^Suivante")).click()
    expect(desk.locator(".mini h2")).to_contain_text("trois appuis")
    projector = desk.context.new_page()
    projector.goto(desk.url + "ecran/")
    projector.get_by_role("button", name=re.compile("^Suivante")).click()
    expect(projector).to_have_url(re.compile("/ecran/$"))
    expect(projector.get_by_role("heading", level=1)).to_contain_text("pas de modèle unique")
    desk.locator("#ouvrir-2").click()
    phone = new_context(phone=True, java_script_enabled=False).new_page()
    phone.goto(f"/vote/{code}/")
    phone.get_by_role("button", name="Récupérer, réparer, emprunter").click()
    expect(phone.locator(".done")).to_contain_text("C’est noté")
    desk.locator("#direct").get_by_role("button", name="Fermer et montrer le résultat").click()
    projector.get_by_role("link", name="Actualiser").click()
    expect(projector.locator(".best")).to_contain_text("Récupérer, réparer, emprunter")
    phone.get_by_role("link", name="Actualiser").click()
    expect(phone.locator(".done")).to_contain_text("Le vote est fermé")


def test_a_phone_that_loses_the_network_says_so_and_votes_once(
    room: tuple[Page, Page], new_context: NewContext, watch: Watch
) -> None:
    desk, _ = room
    code = open_debate(desk, "Réunion au sous-sol")
    desk.get_by_role("button", name="Commencer le débat").click()
    desk.locator("#ouvrir-1").click()
    watch.may_be_offline = True
    phone = new_context(phone=True).new_page()
    phone.goto(f"/vote/{code}/")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Dans nos savoir-faire").click()
    expect(phone.get_by_role("alert")).to_contain_text("Pas de réseau")
    check_screen(phone, "offline")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Dans nos savoir-faire").click()
    expect(phone.locator(".done")).to_contain_text("C’est noté")
    expect(phone.locator("#horsligne")).to_be_hidden()
    expect(desk.locator(".vote.open .answers")).to_have_text(re.compile("^1\\s*réponse$"))


def test_the_pages_of_a_debate_are_light(room: tuple[Page, Page], new_context: NewContext) -> None:
    desk, _ = room
    code = open_debate(desk, "Réunion légère")
    desk.get_by_role("button", name="Commencer le débat").click()
    desk.locator("#ouvrir-1").click()
    fresh = new_context(phone=True).new_page()
    with Weight.of(fresh) as weight:
        fresh.goto(f"/vote/{code}/", wait_until="load")
        time.sleep(1)
    weight.check()
    assert sum(weight.sizes.values()) < 30_000, weight.sizes
    state = desk.context.storage_state()
    for path in (desk.url, f"{desk.url}ecran/", "/se-former/debats/"):
        fresh = new_context(storage_state=state).new_page()
        with Weight.of(fresh) as weight:
            fresh.goto(path, wait_until="load")
            time.sleep(0.5)
        assert sum(weight.sizes.values()) <= 100_000, (path, weight.sizes)
