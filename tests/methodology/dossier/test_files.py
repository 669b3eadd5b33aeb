"""The files of a dossier: what they say, and what they never say."""

from __future__ import annotations

import io
import json
import re
import zipfile
from itertools import pairwise
from typing import Any
from xml.dom.minidom import parseString

import page
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from odfdo import Document as OdfDocument
from openpyxl import load_workbook

from apps.core.pdf import render_pdf
from apps.methodology.dossier import archive, odt, paper, reading, sheets, trim
from apps.methodology.dossier.contents import Contents
from apps.methodology.dossier.outline import outline
from apps.methodology.dossier.prose import Passage, passages
from apps.methodology.models import Engagement
from tests.methodology.dossier import cases
from tests.methodology.dossier.journeys import PLACES
from tests.methodology.support import engagement_of

pytestmark = pytest.mark.django_db


def contents_of(engagement: Engagement) -> Contents:
    return reading.read(Engagement.objects.select_related("organisation").get(pk=engagement.pk))


@pytest.fixture
def full(db: None) -> Contents:
    return contents_of(cases.full()[0])


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- contents ----------------------------------------------------------------------------------------------------
def test_reading_costs_the_same_whatever_the_size(db: None) -> None:
    counts = []
    for most in (1, 3):
        engagement = Engagement.objects.select_related("organisation").get(pk=cases.extreme(most).pk)
        reading.read(engagement)
        with CaptureQueriesContext(connection) as queries:
            reading.read(engagement)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_what_was_removed_is_nowhere(full: Contents) -> None:
    assert [thing.title for thing in full.things() if thing.kind.code == "activity"] == [
        "La halte-garderie",
        cases.FORMULA,
    ]
    (lever,) = [thing for thing in full.things() if thing.kind.code == "lever"]
    assert lever.words("activities") == f"La halte-garderie, {cases.FORMULA}"
    assert all(remark.text for step in full.steps for remark in step.remarks)


def test_an_account_without_a_name_is_not_called_by_its_address(full: Contents) -> None:
    assert cases.ADDRESS not in repr(full)
    assert full.steps[0].verdicts[0].recorded_by == "Une personne de l’équipe"


def test_guests_are_named_nowhere_and_others_only_where_the_table_showed_names(full: Contents) -> None:
    records = {record.title: record for step in full.steps for record in step.records}
    assert "Iris" not in repr(full)
    authors = {card.author for pile in records["À noms ouverts"].piles for card in pile.cards}
    assert authors == {"", "Malik Merle"}
    assert records["En silence"].piles == records["En silence"].loose == ()
    assert "De Malik 1" not in repr(full)


def test_a_text_with_dashes_is_a_list() -> None:
    assert passages("Un\ndeux\n- a\n– b\n\nFin") == (
        Passage(("Un", "deux")),
        Passage(("a", "b"), is_list=True),
        Passage(("Fin",)),
    )
    assert passages("3 - 2 = 1") == (Passage(("3 - 2 = 1",)),)


# --- paper -------------------------------------------------------------------------------------------------------
def made(contents: Contents) -> pypdf.PdfReader:
    content = render_pdf(paper.html(contents), at=timezone.now()).content
    found = page.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]
    return pypdf.PdfReader(io.BytesIO(content))


def test_paper_conforms_to_pdf_ua_and_says_everything(full: Contents) -> None:
    reader = made(full)
    pages = [one.extract_text() for one in reader.pages]
    text = squeezed("".join(pages))
    assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]
    assert reader.metadata
    assert reader.metadata.title == "Notre modèle, 2027 à 2030, dossier de la démarche"
    for said in (
        "La halte-garderie",
        "Mutualiser la paie",
        "Garder deux activités",
        "Le mandat manque.",
        "Malik Merle",
    ):
        assert squeezed(said) in text, said
    assert "1/" not in pages[0]
    assert all("LesAteliersduCanal" in squeezed(one) for one in pages[1:])


def test_summary_leads_where_it_says(full: Contents) -> None:
    reader = made(full)
    listed = [
        int(n)
        for n in re.findall(r"(?: \.){3,}\s*(\d+)$", reader.pages[1].extract_text().replace("  ", " "), re.M)
    ]
    marks = [mark for mark in reader.outline if not isinstance(mark, list)][2:]
    assert listed == [(reader.get_destination_page_number(mark) or 0) + 1 for mark in marks]
    assert len(listed) == 8


def test_headings_come_in_order(full: Contents) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", paper.html(full))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_empty_démarche_has_a_short_dossier(db: None) -> None:
    reader = made(contents_of(engagement_of()))
    assert len(reader.pages) <= 5
    assert squeezed("Rien n’est écrit pour cette étape.") in squeezed(
        "".join(p.extract_text() for p in reader.pages)
    )


def test_long_texts_stay_on_paper_and_names_stay_texts(db: None) -> None:
    engagement = cases.extreme(2)
    Engagement.objects.filter(pk=engagement.pk).update(title="<b>A & B</b> " * 9)
    reader = made(contents_of(engagement))
    assert "<b>A&B</b>" in squeezed(reader.pages[0].extract_text())


def test_what_is_too_long_for_paper_is_cut_and_said(db: None) -> None:
    whole = outline(contents_of(cases.extreme(12)))
    short = trim.trimmed(whole, 60_000)
    size = sum(
        trim.size(block) for chapter in short.chapters for part in chapter.sections for block in part.blocks
    )
    assert size < 62_000
    assert "La suite est trop longue" in repr(short)
    assert trim.trimmed(whole, 10_000_000) == whole
    small = [
        section
        for chapter in whole.chapters
        for section in chapter.sections
        if section.title == "Modèle cible"
    ]
    assert small


# --- text --------------------------------------------------------------------------------------------------------
def test_text_has_headings_tables_lists_title_and_language(full: Contents) -> None:
    document = OdfDocument(io.BytesIO(odt.write(full)))
    assert (document.meta.title, document.meta.language, document.language) == (
        "Notre modèle, 2027 à 2030",
        "fr-FR",
        "fr-FR",
    )
    body: Any = document.body
    headings = [(int(one.level), one.inner_text) for one in body.headers]
    assert (2, "Carte des activités") in headings
    assert (3, "La halte-garderie") in headings
    assert [text for level, text in headings if level == 1][2:] == [
        f"{step.number}. {step.title}" for step in full.steps
    ]
    assert len({table.name for table in body.tables}) == len(body.tables) > 5
    assert any("la confiance" in one.inner_text for one in body.lists)
    assert "«\u202fRien sans les parents\u202f»" in body.inner_text.replace("\u00a0", "\u202f")
    assert cases.ADDRESS not in body.inner_text


# --- workbooks ---------------------------------------------------------------------------------------------------
def test_workbook_has_a_sheet_for_each_kind_and_no_formula(full: Contents) -> None:
    book = load_workbook(io.BytesIO(sheets.to_xlsx(full)))
    kinds = [listing.kind.plural for listing in full.listings()]
    assert book.sheetnames[:2] == ["Démarche", "Étapes"]
    assert [name.lower() for name in book.sheetnames[2:-6]] == [kind.lower() for kind in kinds]
    assert book.sheetnames[-6:] == [
        "Notes présentées",
        "Signatures",
        "Décisions",
        "Validations",
        "Commentaires",
        "Ateliers",
    ]
    activities = book["Activités"]
    assert activities["B1"].value == "Nom de l’activité"
    assert (activities["B2"].value, activities["B3"].value) == ("La halte-garderie", f"'{cases.FORMULA}")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert cases.ADDRESS not in repr([cell.value for cell in cells])


def test_numbers_and_dates_can_be_counted_with(full: Contents) -> None:
    book = load_workbook(io.BytesIO(sheets.to_xlsx(full)))
    header = {cell.value: cell.column - 1 for cell in book["Exercices"][1]}
    assert book["Exercices"][2][header["Cotisations (€)"]].value == 12500.5
    due = {cell.value: cell.column - 1 for cell in book["Actions"][1]}["Échéance"]
    assert book["Actions"][2][due].value.date().isoformat() == "2027-06-30"
    assert book["Relevés"]["B2"].value == "Familles"


def test_open_workbook_says_the_same(full: Contents) -> None:
    with zipfile.ZipFile(io.BytesIO(sheets.to_ods(full))) as made_file:
        dom = parseString(made_file.read("content.xml"))
    tables = [one.getAttribute("table:name") for one in dom.getElementsByTagName("table:table")]
    assert tables == load_workbook(io.BytesIO(sheets.to_xlsx(full))).sheetnames
    assert not [
        one for one in dom.getElementsByTagName("table:table-cell") if one.getAttribute("table:formula")
    ]
    text = [one.firstChild.data for one in dom.getElementsByTagName("text:p") if one.firstChild]  # type: ignore[attr-defined]
    assert f"'{cases.FORMULA}" in text
    assert (
        "Nous avons commencé par la halte-garderie : 24 familles, puis 60." in text
    )  # a line is a paragraph


# --- archive -----------------------------------------------------------------------------------------------------
def test_archive_is_read_without_us(full: Contents) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.write(full))) as made_file:
        parts = {name: made_file.read(name) for name in made_file.namelist()}
    assert set(parts) == {
        "LISEZ-MOI.txt",
        "dossier.pdf",
        "dossier.odt",
        "donnees.xlsx",
        "donnees.ods",
        "notes/cadrage-v1.pdf",
        "notes/cadrage-v2.pdf",
        *(f"donnees/{name}.json" for name in PLACES),
    }
    items = {one["key"]: one for one in json.loads(parts["donnees/elements.json"])["items"]}
    action = {one["code"]: one for one in items["action-2"]["fields"]}
    assert action["after"]["value"] == ["action-1"]
    assert action["after"]["said"] == "Écrire la convention"
    assert action["owner"]["value"] == "Une personne de l’équipe"
    assert items["reading-2"]["parent"] == "indicator-1"
    readme = parts["LISEZ-MOI.txt"].decode()
    assert "dossier.pdf     le dossier à imprimer" in readme
    assert "\r\n" in readme
    data = b"".join(parts.values()).decode("utf-8", "ignore")
    assert cases.ADDRESS not in data
    assert "Iris" not in data


def test_archive_too_long_for_paper_comes_without_and_says_so(
    full: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LONGEST", 10)
    with zipfile.ZipFile(io.BytesIO(archive.write(full))) as made_file:
        assert "dossier.pdf" not in made_file.namelist()
        assert "Le dossier PDF n’est pas ici" in made_file.read("LISEZ-MOI.txt").decode()
