"""The workbook for LibreOffice. Written by hand: none of the libraries here writes a formula together with its figure,

a protected sheet whose input cells are open, and a French number, all in one cell.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from apps.core import typography
from apps.simulator.workbook.book import Book
from apps.simulator.workbook.build import sheets_of
from apps.simulator.workbook.counting import Result
from apps.simulator.workbook.formula import Formula, OpenDocument, letters
from apps.simulator.workbook.grid import Cell, Sheet, clean
from apps.simulator.workbook.ods_styles import (
    cell_styles,
    default_style,
    master_page,
    number_styles,
    page_layout,
    sheet_styles,
)
from apps.simulator.workbook.styles import STYLES

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
CALC = OpenDocument()
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
        "ooo": "http://openoffice.org/2004/office",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT = f'{NAMESPACES} office:version="1.3"'
PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")


def write_ods(book: Book) -> bytes:
    sheets = sheets_of(book)
    parts = {
        "content.xml": "".join(content(sheets)),
        "styles.xml": "".join(styles(sheets)),
        "meta.xml": meta(book),
        "settings.xml": "".join(settings(sheets)),
        "META-INF/manifest.xml": manifest(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is: that is how a reader knows what the file holds.
        archive.writestr(zipfile.ZipInfo("mimetype", (1980, 1, 1, 0, 0, 0)), MIMETYPE, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- content -----------------------------------------------------------------------------------------------------
def content(sheets: list[Sheet]) -> Iterator[str]:
    yield f"{HEAD}<office:document-content {ROOT}><office:automatic-styles>"
    yield from number_styles()
    yield from cell_styles()
    for number, sheet in enumerate(sheets, 1):
        yield from sheet_styles(number, sheet)
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    yield from validations(sheets)
    for number, sheet in enumerate(sheets, 1):
        yield from table(number, sheet)
    yield "</office:spreadsheet></office:body></office:document-content>"


def table(number: int, sheet: Sheet) -> Iterator[str]:
    last_row, last_column = sheet.last
    area = f"'{sheet.name}'.A1:'{sheet.name}'.{letters(last_column)}{last_row}"
    yield (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="t{number}" table:protected="true" '
        f"table:print-ranges={quoteattr(area)}>"
    )
    yield from columns(number, sheet, last_column)
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell
    first, last = sheet.heads or (0, 0)
    for row in range(1, last_row + 1):
        if row == first:
            yield "<table:table-header-rows>"
        height = f' table:style-name="t{number}r{row}"' if row in sheet.heights else ""
        yield f"<table:table-row{height}>"
        yield from cells(number, sheet, row, by_row.get(row, {}))
        yield "</table:table-row>"
        if row == last:
            yield "</table:table-header-rows>"
    yield "</table:table>"


def columns(number: int, sheet: Sheet, last: int) -> Iterator[str]:
    """The frozen ones are repeated on each page, when a row is printed across several."""
    repeated = sheet.frozen[1] - 1 if sheet.pages_wide > 1 else 0
    if repeated:
        yield "<table:table-header-columns>"
    for column in range(1, last + 1):
        width = f' table:style-name="t{number}c{column}"' if column in sheet.widths else ""
        yield f"<table:table-column{width}/>"
        if column == repeated:
            yield "</table:table-header-columns>"


def cells(number: int, sheet: Sheet, row: int, found: dict[int, Cell]) -> Iterator[str]:
    """At least one, which may be empty: a row without any is not valid."""
    for column in range(1, max(found, default=1) + 1):
        cell = found.get(column)
        if cell is None:
            yield "<table:table-cell/>"
            continue
        limit = (
            f' table:content-validation-name="v{number}-{row}-{column}"'
            if (row, column) in sheet.limits
            else ""
        )
        formula = ""
        if isinstance(cell.content, Formula):
            written = CALC.start + cell.content.written(CALC, sheet)
            formula = f" table:formula={quoteattr(written)}"
        attributes, shown = valued(cell)
        text = f"<text:p>{escape(shown)}</text:p>" if shown else ""
        yield f'<table:table-cell table:style-name="c-{cell.style}"{limit}{formula}{attributes}>{text}</table:table-cell>'


def valued(cell: Cell) -> tuple[str, str]:
    """The attributes of the value, and the words that show it."""
    value, shape = cell.result(), STYLES[cell.style].shape
    if value is None:
        return ' office:value-type="float" office:value="0"' if isinstance(cell.content, Formula) else "", ""
    if isinstance(value, str):
        return ' office:value-type="string"', value
    if isinstance(value, date):
        return f' office:value-type="date" office:date-value="{value.isoformat()}"', said_day(value, shape)
    kind = {"euros": "currency", "percent": "percentage"}.get(shape, "float")
    currency = ' office:currency="EUR"' if kind == "currency" else ""
    exact = str(value) if isinstance(value, Decimal | int) else repr(value)
    return f' office:value-type="{kind}"{currency} office:value="{exact}"', said_number(value, shape)


def said_day(value: date, shape: str) -> str:
    if shape == "month":
        return f"{typography.MONTHS[value.month - 1]} {value.year}"
    return value.strftime("%d/%m/%Y")


def said_number(value: Result, shape: str) -> str:
    if not isinstance(value, float | int | Decimal):
        raise TypeError(f"not a number: {value!r}")
    match shape:
        case "euros":
            return typography.euros(value, 2) if value else "–"
        case "percent":
            return typography.percent(value, 1)
        case "whole":
            return str(int(value))
        case "ratio":
            return typography.number(value, 1)
    return typography.number(value)


def validations(sheets: list[Sheet]) -> Iterator[str]:
    found = [(number, sheet) for number, sheet in enumerate(sheets, 1) if sheet.limits]
    if not found:
        return
    yield "<table:content-validations>"
    for number, sheet in found:
        for (row, column), limit in sheet.limits.items():
            if isinstance(limit, tuple):
                rule = f"of:cell-content-is-whole-number() and cell-content-is-between({limit[0]},{limit[1]})"
                said = f"Un nombre entier, de {limit[0]} à {limit[1]}."
            else:
                words = ";".join(f'"{word}"' for word in limit.split(","))
                rule = f"of:cell-content-is-in-list({words})"
                said = f"L’un de ces mots : {limit.replace(',', ', ')}."
            address = f"$'{sheet.name}'.{letters(column)}{row}"
            yield (
                f'<table:content-validation table:name="v{number}-{row}-{column}" table:condition={quoteattr(rule)} '
                f'table:allow-empty-cell="true" table:base-cell-address={quoteattr(address)}>'
                f'<table:error-message table:message-type="stop" table:display="true" table:title="Valeur refusée">'
                f"<text:p>{said}</text:p></table:error-message></table:content-validation>"
            )
    yield "</table:content-validations>"


# --- beside the content ------------------------------------------------------------------------------------------
def styles(sheets: list[Sheet]) -> Iterator[str]:
    yield f"{HEAD}<office:document-styles {ROOT}><office:styles>{default_style()}</office:styles><office:automatic-styles>"
    for number, sheet in enumerate(sheets, 1):
        yield page_layout(number, sheet)
    yield "</office:automatic-styles><office:master-styles>"
    for number in range(1, len(sheets) + 1):
        yield master_page(number)
    yield "</office:master-styles></office:document-styles>"


def meta(book: Book) -> str:
    day = f"{book.made_on.isoformat()}T12:00:00"
    return (
        f"{HEAD}<office:document-meta {ROOT}><office:meta><meta:generator>Trajectoires</meta:generator>"
        f"<dc:title>{escape(clean(book.title))}</dc:title><dc:creator>{escape(clean(book.association))}</dc:creator>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date><dc:language>fr-FR</dc:language>"
        "</office:meta></office:document-meta>"
    )


def settings(sheets: list[Sheet]) -> Iterator[str]:
    """Which rows and columns stay in sight, and the first sheet first."""
    yield (
        f'{HEAD}<office:document-settings {ROOT}><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    )
    yield item("ViewId", "string", "view1")
    yield '<config:config-item-map-named config:name="Tables">'
    for sheet in sheets:
        row, column = sheet.frozen
        yield f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        yield item("HorizontalSplitMode", "short", 2 if column > 1 else 0)
        yield item("VerticalSplitMode", "short", 2 if row > 1 else 0)
        yield item("HorizontalSplitPosition", "int", column - 1)
        yield item("VerticalSplitPosition", "int", row - 1)
        yield item("ActiveSplitRange", "short", 2 if row > 1 else 0)
        yield item("PositionRight", "int", column - 1)
        yield item("PositionBottom", "int", row - 1)
        yield item("ShowGrid", "boolean", "false")
        yield "</config:config-item-map-entry>"
    yield "</config:config-item-map-named>"
    yield item("ActiveTable", "string", sheets[0].name)
    yield item("ShowGrid", "boolean", "false")
    yield "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    yield "</office:settings></office:document-settings>"


def item(name: str, kind: str, value: str | int) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{escape(str(value))}</config:config-item>'


def manifest() -> str:
    spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>' for part in PARTS
    )
    return (
        f'{HEAD}<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{MIMETYPE}"/>{entries}</manifest:manifest>'
    )
