"""How an OpenDocument spreadsheet draws the named styles (pure): fragments of XML without any text of people."""

from __future__ import annotations

from collections.abc import Iterator

from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.styles import EDGE, FONT, INK, RED, SIZE, STYLES, Style

FRENCH = 'number:language="fr" number:country="FR"'
DIGITS = '<number:number number:decimal-places="{most}" number:min-decimal-places="{least}" number:min-integer-digits="1" number:grouping="{grouped}"/>'
EURO = f"<number:text>\u00a0</number:text><number:currency-symbol {FRENCH}>€</number:currency-symbol>"
ALIGN = {"start": "start", "center": "center", "end": "end"}
# LibreOffice counts in centimetres; a character of the workbook is about two millimetres wide.
CHARACTER = 0.2
# The widest row of « Mois » has 87 columns: what is not printed across one page is printed across several.
PAPERS = {"portrait": (21.0, 29.7), "landscape": (29.7, 21.0)}


def number_styles() -> Iterator[str]:
    yield from _euros()
    for name, least, most, grouped in (
        ("whole", 0, 0, "false"),
        ("ratio", 1, 1, "true"),
    ):
        digits = DIGITS.format(most=most, least=least, grouped=grouped)
        yield f'<number:number-style style:name="n-{name}" {FRENCH}>{digits}</number:number-style>'
    yield f'<number:number-style style:name="n-exact" {FRENCH}><number:number number:min-integer-digits="1"/></number:number-style>'
    digits = DIGITS.format(most=1, least=1, grouped="false")
    yield f'<number:percentage-style style:name="n-percent" {FRENCH}>{digits}<number:text>\u00a0%</number:text></number:percentage-style>'
    yield '<number:text-style style:name="n-text"><number:text-content/></number:text-style>'
    slash = "<number:text>/</number:text>"
    day, month, year = (
        '<number:day number:style="long"/>',
        '<number:month number:style="long"/>',
        '<number:year number:style="long"/>',
    )
    yield f'<number:date-style style:name="n-date" {FRENCH}>{day}{slash}{month}{slash}{year}</number:date-style>'
    named = '<number:month number:textual="true"/><number:text> </number:text>'
    yield f'<number:date-style style:name="n-month" {FRENCH}>{named}{year}</number:date-style>'


def _euros() -> Iterator[str]:
    digits = DIGITS.format(most=2, least=2, grouped="true")
    yield (
        f'<number:currency-style style:name="n-euros-plain" style:volatile="true" {FRENCH}>{digits}{EURO}</number:currency-style>'
        f'<number:number-style style:name="n-euros-zero" style:volatile="true" {FRENCH}><number:text>–</number:text></number:number-style>'
    )
    yield (
        f'<number:currency-style style:name="n-euros" {FRENCH}><style:text-properties fo:color="#{RED.lower()}"/>'
        f"<number:text>\u2212</number:text>{digits}{EURO}"
        '<style:map style:condition="value()&gt;0" style:apply-style-name="n-euros-plain"/>'
        '<style:map style:condition="value()=0" style:apply-style-name="n-euros-zero"/></number:currency-style>'
    )


def cell_styles() -> Iterator[str]:
    for name, style in STYLES.items():
        shape = "" if style.shape == "general" else f' style:data-style-name="n-{style.shape}"'
        yield (
            f'<style:style style:name="c-{name}" style:family="table-cell" style:parent-style-name="Default"{shape}>'
            f"{_cell(style)}{_paragraph(style)}{_letters(style)}</style:style>"
        )


def _cell(style: Style) -> str:
    said = [f'fo:background-color="#{style.fill.lower()}"'] if style.fill else []
    if style.has_edge:
        said.append(f'fo:border="0.5pt solid #{EDGE.lower()}"')
    if style.is_wrapped:
        said.append('fo:wrap-option="wrap"')
    said.append(f'style:vertical-align="{"middle" if style.is_middle else "top"}"')
    said.append(f'style:cell-protect="{"none" if style.is_input else "protected"}"')
    said.append('style:text-align-source="fix"' if style.align else 'style:text-align-source="value-type"')
    return f"<style:table-cell-properties {' '.join(said)}/>"


def _paragraph(style: Style) -> str:
    if not style.align:
        return ""
    margin = f' fo:margin-left="{style.indent * CHARACTER:.1f}cm"' if style.indent else ""
    return f'<style:paragraph-properties fo:text-align="{ALIGN[style.align]}"{margin}/>'


def _letters(style: Style) -> str:
    said = [f'fo:color="#{style.ink.lower()}" fo:font-size="{style.size}pt"']
    if style.is_bold:
        said.append('fo:font-weight="bold"')
    if style.is_italic:
        said.append('fo:font-style="italic"')
    return f"<style:text-properties {' '.join(said)}/>"


def sheet_styles(number: int, sheet: Sheet) -> Iterator[str]:
    """``t1`` for the sheet, ``t1c3`` for its third column, ``t1r5`` for a row of a given height."""
    name = f"t{number}"
    yield (
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="p{number}">'
        '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
    )
    for column, width in sheet.widths.items():
        yield (
            f'<style:style style:name="{name}c{column}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * CHARACTER:.2f}cm"/></style:style>'
        )
    for row, height in sheet.heights.items():
        yield (
            f'<style:style style:name="{name}r{row}" style:family="table-row"><style:table-row-properties '
            f'style:row-height="{height}pt" style:use-optimal-row-height="false"/></style:style>'
        )


def default_style() -> str:
    return (
        '<style:style style:name="Default" style:family="table-cell">'
        f'<style:text-properties style:font-name="{FONT}" fo:font-family="{FONT}" fo:font-size="{SIZE}pt" fo:color="#{INK.lower()}" '
        'fo:language="fr" fo:country="FR"/></style:style>'
    )


def page_layout(number: int, sheet: Sheet) -> str:
    side = "landscape" if sheet.is_landscape else "portrait"
    width, height = PAPERS[side]
    return (
        f'<style:page-layout style:name="l{number}"><style:page-layout-properties fo:page-width="{width}cm" '
        f'fo:page-height="{height}cm" style:print-orientation="{side}" style:scale-to-X="{sheet.pages_wide}" style:scale-to-Y="0" '
        'fo:margin-top="1.2cm" fo:margin-bottom="1.2cm" fo:margin-left="1cm" fo:margin-right="1cm" '
        'style:print="objects charts drawings zero-values"/><style:header-style/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.2cm"/></style:footer-style>'
        "</style:page-layout>"
    )


def master_page(number: int) -> str:
    return (
        f'<style:master-page style:name="p{number}" style:page-layout-name="l{number}"><style:header style:display="false"/>'
        "<style:footer><text:p><text:sheet-name>???</text:sheet-name> · "
        "<text:page-number>1</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
    )
