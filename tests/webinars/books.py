"""Spreadsheets as people break them: tables in memory, then a real file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook

from apps.webinars import sheet
from apps.webinars.exchange import tables
from apps.webinars.exchange.registers import organisation_data, person_data
from apps.webinars.models import CitedOrganisation, Person

Book = dict[str, list[list[Any]]]


def book(*sheets: sheet.Sheet, version: int = 0, registers: bool = True) -> Book:
    """Sheet name → rows, the first holds the headers. ``version`` 0: an empty cell."""
    people = [person_data(row) for row in Person.objects.filter(merged_into=None)] if registers else []
    places = (
        [organisation_data(row) for row in CitedOrganisation.objects.filter(merged_into=None)]
        if registers
        else []
    )
    made: Book = {name: [list(columns)] for name, columns in tables.COLUMNS.items()}
    for line in tables.flat([(sheet.stored(said), version) for said in sheets], people, places):
        cells = {**line.cells, "version": line.cells.get("version", "") if version else ""}
        made[line.table].append([cells[column] for column in tables.COLUMNS[line.table]])
    return made


def saved(made: Book, change: Callable[[Workbook], None] | None = None) -> bytes:
    """As LibreOffice would save it: cells typed by what they hold."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in made.items():
        place = workbook.create_sheet(name)
        for row in rows:
            place.append([value if value != "" else None for value in row])
            for cell in place[place.max_row]:
                if isinstance(cell.value, str) and not cell.value.startswith("=FORMULE"):
                    cell.data_type = "s"
    if change:
        change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def column(made: Book, name: str, title: str) -> int:
    return made[name][0].index(title)


def put(made: Book, name: str, rank: int, title: str, value: Any) -> None:
    """``rank``: 1 for the first row under the headers."""
    made[name][rank][column(made, name, title)] = value


def repacked(
    content: bytes, change: Callable[[dict[str, bytes]], None], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same archive with other files inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def reread(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))
