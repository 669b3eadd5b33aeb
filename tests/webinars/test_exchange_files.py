"""To a file and back, without losing a sign: the eighteen cases, and whatever hypothesis imagines."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.webinars import sheet
from apps.webinars.exchange import rows, tables, uploads, xlsx_write, yaml_read, yaml_write
from apps.webinars.models import Webinar
from tests.webinars.sheets import PEOPLE, SHEETS, TRAPS

Data = dict[str, Any]
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def spreadsheet(sheets: list[sheet.Sheet], people: list[Data] | None = None) -> bytes:
    cases = [(sheet.stored(said), 3) for said in sheets]
    return xlsx_write.workbook(tables.flat(cases, people or [], []), [("odd", "4", "Éducation")])


def back(content: bytes, name: str = "fiches.xlsx") -> rows.Bundle:
    found = uploads.read(content, name)
    assert not [entry.problems for entry in found.cases if entry.problems]
    assert found.strays == []
    return found


@OFTEN
@given(st.lists(SHEETS, min_size=1, max_size=3, unique_by=lambda said: said.slug))
def test_any_sheet_comes_back_from_a_spreadsheet(sheets: list[sheet.Sheet]) -> None:
    found = back(spreadsheet(sheets))
    assert [sheet.read(entry.data) for entry in found.cases] == sheets
    assert {entry.version for entry in found.cases} == {"3"}
    assert found.remarks == []


@OFTEN
@given(st.lists(SHEETS, min_size=1, max_size=3, unique_by=lambda said: said.slug))
def test_any_sheet_comes_back_from_yaml(sheets: list[sheet.Sheet]) -> None:
    texts = [yaml_write.case(sheet.stored(said)) for said in sheets]
    for said, text in zip(sheets, texts, strict=True):
        assert sheet.read(yaml_read.read(text.encode(), "x.yaml")) == said
        assert sheet.read(yaml.load(text, Loader=yaml.SafeLoader)) == said
    one = yaml_write.whole(texts, [], [])
    assert [sheet.read(entry.data) for entry in back(one.encode(), "x.yaml").cases] == sheets


@OFTEN
@given(st.lists(PEOPLE, min_size=1, max_size=3))
def test_any_register_comes_back(people: list[Data]) -> None:
    expected = [rows.read(rows.PersonRow, row) for row in people]
    plain = [row.model_dump() for row in expected]
    for content in (spreadsheet([], plain), yaml_write.persons(plain).encode()):
        found = uploads.read(content, "x")
        assert [rows.read(rows.PersonRow, entry.data) for entry in found.people] == expected


@pytest.mark.django_db
def test_the_eighteen_cases_come_back_from_every_kind_of_file() -> None:
    sheets = [sheet.read(row.sheet) for row in Webinar.objects.order_by("date") if row.sheet]
    assert len(sheets) >= 18
    assert [sheet.read(entry.data) for entry in back(spreadsheet(sheets)).cases] == sheets
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for said in sheets:
            made.writestr(f"fiches/{said.date}.yaml", yaml_write.case(sheet.stored(said)))
        made.writestr("lisez-moi.txt", "Bonjour")
        made.writestr("__MACOSX/._x", "x")
    found = back(archive.getvalue())
    assert [sheet.read(entry.data) for entry in found.cases] == sheets
    assert found.remarks == ["« lisez-moi.txt » n’est pas un fichier « .yaml » : il n’est pas lu."]


@pytest.mark.parametrize("trap", TRAPS)
def test_no_cell_is_a_formula_nor_a_number(trap: str) -> None:
    said = sheet.read({"slug": "x", "title": trap, "essential": [trap], "curator_note": [trap]})
    book = load_workbook(io.BytesIO(spreadsheet([said])))
    for place in book.worksheets:
        for line in place.iter_rows():
            for cell in line:
                assert cell.value is None or (cell.data_type == "s" and cell.number_format == "@"), cell
    raw = zipfile.ZipFile(io.BytesIO(spreadsheet([said])))
    assert not [name for name in raw.namelist() if b"<f>" in raw.read(name)]


def test_codes_and_spellings_may_hold_their_own_separator() -> None:
    for items in (["a;b", "c\\;d"], [""], ["", "x"], [], ["a\nb"], ["\\"], ["\\e"]):
        for separator in (";", "\n"):
            assert tables.split(tables.joined(items, separator), separator) == items


def test_numbers_typed_as_people_type_them() -> None:
    assert tables.numeric("1\u202f400,5") == 1400.5
    assert tables.numeric(" 16 000 000 000 ") == 16e9
    assert tables.numeric("") is None
    assert tables.numeric("beaucoup") == "beaucoup"
