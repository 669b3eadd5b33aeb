"""From the last step to the attestation, its PDF, its proof in somebody else's hands, and back."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import present_code, sign_in, sign_up
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import Stack, wait_for

pytestmark = pytest.mark.e2e
CODE = re.compile(r"/attestations/([A-Z]{4}(?:-[A-Z]{4}){3})/$")


def declare(page: Page, *numbers: int) -> None:
    """« J’ai fait cette étape », by the form of its page."""
    for number in numbers:
        page.goto(f"/se-former/etapes/etape-{number}/")
        page.get_by_role("button", name="marquer l’étape comme faite").click()
        page.wait_for_load_state()


def finish(page: Page) -> None:
    declare(page, *range(1, 8))
    page.goto("/se-former/attestation/")


def operator_desk(page: Page) -> None:
    sign_in(page, "exploitation")

    def enter() -> bool:
        page.get_by_label("Code de votre application").fill(present_code(page, "exploitation"))
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_load_state()
        return page.get_by_label("Code de votre application").count() == 0

    wait_for(enter, 70, "a code that was not used", pause=5)


def test_a_learner_gets_shows_and_withdraws_her_attestation(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    sign_up(page, stack, "lea.finit@exemple.fr", "Léa Martin")
    page.goto("/se-former/attestation/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elle vous attend")
    check_screen(page, "not begun")
    declare(page, 1, 2, 3)
    page.goto("/se-former/attestation/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore 4\u00a0étapes")
    check_screen(page, "missing")
    declare(page, 4, 5, 6, 7)
    page.goto("/se-former/attestation/")
    expect(page.get_by_label("Nom à inscrire")).to_have_value("Léa Martin")
    check_screen(page, "ask")
    page.get_by_label("Nom à inscrire").fill("  ")
    page.get_by_role("button", name="Recevoir mon attestation").click()
    expect(page.get_by_label("Nom à inscrire")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.get_by_label("Nom à inscrire").fill("Léa Martin-Dufour")
    page.get_by_role("button", name="Recevoir mon attestation").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Léa Martin-Dufour")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger l’attestation").click(timeout=40_000)
    content = download.value.path().read_bytes()
    read = pypdf.PdfReader(io.BytesIO(content))
    assert len(read.pages) == 1
    assert "Léa Martin-Dufour" in read.pages[0].extract_text()
    check_screen(page, "given")

    address = page.locator("a.address").get_attribute("href") or ""
    assert CODE.search(address)
    visitor = new_context(phone=True).new_page()
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Léa Martin-Dufour")
    expect(visitor.locator("main")).to_contain_text("Attestation valable")
    expect(visitor.locator("main")).not_to_contain_text("Retirer")
    visitor.get_by_text("Vérifier le badge sans se fier à cette page").click()
    check_screen(visitor, "valid")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Image (SVG)").click()
    assert "openbadges:credential" in download.value.path().read_text()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Texte lisible (JSON)").click()
    assert json.loads(download.value.path().read_text())["type"][1] == "OpenBadgeCredential"

    page.get_by_role("link", name="Retirer mon attestation").click()
    check_screen(page)
    page.get_by_role("button", name="Retirer mon attestation").click()
    expect(page.get_by_role("status").first).to_contain_text("Votre attestation est retirée.")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("n’est plus valable")
    expect(visitor.locator("main")).not_to_contain_text("Léa")
    check_screen(visitor, "withdrawn")


def test_a_code_is_typed_from_a_paper(page: Page) -> None:
    page.goto("/attestations/")
    check_screen(page)
    page.get_by_label("Code de l’attestation").fill("abcd efgh")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_label("Code de l’attestation")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.get_by_label("Code de l’attestation").fill("abcd efgh jklm npqr")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ne porte ce code")
    check_screen(page, "unknown")


def test_without_script_it_is_given_and_taken(new_context: NewContext, stack: Stack) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_up(page, stack, "attestee.sans.js@exemple.fr", "Sam Sans-Script")
    finish(page)
    page.get_by_role("button", name="Recevoir mon attestation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sam Sans-Script")

    def ready() -> bool:
        page.goto("/se-former/attestation/")
        return page.get_by_role("link", name="Télécharger l’attestation").count() == 1

    wait_for(ready, 40, "the PDF", pause=1)
    code = CODE.search(page.locator("a.address").get_attribute("href") or "")
    assert code
    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto("/attestations/")
    visitor.get_by_label("Code de l’attestation").fill(code[1].lower().replace("-", ""))
    visitor.get_by_role("button", name="Vérifier").click()
    expect(visitor.locator("main")).to_contain_text("Attestation valable")


def test_the_operator_revokes(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    sign_up(page, stack, "revoquee@exemple.fr", "Une Erreur")
    finish(page)
    page.get_by_role("button", name="Recevoir mon attestation").click()
    address = page.locator("a.address").get_attribute("href") or ""
    desk = new_context().new_page()
    operator_desk(desk)
    desk.goto(address)
    desk.get_by_role("link", name="Révoquer cette attestation").click()
    desk.get_by_role("button", name="Révoquer").click()
    expect(desk.get_by_label("Motif")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Motif").fill("Délivrée par erreur")
    desk.get_by_role("button", name="Révoquer").click()
    expect(desk.locator("main")).to_contain_text("Délivrée par erreur")
    page.goto("/se-former/attestation/")
    expect(page.get_by_label("Nom à inscrire")).to_be_visible()


def test_a_practical_sheet_is_printed_by_anyone(new_context: NewContext, stack: Stack) -> None:
    page = new_context().new_page()
    path = "/se-former/etapes/etape-2/fiche.pdf"

    def ready() -> bool:
        return bool(page.request.get(path).headers["content-type"] == "application/pdf")

    wait_for(ready, 40, "the sheet that publication asked for", pause=1)
    assert page.request.get(path).body().startswith(b"%PDF-1.7")
    # Another edition is under way, then somebody must ask again.
    stack.manage(
        "shell", "--verbosity", "0", "-c",
        "from apps.documents.models import Document; Document.objects.filter(kind='course-sheet').delete()",
    )  # fmt: skip
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("La fiche est à préparer")
    check_screen(page, "missing")
    stack.kill("worker")
    page.get_by_role("button", name="Préparer la fiche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La fiche est en préparation")
    check_screen(page, "waiting")
    stack.start("worker")
    expect(page.get_by_role("link", name="Télécharger la fiche")).to_be_visible(timeout=40_000)


@pytest.mark.parametrize("path", ["/attestations/", "/attestations/ABCD-EFGH-JKLM-NPQR/"])
def test_verifying_is_light(new_context: NewContext, path: str) -> None:
    fresh = new_context().new_page()
    with Weight.of(fresh) as weight:
        fresh.goto(path, wait_until="networkidle")
    weight.check()
