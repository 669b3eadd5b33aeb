"""A group's board as a table: CSV, XLSX, ODS. Cells are texts, and never formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import odswriter
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from apps.core.spreadsheets import one_line
from apps.core.typography import count
from apps.course.groups.presenters import Board

Table = list[list[str | int]]
HIDDEN = "{} sans nom affiché : avancement non montré en dessous de trois"


def table(board: Board) -> Table:
    """Names as on the page, and by the same rule; the header comes first."""
    head: list[str | int] = ["Personne", *(f"Étape {c.number} : {c.title}" for c in board.columns)]
    rows: Table = [[*head, "Étapes terminées", "Sur"]]
    for row in board.rows:
        rows.append([row.label, *(cell.word for cell in row.cells), row.done, len(row.cells)])
    if board.hidden:
        rows.append([HIDDEN.format(count(board.hidden, "personne", "personnes"))])
    return [[cell if isinstance(cell, int) else one_line(cell) for cell in row] for row in rows]


def to_csv(rows: Table) -> bytes:
    """Semicolons and a mark of UTF-8: what French spreadsheets expect."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def to_xlsx(rows: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("groupe")
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 36
    for place, row in enumerate(rows):
        sheet.append([_xlsx_cell(sheet, value, bold=place == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(sheet: Any, value: str | int, *, bold: bool) -> Any:
    """A text is typed as one, and formatted as one: typing over it makes no formula either."""
    made: Any = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type, made.number_format = "s", "@"
    made.font = Font(bold=bold)
    return made


def to_ods(rows: Table) -> bytes:
    out = io.BytesIO()
    with odswriter.writer(out) as book:
        book.new_sheet("groupe", cols=max(map(len, rows))).writerows(rows)
    return out.getvalue()


WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (to_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}


def export(board: Board, extension: str) -> tuple[bytes, str]:
    """(content, media type). KeyError for an extension that is not in ``WRITERS``."""
    write, media_type = WRITERS[extension]
    return write(table(board)), media_type
