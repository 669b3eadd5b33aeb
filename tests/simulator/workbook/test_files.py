"""The two files before any recalculation: figures already there, texts inert, input cells open, the rest protected."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from apps.simulator.draws import draw
from apps.simulator.plan import Hypothesis, Plan
from apps.simulator.project import project
from apps.simulator.sensitivity import sensitivity
from apps.simulator.workbook import Book, Scenario, write_ods, write_xlsx
from apps.simulator.workbook.build import MOST_SCENARIOS, sheets_of
from apps.simulator.workbook.styles import FORMATS, SIZE, STYLES
from tests.simulator.golden import cases
from tests.simulator.workbook.figures import differences, errors, gaps, plain
from tests.simulator.workbook.scenarios import DAY, book, drawn

PLAN = drawn(11, 3)
OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=HYPERLINK(\"http://x\")",
    "</text:p></table:table-cell><x>&amp;",
    "_x0041_ \x0bfin\ud800",
    "l’été : « 3 % »\nsuite",
)  # fmt: skip


def opened(data: bytes, *, figures: bool) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=figures)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def ods_tables(data: bytes) -> dict[str, list[list[Any]]]:
    """Sheet → rows of cells (elements)."""
    root = ElementTree.fromstring(part(data, "content.xml"))
    return {
        table.get(f"{TABLE}name", ""): [
            list(row.iter(f"{TABLE}table-cell")) for row in table.iter(f"{TABLE}table-row")
        ]
        for table in root.iter(f"{TABLE}table")
    }


def said(cell: Any) -> str:
    return "".join(cell.itertext())


# --- figures that no program has recomputed ----------------------------------------------------------------------
def test_a_reader_that_does_not_recompute_shows_the_platforms_figures() -> None:
    made = opened(write_xlsx(book(PLAN)), figures=True)
    assert differences(made, "", project(PLAN)) == []
    assert set(gaps(made, "")) == {0}
    assert errors(made) == []


def test_both_formats_carry_the_same_figures() -> None:
    values = opened(write_xlsx(book(PLAN)), figures=True)
    tables = ods_tables(write_ods(book(PLAN)))
    assert list(tables) == values.sheetnames
    compared = 0
    for name, rows in tables.items():
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                kind, shown = cell.get(f"{OFFICE}value-type"), values[name].cell(number, column).value
                if kind in ("float", "currency", "percentage"):
                    assert float(cell.get(f"{OFFICE}value")) == pytest.approx(float(shown), abs=1e-9)
                    compared += 1
                elif kind == "string":
                    assert said(cell) == (shown or "")
    assert compared > 3000


def test_formulas_are_live_and_told_to_be_recomputed() -> None:
    data = write_xlsx(book(PLAN))
    formulas = opened(data, figures=False)
    for name in ("Hypothèses", "Effets", "Mois", "Trésorerie", "Années", "Alliances", "Contrôle"):
        found = [c.value for row in formulas[name].iter_rows() for c in row if c.data_type == "f"]
        assert len(found) > 10, name
    assert (
        formulas["Années"]["C6"].value.startswith("=ROUND(Base!B5")
        or "'Base'!B5" in formulas["Années"]["C6"].value
    )
    assert 'fullCalcOnLoad="1"' in part(data, "xl/workbook.xml")
    for text in (part(data, f"xl/worksheets/sheet{n}.xml") for n in range(1, len(formulas.sheetnames) + 1)):
        assert 't="array"' not in text
        assert text.count("<f>") == len(re.findall(r"</f><v>[^<]+</v>", text)) + text.count("</f><v></v>")
    assert not [
        name
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if "vba" in name.lower() or "external" in name.lower()
    ]


def test_the_same_book_gives_the_same_bytes() -> None:
    assert write_xlsx(book(PLAN)) == write_xlsx(book(PLAN))
    assert write_ods(book(PLAN)) == write_ods(book(PLAN))


def test_an_ods_begins_with_its_type_unpacked() -> None:
    with zipfile.ZipFile(io.BytesIO(write_ods(book(PLAN)))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(name))


# --- what people type --------------------------------------------------------------------------------------------
def hostile_book() -> Book:
    titles = tuple(
        Hypothesis(f"h{n}", "membership", title, Decimal(3), amounts={"each": Decimal(10)})
        for n, title in enumerate(HOSTILE)
    )
    plan = Plan("s", PLAN.base, PLAN.settings, titles)
    made = book(plan, title=HOSTILE[0], association=HOSTILE[4])
    return replace(made, scenarios=[replace(made.scenarios[0], title=HOSTILE[3])])


def test_texts_of_people_are_never_formulas_in_xlsx() -> None:
    made = opened(write_xlsx(hostile_book()), figures=False)
    assert (made["Lisez-moi"]["A1"].value, made["Lisez-moi"]["A1"].data_type) == ("'=1+1", "s")
    titles = [made["Hypothèses"].cell(6 + n, 2) for n in range(len(HOSTILE))]
    assert {cell.data_type for cell in titles} == {"s"}
    assert [plain(cell.value) for cell in titles] == [
        "'=1+1", "'+cmd|' /C calc'!A0", "'@SUM(A1)", "' =HYPERLINK(\"http://x\")",
        "</text:p></table:table-cell><x>&amp;", "_x005F_x0041_ fin", "l’été : « 3 % » suite",
    ]  # fmt: skip
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or not any(word in cell.value for word in ("HYPERLINK", "cmd"))


def test_texts_of_people_are_never_formulas_in_ods() -> None:
    tables = ods_tables(write_ods(hostile_book()))
    titles = [tables["Hypothèses"][5 + n][1] for n in range(len(HOSTILE))]
    assert {cell.get(f"{TABLE}formula") for cell in titles} == {None}
    assert [said(cell) for cell in titles][:5] == [
        "'=1+1", "'+cmd|' /C calc'!A0", "'@SUM(A1)", "' =HYPERLINK(\"http://x\")",
        "</text:p></table:table-cell><x>&amp;",
    ]  # fmt: skip
    assert {cell.get(f"{OFFICE}value-type") for cell in titles} == {"string"}


def test_the_title_of_a_scenario_never_names_a_sheet() -> None:
    titles = ["🌱 l’« été » : a/b\\c*d?[e]'f\"", "x" * 200, "-5 % de subventions", "Base"]
    made = book(*[replace(PLAN, key=str(n)) for n in range(len(titles))])
    told = [replace(one, title=title) for one, title in zip(made.scenarios, titles, strict=True)]
    data = write_xlsx(replace(made, scenarios=told))
    names = opened(data, figures=False).sheetnames
    assert len(names) == len(set(names)) == 4 + 7 * len(titles)
    assert not [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")]
    heads = [plain(cell.value) for cell in opened(data, figures=True)["Comparaison"][4][1:]]
    assert [head[:5] for head in heads] == ["A : 🌱", "B : x", "C : -", "D : B"]
    assert "x" * 200 in heads[1]


# --- on paper ----------------------------------------------------------------------------------------------------
def test_what_each_printed_page_repeats_is_not_cut() -> None:
    """A text that is not wrapped runs over the next cells, but not past the columns that are repeated."""
    for sheet in sheets_of(book(PLAN)):
        if sheet.pages_wide == 1:
            continue
        for (row, column), cell in sheet.cells.items():
            if (
                isinstance(cell.content, str)
                and column < sheet.frozen[1]
                and cell.style in ("title", "subtitle")
            ):
                room = sum(sheet.widths[at] for at in range(column, sheet.frozen[1]))
                size = STYLES[cell.style].size / SIZE
                assert len(cell.content) * size <= room, (sheet.name, row, cell.content)


def test_negative_amounts_are_red_in_both() -> None:
    """LibreOffice leaves out a colour of a number format that is none of its ten."""
    found = re.search(
        r'<number:currency-style style:name="n-euros" .*?fo:color="([^"]*)"',
        part(write_ods(book(PLAN)), "content.xml"),
    )
    assert found
    assert found[1] == "#ff0000"
    assert "[Red]\\\u2212" in FORMATS["euros"]


# --- what may be changed -----------------------------------------------------------------------------------------
def test_only_input_cells_are_open_and_none_of_them_is_a_formula() -> None:
    made = opened(write_xlsx(book(PLAN)), figures=False)
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in made)
    opened_cells = {
        sheet.title: [c for row in sheet.iter_rows() for c in row if not c.protection.locked]
        for sheet in made
    }
    assert {name for name, found in opened_cells.items() if found} == {"Base", "Réglages", "Hypothèses"}
    assert all(cell.data_type != "f" for found in opened_cells.values() for cell in found)
    assert len(opened_cells["Base"]) == 26
    assert len(opened_cells["Réglages"]) == 7
    fills = {cell.fill.fgColor.rgb for found in opened_cells.values() for cell in found}
    assert len(fills) == 1


def test_ods_sheets_are_protected_and_their_inputs_open() -> None:
    data = write_ods(book(PLAN))
    content = part(data, "content.xml")
    assert content.count('table:protected="true"') == content.count("<table:table ")
    opens = set(
        re.findall(
            r'style:name="c-(\w+)"[^>]*>(?=<style:table-cell-properties[^>]*cell-protect="none")', content
        )
    )
    assert opens == {"input_euros", "input_rate", "input_whole", "input_date", "input_text"}


def test_a_setting_says_what_it_takes() -> None:
    made = opened(write_xlsx(book(PLAN)), figures=False)
    rules = made["Réglages"].data_validations.dataValidation
    assert len(rules) == 6
    assert {rule.error for rule in rules} == {
        "Un nombre entier, de 0 à 12.", "Un nombre entier, de 1 à 12.", "L’un de ces mots : oui, non.",
    }  # fmt: skip
    assert part(write_ods(book(PLAN)), "content.xml").count("<table:content-validation ") == 6


# --- the book ----------------------------------------------------------------------------------------------------
def test_scenarios_of_one_base_share_its_sheet() -> None:
    other = replace(PLAN, key="autre", hypotheses=PLAN.hypotheses[:3])
    names = [sheet.name for sheet in sheets_of(book(PLAN, other))]
    assert names[:4] == ["Lisez-moi", "Comparaison", "Base", "Réglages"]
    assert [name for name in names if name.startswith("Hypothèses")] == ["Hypothèses A", "Hypothèses B"]
    elsewhere = replace(other, base=replace(PLAN.base, treasury=1))
    names = [sheet.name for sheet in sheets_of(book(PLAN, elsewhere))]
    assert names[2:5] == ["Base A", "Base B", "Réglages"]


def test_one_scenario_has_no_letter_and_no_comparison() -> None:
    names = [sheet.name for sheet in sheets_of(book(PLAN))]
    assert names == [
        "Lisez-moi", "Base", "Réglages", "Hypothèses", "Effets", "Années", "Mois", "Trésorerie", "Alliances", "Contrôle",
    ]  # fmt: skip


def test_the_band_and_the_swings_are_values() -> None:
    band, found = draw(PLAN, 200), sensitivity(PLAN)
    told = Book("T", "A", DAY, [Scenario("S", PLAN, project(PLAN), band, found)])
    sheet = opened(write_xlsx(told), figures=False)["Incertitude"]
    lines = {plain(row[0]): row[1:] for row in sheet.iter_rows(values_only=True)}
    assert [round(value, 2) for value in lines["Résultat, bas"][:3]] == [
        round(c / 100, 2) for c in band.result_low
    ]
    assert lines["Le même, au moins une fois d’ici la fin"][0] == band.under_three.whole
    assert lines[found[0].title][2] == found[0].width / 100
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_scenario_without_hypothesis_says_so() -> None:
    made = opened(write_xlsx(book(replace(PLAN, hypotheses=()))), figures=True)
    assert plain(made["Hypothèses"]["B6"].value) == "Aucune hypothèse : ce scénario reconduit la base."
    assert made["Alliances"]["A5"].value == "Ce scénario n’a pas d’alliance nouvelle."
    assert set(gaps(made, "")) == {0}


def test_how_many_scenarios_a_book_takes() -> None:
    small = cases()[0].plan
    with pytest.raises(ValueError, match="from 1 to 26"):
        sheets_of(book())
    with pytest.raises(ValueError, match="not 27"):
        sheets_of(book(*[small] * (MOST_SCENARIOS + 1)))
