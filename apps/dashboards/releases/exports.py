"""A release for spreadsheets: CSV, XLSX, ODS. Texts are never formulas, numbers are numbers; the same release, the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import odswriter
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from apps.core.spreadsheets import one_line
from apps.core.typography import date_long, nbsp
from apps.dashboards.releases.numbers import LEGEND, OF_KIND, VALUES, Heading, Line, Protected, lines, quote

Cell = str | int | date | None
Row = list[Cell]
FIRST = "À lire"
DEMO = "Démonstration\u00a0: associations inventées, chiffres sans valeur."
REPEATED = ("valeur_du", "La case garde la valeur de cette publication-là : trop peu a changé depuis.")
# Of a whole file; a sheet of one table has those of its kind alone.
COLUMNS = (
    "publication",
    "version",
    "date",
    "table",
    "titre",
    "ligne",
    "code_ligne",
    "colonne",
    "code_colonne",
    "état",
    "n",
    *VALUES.values(),
    "valeur_du",
    "démonstration",
)
# openpyxl writes the moment of saving, whatever the book says.
MOMENTS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
DATED = ("docProps/core.xml",)
EPOCH = (1980, 1, 1, 0, 0, 0)
# openpyxl looks a style up at each cell that is given one: these are made once.
BOLD = Font(bold=True)
TOP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Sheet:
    """``name``: 31 characters at most. ``widths``: in characters, by column. ``head``: the rows that are titles."""

    name: str
    rows: list[Row]
    widths: Sequence[int]
    head: int = 1


# --- CSV ------------------------------------------------------------------------------------------------------------------
def to_csv(said: Heading, tables: Iterable[Protected]) -> bytes:
    """One line a cell, « ; » between columns, a mark of UTF-8: what French spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for table in tables:
        writer.writerows([written(cell) for cell in whole(said, one)] for one in lines(table))
    return ("\ufeff" + out.getvalue()).encode()


def whole(said: Heading, one: Line) -> Row:
    """A cell with all that tells where it comes from."""
    return [
        said.slug,
        said.version,
        said.on,
        one.table,
        one.title,
        one.row,
        one.row_key,
        one.column,
        one.column_key,
        one.word,
        one.n,
        *(one.values.get(name) for name in VALUES),
        one.since,
        "oui" if said.is_demo else "non",
    ]


def written(cell: Cell) -> str | int:
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int) else one_line(cell or "")


# --- workbooks ------------------------------------------------------------------------------------------------------------
def book(said: Heading, tables: Sequence[Protected], rules: Sequence[str]) -> list[Sheet]:
    """What to read first, then a sheet for each table."""
    return [first(said, tables, rules), *(sheet(table) for table in tables)]


def first(said: Heading, tables: Sequence[Protected], rules: Sequence[str]) -> Sheet:
    counted = f"Leur dernier diagnostic clos du {date_long(said.counted[0])} au {date_long(said.counted[1])}"
    rows: list[Row] = [
        [said.title, None],
        ["Version", said.version],
        ["Publiée le", said.on],
        ["Associations comptées", counted],
        ["Pour citer", quote(said)],
        *under("Ce que disent les marques", [*LEGEND, REPEATED]),
        *under(
            "Les règles de confidentialité", [(f"Règle {rank}", rule) for rank, rule in enumerate(rules, 1)]
        ),
        *under("Les feuilles", [(table["key"], f"{table['title']}. {table['says']}") for table in tables]),
    ]
    if said.is_demo:
        rows.insert(1, [DEMO, None])
    well = [[nbsp(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Sheet(FIRST, well, (28, 100))


def under(title: str, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """A title after an empty row, then its rows."""
    rows: list[Row] = [[name, said] for name, said in pairs]
    return [[None, None], [title, None], *rows]


def sheet(table: Protected) -> Sheet:
    """One line a cell, with the columns of its kind; the total is made of what is above it."""
    names = OF_KIND[table["kind"]]
    head: Row = ["ligne", "colonne", "état", "n", *(VALUES[name] for name in names), "valeur_du"]
    rows: list[Row] = [
        [one.row, one.column, one.word, one.n, *(one.values.get(name) for name in names), one.since or None]
        for one in lines(table)
    ]
    if table.get("total"):
        rows.append(
            ["Total des nombres publiés", None, None, table["total"]["n"], *[None] * (len(names) + 1)]
        )
    return Sheet(table["key"], [head, *rows], (42, 36, 16, 8, *[20] * len(names), 12))


def to_xlsx(said: Heading, sheets: Sequence[Sheet]) -> bytes:
    made = Workbook(write_only=True)
    made.properties.title, made.properties.language = one_line(said.name), "fr-FR"
    made.properties.creator = "Trajectoires socio-économiques"
    for one in sheets:
        place: Any = made.create_sheet(one.name)
        place.freeze_panes = "A2"
        for rank, width in enumerate(one.widths, 1):
            place.column_dimensions[get_column_letter(rank)].width = width
        for rank, row in enumerate(one.rows):
            place.append([xlsx_cell(place, cell, bold=rank < one.head) for cell in row])
    out = io.BytesIO()
    made.save(out)
    return same(out.getvalue(), said.on)


def xlsx_cell(place: Any, cell: Cell, *, bold: bool) -> Any:
    """A text is typed as one, and formatted as one: typing over it makes no formula either."""
    value: Any = one_line(cell) if isinstance(cell, str) else cell
    made: Any = WriteOnlyCell(place, value)
    if isinstance(cell, str):
        made.data_type, made.number_format = "s", "@"
    elif isinstance(cell, date):
        made.number_format = "dd/mm/yyyy"
    if bold:
        made.font = BOLD
    made.alignment = TOP
    return made


def to_ods(said: Heading, sheets: Sequence[Sheet]) -> bytes:
    out = io.BytesIO()
    with odswriter.writer(out) as made:
        for one in sheets:
            place = made.new_sheet(one.name, cols=len(one.widths))
            place.writerows([[one_line(c) if isinstance(c, str) else c for c in row] for row in one.rows])
    return same(out.getvalue(), said.on)


def same(archive: bytes, on: date) -> bytes:
    """The same archive without the moment it was written: made on that day at noon."""
    noon = f"{on.isoformat()}T12:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            dated = MOMENTS.sub(rb"\g<1>" + noon + rb"\g<3>", data) if item.filename in DATED else data
            target.writestr(zipfile.ZipInfo(item.filename, EPOCH), dated, item.compress_type)
    return out.getvalue()
