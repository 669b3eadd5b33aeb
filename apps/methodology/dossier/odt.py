"""The dossier as a text to work on (.odt): the same blocks as on paper, with styles that the office suite knows."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from django.utils import timezone
from odfdo import (
    TOC,
    Cell,
    Document,
    Header,
    HeaderRows,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Row,
    Span,
    Style,
    Table,
)

from apps.core.typography import date_long, nbsp
from apps.methodology.dossier import blocks
from apps.methodology.dossier.contents import Contents
from apps.methodology.dossier.outline import outline

NUMBERS = count(1)  # of tables: each has a name of its own
BODY, LABEL, SMALL, LEDE = "Text_20_body", "Libelle", "Note", "Chapo"


def write(contents: Contents) -> bytes:
    said = outline(contents)
    document = Document("text")
    dress(document, said)
    body = document.body
    body.clear()
    cover(body, said)
    contents_list = TOC(title="Sommaire", outline_level=2)
    body.append(contents_list)
    body.append(heading(1, "Où en est la démarche"))
    grid(body, said.path)
    if said.counts:
        body.append(paragraph([f"Ce dossier contient {said.counts}."]))
    for chapter in said.chapters:
        write_chapter(body, chapter)
    contents_list.fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- styles and metadata -----------------------------------------------------------------------------------------
def dress(document: Document, said: blocks.Outline) -> None:
    meta = document.meta
    meta.title, meta.subject = clean(said.title), "Dossier de la démarche"
    meta.initial_creator = meta.creator = clean(said.association)
    meta.language = document.language = "fr-FR"
    meta.generator = "Trajectoires socio-économiques"
    for name, text in (
        (LABEL, {"bold": True, "size": "10pt"}),
        (SMALL, {"size": "9pt", "color": "#565249"}),
        (LEDE, {"size": "13pt"}),
    ):
        style = Style("paragraph", name=name, display_name=name, parent_style=BODY, area="text", **text)
        document.insert_style(style)
    document.insert_style(
        Style("text", name="Sous", area="text", size="8pt", color="#565249"), automatic=True
    )
    for name, line in (("Case", "0.2pt solid #857a68"), ("Tete", "1pt solid #1d2430")):
        cell = Style("table-cell", name=name, area="table-cell", border_bottom=line, padding="0.1cm")
        document.insert_style(cell, automatic=True)
    document.insert_style(
        Style("paragraph", name="Cellule", parent_style="Standard", area="text", size="9pt")
    )
    document.insert_style(
        Style("paragraph", name="Cellule_20_gras", parent_style="Cellule", area="text", bold=True, size="9pt")
    )


def clean(text: str) -> str:
    """French spaces, and none of the characters that XML has no place for."""
    return nbsp("".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn")))


# --- pieces ------------------------------------------------------------------------------------------------------
def heading(level: int, text: str) -> Header:
    return Header(level, clean(text), style=f"Heading_20_{level}", formatted=False)


def paragraph(lines: Iterable[str], style: str = BODY) -> Paragraph:
    """A line each, in one paragraph."""
    made = Paragraph(style=style)
    for place, line in enumerate(lines):
        if place:
            made.append(LineBreak())
        made.append(Span(clean(line)))
    return made


def cover(body: Any, said: blocks.Outline) -> None:
    body.append(paragraph([said.association], LABEL))
    body.append(Header(1, clean(said.title), style="Heading_20_1", formatted=False))
    body.append(paragraph(["Le dossier de notre démarche, étape par étape."], LEDE))
    body.append(paragraph([said.dates, said.edition, f"contenu au {date_long(timezone.localdate())}"]))
    facts(body, said.team)
    if said.is_demo:
        body.append(paragraph(["Démonstration\u00a0: association et contenus inventés."], SMALL))


def write_chapter(body: Any, chapter: blocks.Chapter) -> None:
    body.append(heading(1, f"{chapter.number}. {chapter.title}"))
    if chapter.lede:
        body.append(paragraph([chapter.lede], LEDE))
    body.append(paragraph([chapter.stage], LABEL))
    for section in chapter.sections:
        if section.title:
            body.append(heading(2, section.title))
        if section.about:
            body.append(paragraph([section.about], SMALL))
        for block in section.blocks:
            WRITERS[type(block)](body, block)


def facts(body: Any, block: blocks.Facts) -> None:
    for label, words in block.rows:
        made = Paragraph(style=BODY)
        made.append(Span(clean(f"{label} : "), style="Strong_20_Emphasis"))
        made.append(Span(clean(words)))
        body.append(made)


def said_text(body: Any, block: blocks.Said) -> None:
    if block.label:
        body.append(paragraph([block.label], LABEL))
    for passage in block.passages:
        body.append(bullets(passage.lines) if passage.is_list else paragraph(passage.lines))


def bullets(lines: Iterable[str]) -> List:
    made = List(style="List_20_1")
    for line in lines:
        item = ListItem()
        item.append(paragraph([line]))
        made.append(item)
    return made


def points(body: Any, block: blocks.Points) -> None:
    body.append(paragraph([block.label], LABEL))
    body.append(bullets(block.lines))


def entry(body: Any, block: blocks.Entry) -> None:
    body.append(heading(3, block.title))
    if block.kicker:
        body.append(paragraph([block.kicker], SMALL))
    for one in block.blocks:
        WRITERS[type(one)](body, one)


def grid(body: Any, block: blocks.Grid) -> None:
    if block.caption:
        body.append(paragraph([block.caption], LABEL))
    table = Table(f"Tableau {next(NUMBERS)}", width=len(block.columns), height=0)
    head = HeaderRows()
    head.append(row(block.columns, "Tete", "Cellule_20_gras"))
    table.append(head)
    for cells in block.rows:
        table.append(row(cells, "Case", "Cellule"))
    body.append(table)
    body.append(Paragraph(style=BODY))


def row(cells: Iterable[blocks.Cell], style: str, text: str) -> Row:
    made = Row()
    for said in cells:
        cell = Cell(style=style, cell_type="string")
        written = paragraph(said.text.split("\n"), text)
        if said.note:
            written.append(LineBreak())
            written.append(Span(clean(said.note), style="Sous"))
        cell.append(written)
        made.append(cell)
    return made


def picture(body: Any, block: blocks.Picture) -> None:
    """Its sentence, which says every number of the drawing."""
    body.append(paragraph([block.title], LABEL))
    body.append(paragraph([block.svg.alt]))


WRITERS: dict[type, Callable[[Any, Any], None]] = {
    blocks.Facts: facts,
    blocks.Said: said_text,
    blocks.Grid: grid,
    blocks.Points: points,
    blocks.Picture: picture,
    blocks.Entry: entry,
}
