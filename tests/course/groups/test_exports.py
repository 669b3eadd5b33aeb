"""The board as a table: the same names by the same rule, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.course.groups import exports
from apps.course.groups.presenters import Board, Cell, Column, Row
from apps.course.models import Group
from tests.factories import course
from tests.factories import groups as make
from tests.support.client import StrictClient

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
BAD = '=HYPERLINK("http://mal.example";"clic")'


def read_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def read_xlsx(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert not [cell for row in rows for cell in row if cell.data_type == "f"], "a formula"
    return [[str(cell.value) for cell in row] for row in rows]


def read_ods(content: bytes) -> list[list[str]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    root = fromstring(archive.read("content.xml"))
    cells = list(root.iter(f"{TABLE}table-cell"))
    assert not [cell for cell in cells if cell.get(f"{TABLE}formula")], "a formula"
    assert {cell.get(f"{OFFICE}value-type") for cell in cells} <= {"string", "float", None}
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{TABLE}table-row")]
    return [[text for text in row if text] for row in rows]


READERS: dict[str, Callable[[bytes], list[list[str]]]] = {"csv": read_csv, "xlsx": read_xlsx, "ods": read_ods}


def board(*labels: str, hidden: int = 0) -> Board:
    cells = (Cell("done", "terminée"), Cell("begun", "en cours"))
    rows = tuple(Row(label, True, cells, 1, False) for label in labels)
    return Board(len(labels) + hidden, hidden, rows, (Column(1, "Comprendre", 1, 0), Column(2, BAD, 0, 1)))


@pytest.mark.parametrize("extension", sorted(READERS))
def test_every_format_says_the_same(extension: str) -> None:
    content, _ = exports.export(board("Élise d’Août", "Zoé 👋"), extension)
    rows = READERS[extension](content)
    assert rows[0] == [
        "Personne", "Étape 1\u00a0: Comprendre", f"Étape 2\u00a0: {BAD}", "Étapes terminées", "Sur",
    ]  # fmt: skip
    assert rows[1:] == [[name, "terminée", "en cours", "1", "2"] for name in ("Élise d’Août", "Zoé 👋")]


@pytest.mark.parametrize("extension", sorted(READERS))
@pytest.mark.parametrize(
    "name", [BAD, "+33 6", "-1+1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "＝1+1", "\u00a0=1"]
)
def test_no_name_is_a_formula(extension: str, name: str) -> None:
    (first, *_rest) = READERS[extension](exports.export(board(name), extension)[0])[1]
    assert first.startswith("'")
    assert "\n" not in first


@pytest.mark.parametrize("extension", sorted(READERS))
def test_a_name_that_xml_refuses_opens_all_the_same(extension: str) -> None:
    rows = READERS[extension](exports.export(board("Zo\x00\x08é\ufffe <&>"), extension)[0])
    assert rows[1][0] == "Zoé <&>"


@pytest.mark.parametrize("extension", sorted(READERS))
def test_those_who_hide_their_name_below_three_are_only_counted(extension: str) -> None:
    rows = READERS[extension](exports.export(board("Farid", hidden=2), extension)[0])
    assert len(rows) == 3
    assert rows[2][0].startswith("2\u00a0personnes sans nom affiché")
    assert not [cell for cell in rows[2][1:] if cell]


@pytest.mark.django_db
@pytest.mark.parametrize("extension", sorted(READERS))
def test_the_file_follows_the_page(
    lead: User, group: Group, client_of: Callable[..., StrictClient], extension: str
) -> None:
    course.follow(make.place(group, name="Farid Montré").learner, 1)
    for _ in range(3):
        make.place(group)
    response = client_of(lead).get(reverse("course:group_file", args=[group.pk, extension]))
    assert response["Content-Type"] == exports.WRITERS[extension][1]
    assert response["Content-Disposition"] == f'attachment; filename="groupe-le-relais-2027.{extension}"'
    rows = READERS[extension](response.content)
    assert [row[0] for row in rows[1:]] == [
        "Farid Montré",
        *(f"Participante ou participant\u00a0{number}" for number in (11, 12, 13)),
    ]
    assert rows[1][1:3] == ["terminée", "pas commencée"]
    assert b"Nadia" not in response.content


@pytest.mark.django_db
def test_no_other_file(lead: User, group: Group, client_of: Callable[..., Any]) -> None:
    client = client_of(lead)
    for extension in ("exe", "csv.exe", "CSV"):
        url = f"/se-former/groupes/{group.pk}/avancement.{extension}"
        assert client.get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["???", "Où ça ?", "x" * 120])
def test_a_file_has_a_name_whatever_the_group_is_called(
    lead: User, group: Group, client_of: Callable[..., Any], name: str
) -> None:
    Group.objects.update(name=name)
    response = client_of(lead).get(reverse("course:group_file", args=[group.pk, "csv"]))
    assert response["Content-Disposition"].startswith('attachment; filename="groupe-')
