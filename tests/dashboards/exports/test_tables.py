"""CSV, XLSX and ODS: every cell, its state in words, numbers as numbers, no formula, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from odfdo import Document as Odf

from apps.core.typography import nbsp
from apps.dashboards.models import Release
from apps.dashboards.releases import exports, files, numbers
from apps.dashboards.tables import BY_KEY, TABLES
from tests.dashboards.exports.filled import FORMULA, filled

pytestmark = pytest.mark.django_db
FORMATS = ("csv", "xlsx", "ods")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    files._kept.clear()
    yield
    files._kept.clear()


def made(release: Release, ext: str, key: str = "") -> bytes:
    file = files.table_file(read(release), ext, key)
    assert file is not None
    return file.content


def read(release: Release) -> Release:
    return Release.objects.select_related("programme").prefetch_related("tables").get(pk=release.pk)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def cells_of(release: Release) -> list[numbers.Line]:
    return [line for table in numbers.protected(release) for line in numbers.lines(table)]


def test_csv_has_a_line_for_each_cell_of_each_table() -> None:
    release = filled()
    content = made(release, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows, cells = rows_of(content), cells_of(release)
    assert [row["table"] for row in rows] == [one.table for one in cells]
    assert {row["table"] for row in rows} == set(BY_KEY)
    assert [(row["code_ligne"], row["code_colonne"]) for row in rows] == [
        (one.row_key, one.column_key) for one in cells
    ]
    assert {(row["publication"], row["version"], row["démonstration"]) for row in rows} == {
        (release.slug, "1", "non")
    }
    assert {row["date"] for row in rows} == {timezone.localdate(release.published_at).isoformat()}


def test_hidden_zero_and_missing_are_three_words() -> None:
    rows = rows_of(made(filled(), "csv"))
    said = {(row["état"], row["n"] if row["état"] != "publié" else "*") for row in rows}
    assert said == {("publié", "*"), ("masqué", ""), ("0", "0"), ("pas de donnée", "")}
    values = tuple(numbers.VALUES.values())
    for row in rows:
        if row["état"] != "publié":
            assert [row[name] for name in values] == [""] * len(values)


def test_a_value_repeated_says_from_when() -> None:
    repeated = [row for row in rows_of(made(filled(), "csv")) if row["valeur_du"]]
    assert repeated
    assert {row["valeur_du"] for row in repeated} == {"T2 2026"}


def test_columns_named_in_their_row_carry_that_name() -> None:
    rows = rows_of(made(filled(), "csv", "finances"))
    assert {row["table"] for row in rows} == {"finances"}
    cash = [row["colonne"] for row in rows if row["code_ligne"] == "months_of_cash"]
    assert cash == ["moins d’un mois", "de 1 à 3 mois", "de 3 à 6 mois", "6 mois ou plus"]


@pytest.mark.parametrize("ext", ["xlsx", "ods"])
def test_a_workbook_says_first_how_to_read_it_then_a_sheet_for_each_table(ext: str) -> None:
    release = filled()
    sheets = sheets_of(made(release, ext), ext)
    assert list(sheets) == [exports.FIRST, *(table.key for table in TABLES)]
    first = " ".join(str(cell) for row in sheets[exports.FIRST] for cell in row)
    said = numbers.heading(release)
    for told in (
        said.title,
        numbers.quote(said),
        "masqué",
        "pas de donnée",
        "au moins 11 associations",
        said.url,
    ):
        assert nbsp(told) in first, told
    for key, rows in sheets.items():
        if key != exports.FIRST:
            expected = [one for one in cells_of(release) if one.table == key]
            got = [row[:4] for row in rows[1:] if row[0] != "Total des nombres publiés"]
            assert [row[2] for row in got] == [one.word for one in expected], key
            assert [row[3] for row in got] == [one.n for one in expected], key


def sheets_of(content: bytes, ext: str) -> dict[str, list[list[Any]]]:
    if ext == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book}
    found = Odf(io.BytesIO(content)).body.tables
    return {one.name: [padded(row.values) for row in one.iter_rows()] for one in found}


def padded(values: list[Any]) -> list[Any]:
    return [int(v) if isinstance(v, float) or type(v).__name__ == "Decimal" else v for v in values] + [
        None
    ] * 8


@pytest.mark.parametrize("ext", FORMATS)
def test_no_text_is_a_formula(ext: str) -> None:
    content = made(filled(), ext)
    if ext == "csv":
        names = {row["ligne"] for row in rows_of(content)}
    else:
        names = {row[0] for row in sheets_of(content, ext)["profils"]}
    assert f"'{FORMULA}" in names
    assert FORMULA not in names
    if ext == "xlsx":
        kinds = {
            cell.data_type
            for one in openpyxl.load_workbook(io.BytesIO(content))
            for row in one.iter_rows()
            for cell in row
        }
        assert "f" not in kinds


def test_a_total_is_that_of_the_page_and_only_where_rows_add_up() -> None:
    release = filled()
    sheets = sheets_of(made(release, "xlsx"), "xlsx")
    totals = {
        key: row[3] for key, rows in sheets.items() for row in rows if row[0] == "Total des nombres publiés"
    }
    stored = {table["key"]: table["total"]["n"] for table in numbers.protected(release) if table["total"]}
    assert totals == stored
    assert "participation-region" in totals


@pytest.mark.parametrize("ext", FORMATS)
def test_same_numbers_give_the_same_bytes_whatever_is_behind_them(
    ext: str, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exact tables, reasons, population and dates of building change nothing of a file, its name or its version."""
    release = filled()
    before = files.table_file(read(release), ext)
    assert before is not None
    first = before.content
    release.exact_tables.update(exact={"cells": {"53/n": {"n": 7}}, "bases": {}, "rows": [], "columns": []})
    release.suppressions.create(table="axes", row="tout", column="A", reason="small")
    Release.objects.filter(pk=release.pk).update(
        size=905, built_at=timezone.now() - timedelta(days=9), attempts=2
    )
    files._kept.clear()
    clock(datetime(2027, 5, 4, 3, 2, 1, tzinfo=timezone.get_current_timezone()))
    after = files.table_file(read(release), ext)
    assert after is not None
    assert (after.name, after.version, len(after.content)) == (before.name, before.version, len(first))
    assert after.content == first


@pytest.mark.parametrize("ext", FORMATS)
def test_other_numbers_give_another_version(ext: str) -> None:
    release = filled()
    before = files.table_file(read(release), ext)
    stored = release.tables.get(key="axes")
    stored.protected["rows"][0]["cells"]["A"] = {"state": "hidden"}
    stored.save()
    after = files.table_file(read(release), ext)
    assert before is not None
    assert after is not None
    assert before.version != after.version


@pytest.mark.parametrize("ext", FORMATS)
def test_what_a_protected_table_should_not_hold_stays_in(ext: str) -> None:
    """A number left by mistake in a hidden cell, or beside the values, goes into no file."""
    release = filled()
    stored = release.tables.get(key="participation-region")
    for row in stored.protected["rows"]:
        row["cells"]["n"] = {"state": "hidden", "n": 98765, "share": 98764, "exact": 98763}
        row["exact"] = 98762
    stored.protected["secret"] = 98761
    stored.save()
    content = made(release, ext, "participation-region")
    if ext != "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"9876" not in content


def test_a_file_is_made_once_and_kept_by_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    release = filled()
    calls: list[str] = []
    written = files.written
    monkeypatch.setattr(files, "written", lambda *a: calls.append(a[0]) or written(*a))
    assert made(release, "csv") == made(release, "csv")
    assert calls == ["csv"]


def test_a_process_keeps_few_files() -> None:
    for rank in range(files.KEPT_FILES + 5):
        files.kept(str(rank), lambda: b"")
    assert list(files._kept) == [str(rank) for rank in range(5, files.KEPT_FILES + 5)]


@pytest.mark.parametrize(("ext", "key"), [("xls", ""), ("csv", "rien"), ("php", "axes"), ("", "")])
def test_nothing_else_is_made(ext: str, key: str) -> None:
    assert files.table_file(read(filled()), ext, key) is None
