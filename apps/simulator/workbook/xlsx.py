"""The workbook for Excel. openpyxl writes formulas without their figures: these are put in afterwards, in the XML of each sheet,

so that what does not recompute (a preview, a phone, a reader of the file) shows them; Excel recomputes when it opens.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from apps.simulator.workbook.book import Book
from apps.simulator.workbook.build import sheets_of
from apps.simulator.workbook.counting import Result
from apps.simulator.workbook.formula import Dialect, Formula, letters
from apps.simulator.workbook.grid import Cell, Sheet, clean
from apps.simulator.workbook.styles import EDGE, FONT, FORMATS, STYLES, Style

EXCEL = Dialect()
ALIGN = {"": "general", "start": "left", "center": "center", "end": "right"}
# What openpyxl leaves of a formula: its cell, the formula, an empty value.
FORMULA_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v\s*(?:/>|></v>)</c>')
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
# Spreadsheets read « _x0041_ » as « A »: the sign is said in their own way.
EPOCH = date(1899, 12, 30)  # the day 0 of a spreadsheet, for any day after February 1900
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(book: Book) -> bytes:
    sheets = sheets_of(book)
    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.title, made.properties.creator = clean(book.title), clean(book.association)
    made.properties.language = "fr-FR"
    made.calculation.fullCalcOnLoad = True
    dress = dresser(made)
    for sheet in sheets:
        fill(made.create_sheet(sheet.name), sheet, dress)
    out = io.BytesIO()
    made.save(out)
    return with_figures(out.getvalue(), sheets, book.made_on)


def dresser(made: Workbook) -> Callable[[Any, str], None]:
    """Styles are made once and shared."""
    parts = {name: drawn(style) for name, style in STYLES.items()}

    def dress(cell: Any, name: str) -> None:
        font, fill_, align, border, protection, shape = parts[name]
        cell.font, cell.alignment, cell.number_format = font, align, shape
        if fill_ is not None:
            cell.fill = fill_
        if border is not None:
            cell.border = border
        if protection is not None:
            cell.protection = protection

    return dress


def drawn(style: Style) -> tuple[Any, ...]:
    edge = Side(style="thin", color=EDGE)
    return (
        Font(name=FONT, size=style.size, bold=style.is_bold, italic=style.is_italic, color=style.ink),
        PatternFill("solid", fgColor=style.fill) if style.fill else None,
        Alignment(
            horizontal=ALIGN[style.align],
            vertical="center" if style.is_middle else "top",
            wrap_text=style.is_wrapped,
            indent=style.indent,
        ),
        Border(left=edge, right=edge, top=edge, bottom=edge) if style.has_edge else None,
        Protection(locked=False) if style.is_input else None,
        FORMATS[style.shape],
    )


def fill(place: Any, sheet: Sheet, dress: Callable[[Any, str], None]) -> None:
    for (row, column), cell in sheet.cells.items():
        made = place.cell(row, column)
        if isinstance(cell.content, str):
            # Typed as a text whatever it begins with.
            made._value, made.data_type = (
                CODED.sub("_x005F_", cell.content) or None,
                "s" if cell.content else "n",
            )
        elif isinstance(cell.content, Formula):
            made.value = EXCEL.start + cell.content.written(EXCEL, sheet)
        else:
            made.value = cell.content
        dress(made, cell.style)
    for column, width in sheet.widths.items():
        place.column_dimensions[letters(column)].width = width
    for row, height in sheet.heights.items():
        place.row_dimensions[row].height = height
    place.freeze_panes = f"{letters(sheet.frozen[1])}{sheet.frozen[0]}"
    place.sheet_view.showGridLines = False
    place.protection.sheet = True
    place.protection.formatColumns = place.protection.formatRows = False
    limits(place, sheet)
    printing(place, sheet)


def limits(place: Any, sheet: Sheet) -> None:
    """What an input cell takes, said when something else is typed."""
    for (row, column), limit in sheet.limits.items():
        if isinstance(limit, tuple):
            rule = DataValidation("whole", "between", str(limit[0]), str(limit[1]), allow_blank=True)
            rule.error = f"Un nombre entier, de {limit[0]} à {limit[1]}."
        else:
            rule = DataValidation("list", formula1=f'"{limit}"', allow_blank=False)
            rule.error = f"L’un de ces mots : {limit.replace(',', ', ')}."
        rule.errorTitle, rule.showErrorMessage = "Valeur refusée", True
        place.add_data_validation(rule)
        rule.add(f"{letters(column)}{row}")


def printing(place: Any, sheet: Sheet) -> None:
    last_row, last_column = sheet.last
    place.print_area = f"A1:{letters(last_column)}{last_row}"
    place.page_setup.paperSize = place.PAPERSIZE_A4
    place.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    place.sheet_properties.pageSetUpPr.fitToPage = True
    place.page_setup.fitToWidth, place.page_setup.fitToHeight = sheet.pages_wide, 0
    place.page_margins.left = place.page_margins.right = 0.4
    place.page_margins.top = place.page_margins.bottom = 0.5
    place.oddFooter.left.text, place.oddFooter.right.text = "&A", "&P / &N"
    if sheet.heads:
        place.print_title_rows = f"{sheet.heads[0]}:{sheet.heads[1]}"
    if sheet.pages_wide > 1:
        place.print_title_cols = f"A:{letters(sheet.frozen[1] - 1)}"


# --- the figures -------------------------------------------------------------------------------------------------
def with_figures(archive: bytes, sheets: list[Sheet], made_on: date) -> bytes:
    """The same file, where each formula carries what it gives. Made on that day at noon: the same book, the same bytes."""
    noon = f"{made_on.isoformat()}T12:00:00Z"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                data = MODIFIED.sub(rb"\g<1>" + noon.encode() + rb"\g<2>", data)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item.filename)
            if number:
                data = figured(data.decode(), sheets[int(number[1]) - 1]).encode()
            target.writestr(zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def figured(xml: str, sheet: Sheet) -> str:
    cells = {f"{letters(column)}{row}": cell for (row, column), cell in sheet.cells.items()}

    def put(found: re.Match[str]) -> str:
        name, attributes, formula = found.groups()
        kind, value = stored(cells[name])
        return f'<c r="{name}"{attributes}{kind}><f>{formula}</f><v>{value}</v></c>'

    made, count = FORMULA_CELL.subn(put, xml)
    if count != sum(isinstance(cell.content, Formula) for cell in sheet.cells.values()):
        raise ValueError(f"{sheet.name}: some formulas would be written without their figure")
    return made


def stored(cell: Cell) -> tuple[str, str]:
    """The attribute of type, and the value."""
    value: Result = cell.result()
    if isinstance(value, str):
        return ' t="str"', escape(value)
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, date):
        return "", str((value - EPOCH).days)
    return "", repr(float(value if value is not None else Decimal(0)))
