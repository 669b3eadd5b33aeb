"""A curator merges two rows, removes a name everywhere, exports, edits and sends back a spreadsheet, looks at links."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, StorageState, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import present_code, sign_in
from tests.e2e.screens import check_screen
from tests.support.stack import Stack, wait_for

pytestmark = pytest.mark.e2e
PEOPLE, FILES = "/curation/personnes/", "/curation/import/"
TWINS = """
from apps.webinars.models import Person, Webinar
from apps.webinars import sheet
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
twin = people.add_person(first_name='Hâkim', last_name='Hallouche')
webinar = Webinar.objects.get(slug='webinaire-2022-09-15')
said = sheet.read(webinar.draft)
said.speakers.append(sheet.Speaker(person=twin.slug, organisation='le-rameau', role='Témoin'))
CASES.save_draft(row=webinar, draft=said, version=webinar.version, by=None)
"""


@pytest.fixture(name="me")
def make_me(new_context: NewContext, sessions: dict[str, StorageState]) -> Page:
    """The curator's device, signed in with her second factor."""
    if "curatrice" not in sessions:
        page = new_context().new_page()
        sign_in(page, "curatrice")
        code = page.get_by_label("Code de votre application")

        def enter() -> bool:
            """A code serves once: another test may just have used it."""
            code.fill(present_code(page, "curatrice@demo.example"))
            page.get_by_role("button", name="Continuer").click()
            page.wait_for_load_state()
            return code.count() == 0

        wait_for(enter, 70, "a code that was not used", pause=5)
        sessions["curatrice"] = page.context.storage_state()
    return new_context(storage_state=sessions["curatrice"]).new_page()


def told(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def run(stack: Stack, code: str) -> None:
    stack.manage("shell", "--verbosity", "0", "-c", code)


def test_two_rows_of_one_person_become_one(me: Page, stack: Stack) -> None:
    run(stack, TWINS)
    me.goto(PEOPLE)
    check_screen(me, "with duplicates")
    me.get_by_role("link", name=re.compile("^Comparer H.kim Hallouche? et H.kim Hallouche?$")).click()
    check_screen(me, "compared")
    press(me, "Fusionner")
    expect(me.locator("main")).to_contain_text("Choisissez la fiche que l’on garde.")
    check_screen(me, "refused")
    me.get_by_label("Garder Hakim Hallouch", exact=True).check()
    press(me, "Fusionner")
    expect(me.get_by_role("heading", level=1)).to_have_text("Hakim Hallouch")
    expect(me.locator("main")).to_contain_text("Hâkim Hallouche")
    check_screen(me)
    me.goto("/curation/fiches/webinaire-2022-09-15/modifier/")
    expect(me.locator("#section-speakers")).not_to_contain_text("Hallouche")
    me.goto(f"{PEOPLE}?q=hallouche")
    expect(me.locator("main")).to_contain_text("1\u00a0personne")
    me.goto(f"{PEOPLE}nancy-thomas/fusionner/")
    check_screen(me, "nobody alike")
    me.get_by_label("Nom ou graphie de l’autre fiche").fill("jutand")
    press(me, "Chercher")
    check_screen(me, "found")


def test_a_name_is_corrected_from_its_sheet(me: Page) -> None:
    me.goto(f"{PEOPLE}?voir=note")
    check_screen(me, "with notes")
    me.goto(f"{PEOPLE}?q=zzz")
    check_screen(me, "nothing found")
    me.goto(f"{PEOPLE}thierry-ferrey/corriger/")
    check_screen(me)
    me.get_by_label("Nom", exact=True).fill("")
    me.get_by_label("Ce qu’elle a demandé").fill("Un seul r")
    press(me, "Enregistrer la correction")
    check_screen(me, "refused")
    me.get_by_label("Nom", exact=True).fill("Férey")
    me.get_by_label("Demandé par elle-même le").fill("2026-11-02")
    press(me, "Enregistrer la correction")
    expect(me.get_by_role("heading", level=1)).to_have_text("Thierry Férey")
    check_screen(me, "corrected at her request")
    me.get_by_role("link", name="Page publique").click()
    expect(me.get_by_role("heading", level=1)).to_contain_text("Thierry Férey")


def test_organisations_have_the_same_screens(me: Page) -> None:
    me.goto("/curation/organisations/")
    check_screen(me)
    me.get_by_role("link", name=re.compile("^Comparer Fondation TotalEnergies")).click()
    check_screen(me)
    me.goto("/curation/organisations/newmeric/")
    check_screen(me)
    me.get_by_role("link", name="Corriger").click()
    check_screen(me)
    me.get_by_label("Type").select_option("entreprise")
    press(me, "Enregistrer la correction")
    expect(me.locator("main")).to_contain_text("Entreprise")


def test_a_removed_name_is_nowhere_any_more(me: Page, stack: Stack, page: Page) -> None:
    case, version = "/bibliotheque/webinaire-2023-12-21/", "/curation/fiches/webinaire-2023-12-21/"
    page.goto(case)
    expect(page.locator("main")).to_contain_text("Céline Faivre")
    me.goto(f"{PEOPLE}celine-faivre/retrait/")
    check_screen(me)
    expect(me.locator("main")).to_contain_text("Ce qui sera fait")
    press(me, "Retirer ce nom")
    expect(me.locator("main")).to_contain_text("Cochez cette case pour confirmer")
    check_screen(me, "refused")
    me.get_by_label("Demandé le").fill("2026-11-03")
    me.get_by_label("J’ai vérifié que la demande vient d’elle").check()
    press(me, "Retirer ce nom")
    expect(me.get_by_role("heading", level=1)).to_have_text("Nom retiré à sa demande")
    check_screen(me, "removed")
    stack.manage("load_content", "--verbosity", "0")
    page.goto(case)
    expect(page.locator("main")).to_contain_text("Pour [nom retiré], le numérique")
    for path in (case, "/bibliotheque/personnes/", "/bibliotheque/?q=faivre", "/s-informer/"):
        page.goto(path)
        assert "faivre" not in told(page).lower().replace("« faivre »", "").replace("faivre »", ""), path
    for path in ("/api/v1/webinars.json", "/api/v1/speakers.csv", "/api/v1/persons/?page_size=200"):
        status, body = stack.get(path)
        assert status == 200
        assert "faivre" not in body.lower(), path
    me.goto(f"{version}comparer/")
    assert "faivre" not in told(me).lower()
    me.goto(f"{PEOPLE}?voir=gone")
    expect(me.locator("main")).to_contain_text("Nom retiré à sa demande")
    check_screen(me, "removed names")


def edited(path: Path, slug: str, column: str, value: str) -> bytes:
    """What someone does in LibreOffice: open, change a cell, save."""
    book = load_workbook(path)
    place = book["cas"]
    titles = [cell.value for cell in place[1]]
    row = next(row for row in place.iter_rows(min_row=2) if row[0].value == slug)
    row[titles.index(column)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(me: Page, content: bytes, name: str = "bibliotheque.xlsx") -> None:
    me.goto(FILES)
    me.get_by_label("Fichier").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    press(me, "Comparer avec la bibliothèque")


def test_a_spreadsheet_is_exported_edited_and_sent_back(me: Page, tmp_path: Path, page: Page) -> None:
    slug = "webinaire-2022-03-17"
    me.goto(FILES)
    check_screen(me)
    with me.expect_download() as download:
        me.get_by_role("link", name="Un classeur .xlsx").click()
    path = tmp_path / "bibliotheque.xlsx"
    download.value.save_as(path)
    send(me, path.read_bytes())
    expect(me.get_by_role("heading", level=1)).to_have_text("Ce fichier ne change rien")
    check_screen(me, "nothing to change")
    press(me, "Ne rien importer et oublier ce fichier")
    send(me, edited(path, slug, "à emporter", "Une phrase venue du classeur."))
    expect(me.locator("main")).to_contain_text("Change\u00a0: À emporter.")
    check_screen(me, "one change")
    press(me, "Importer 1")
    expect(me.get_by_role("heading", level=1)).to_have_text("Ce que le fichier a changé")
    check_screen(me, "done")
    me.goto(f"/curation/fiches/{slug}/modifier/")
    expect(me.get_by_label("À emporter")).to_have_value("Une phrase venue du classeur.")
    page.goto(f"/bibliotheque/{slug}/")
    expect(page.locator("main")).not_to_contain_text("Une phrase venue du classeur.")
    send(me, edited(path, slug, "à emporter", "Une autre phrase."))
    expect(me.get_by_role("heading", level=1)).to_have_text("Rien ne peut être importé")
    expect(me.locator("main")).to_contain_text("a été modifiée depuis que le classeur a été exporté")
    check_screen(me, "refused lines")
    me.goto(FILES)
    check_screen(me, "with files sent")
    send(me, b"bonjour", "bonjour.yaml")
    expect(me.locator("main")).to_contain_text("une fiche est attendue")
    check_screen(me, "refused file")


def test_links_that_fail_are_told(me: Page, stack: Stack) -> None:
    me.goto("/curation/liens/")
    check_screen(me, "never checked")
    run(
        stack,
        "from apps.webinars.models import *; from django.utils import timezone as t; from datetime import timedelta\n"
        "for n, s in enumerate(('broken', 'unreachable', 'refused', 'works')):\n"
        "    LinkCheck.objects.create(webinar=Webinar.objects.filter(sheet__isnull=False)[n], url=f'https://exemple.fr/{n}', "
        "state=s, detail='404 : la page n’existe plus.', checked_at=t.now(), "
        "failing_since=None if s == 'works' else t.now() - timedelta(days=4 * n + 5))",
    )
    me.goto("/curation/liens/")
    expect(me.get_by_role("heading", level=1)).to_have_text("Des liens demandent votre attention")
    check_screen(me, "some fail")
    press(me, "Vérifier maintenant")
    expect(me.locator("main")).to_contain_text("La vérification est demandée")


def test_the_screens_work_without_javascript(
    new_context: NewContext, me: Page, sessions: dict[str, StorageState]
) -> None:
    plain = new_context(storage_state=sessions["curatrice"], java_script_enabled=False).new_page()
    plain.goto(f"{PEOPLE}yvan-lubraneski/corriger/")
    plain.get_by_label("Note de curation").fill("Vu sans script.")
    press(plain, "Enregistrer la correction")
    expect(plain.locator("main")).to_contain_text("Vu sans script.")
