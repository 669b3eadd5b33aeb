"""The data of a démarche as a workbook: a sheet for each kind of item, then what was decided. Texts are never formulas."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import odswriter
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from apps.core.spreadsheets import inert
from apps.methodology.dossier import simulated, words
from apps.methodology.dossier.contents import MEETING_COLUMNS, Contents, Filled, Listing, Record, Thing
from apps.methodology.tools.specs import FieldSpec, FieldType

Value = str | int | Decimal | date | None
NUMBERS = (FieldType.NUMBER, FieldType.EUROS)
NARROW, WIDE = 18, 48


@dataclass(frozen=True, slots=True)
class Table:
    """``name``: of the sheet, 31 characters at most. The first row is the header."""

    name: str
    head: list[str]
    rows: list[list[Value]]


def tables(contents: Contents) -> list[Table]:
    return [
        heading(contents),
        steps(contents),
        *(listed(listing) for listing in contents.listings()),
        *(Table(name, head, rows) for name, head, rows in simulated.tables(contents)),
        notes(contents),
        signatures(contents),
        decisions(contents),
        verdicts(contents),
        remarks(contents),
        workshops(contents),
    ]


# --- what each sheet holds ---------------------------------------------------------------------------------------
def heading(contents: Contents) -> Table:
    said = contents.heading
    rows: list[list[Value]] = [
        ["Association", said.association],
        ["Démarche", said.title],
        ["Ouverte le", day(said.opened_at)],
        ["Close le", day(said.closed_at)],
        ["Édition de la méthode", said.edition],
        ["Écritures depuis l’ouverture", said.history],
    ]
    rows += [[mate.role_word, mate.name] for mate in contents.team]
    return Table("Démarche", ["Quoi", "Contenu"], rows)


def steps(contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [one.number, one.title, one.stage_word, day(one.changed_at), one.why_skipped]
        for one in contents.steps
    ]
    return Table("Étapes", ["Étape", "Titre", "État", "Depuis le", "Pourquoi passée"], rows)


def listed(listing: Listing) -> Table:
    """One item a line, every field of the kind, filled or not."""
    kind = listing.kind
    under = ["De"] if kind.of else []
    head = ["N°", *under, *(with_unit(spec) for spec in kind.fields)]
    return Table(words.capital(kind.plural)[:31], head, [line(thing) for thing in listing.things])


def line(thing: Thing) -> list[Value]:
    said = {field.spec.code: cell(field) for field in thing.fields}
    parent: list[Value] = [thing.parent.title if thing.parent else ""] if thing.kind.of else []
    return [thing.number, *parent, *(said.get(spec.code) for spec in thing.kind.fields)]


def with_unit(spec: FieldSpec) -> str:
    return f"{spec.label} ({spec.unit})" if spec.unit else spec.label


def cell(field: Filled) -> Value:
    """Numbers and dates as such, so that they can be counted with and sorted."""
    if field.spec.type in NUMBERS:
        return Decimal(field.value)
    if field.spec.type == FieldType.DATE:
        return date.fromisoformat(field.value)
    return field.words


def notes(contents: Contents) -> Table:
    """A line for each text of a note put to signature, then one for each of its meetings."""
    head = ["Version", "Présentée le", "Par", "Reprise d’une archive le", "Rubrique", "Texte"]
    rows: list[list[Value]] = [
        [note.number, day(note.put_at), note.put_by, day(note.came_at), label, text]
        for note in contents.notes
        for label, text in (*note.lines, *(("Rendez-vous", said(cells)) for cells in note.meetings))
    ]
    return Table("Notes présentées", head, rows)


def said(cells: tuple[str, ...]) -> str:
    return "\n".join(
        f"{label} : {words}" for (_, label), words in zip(MEETING_COLUMNS, cells, strict=True) if words
    )


def signatures(contents: Contents) -> Table:
    head = ["Version de la note", "Prénom et nom", "Qualité", "Date", "Recueillie"]
    rows: list[list[Value]] = [
        [
            note.number,
            one.name,
            one.quality,
            day(one.at),
            "écrite dans une archive" if note.came_at else "sur la plateforme",
        ]
        for note in contents.notes
        for one in note.signatures
    ]
    return Table("Signatures", head, rows)


def decisions(contents: Contents) -> Table:
    head = [
        "N°",
        "Étape",
        "Décision",
        "Pourquoi",
        "Qui a décidé",
        "Date",
        "Au sujet de",
        "Remplace la décision",
    ]
    rows: list[list[Value]] = [
        [
            one.number,
            step.number,
            one.what,
            one.why,
            one.decided_by,
            one.decided_on,
            one.about.title if one.about else "",
            int(one.replaces.removeprefix("decision-")) if one.replaces else None,
        ]
        for step in contents.steps
        for one in step.decisions
    ]
    return Table("Décisions", head, sorted(rows, key=lambda row: row[0] or 0))


def verdicts(contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [step.number, one.label, one.decided_on, one.name, one.recorded_by, one.reason]
        for step in contents.steps
        for one in step.verdicts
    ]
    return Table("Validations", ["Étape", "Décision", "Date", "Qui", "Consignée par", "Motif"], rows)


def remarks(contents: Contents) -> Table:
    rows: list[list[Value]] = [
        [
            step.number,
            day(one.at),
            one.author,
            one.text,
            one.about.title if one.about else "",
            "oui" if one.is_settled else "",
        ]
        for step in contents.steps
        for one in step.remarks
    ]
    return Table("Commentaires", ["Étape", "Date", "Qui", "Commentaire", "Au sujet de", "Réglé"], rows)


def workshops(contents: Contents) -> Table:
    head = [
        "Étape",
        "Atelier",
        "Question",
        "Date",
        "Groupe",
        "Pastilles",
        "Gardé",
        "Cartes",
        "Ce qui s’est dit",
        "Retenu",
    ]
    rows = [row for step in contents.steps for record in step.records for row in piles(step.number, record)]
    return Table("Ateliers", head, rows)


def piles(step: int, record: Record) -> Iterable[list[Value]]:
    """A line for each pile; one for a workshop that has none."""
    start: list[Value] = [step, record.title, record.question, record.held_on]
    if not record.piles:
        yield [*start, "", None, "", "\n".join(card.text for card in record.loose), "", record.text]
    for pile in record.piles:
        cards = "\n".join(card.text for card in pile.cards)
        kept = "oui" if pile.is_kept else ""
        yield [*start, pile.title, pile.votes, kept, cards, pile.note, record.text]


def day(moment: datetime | None) -> Value:
    return timezone.localtime(moment).date() if moment else None


# --- files -------------------------------------------------------------------------------------------------------
def clean(text: str) -> str:
    """No formula, and none of the characters that XML has no place for; lines stay lines."""
    said = "".join(
        c for c in text.replace("\t", " ") if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cn")
    )
    return inert(said.lstrip("\n"))


def to_xlsx(contents: Contents) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title = clean(contents.heading.title)
    book.properties.creator = clean(contents.heading.association)
    book.properties.language = "fr-FR"
    for table in tables(contents):
        sheet: Any = book.create_sheet(table.name)
        sheet.freeze_panes = "B2"
        for place, title in enumerate(table.head, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width(table, place - 1, title)
        sheet.append([xlsx_cell(sheet, title, bold=True) for title in table.head])
        for row in table.rows:
            sheet.append([xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def width(table: Table, place: int, title: str) -> int:
    longest = max((len(row[place]) for row in table.rows if isinstance(row[place], str)), default=0)  # type: ignore[arg-type]
    return (
        min(max(longest, len(title), 8) + 2, WIDE)
        if longest > NARROW
        else max(NARROW, min(len(title) + 2, 30))
    )


def xlsx_cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    """A text is typed as one, and formatted as one: typing over it makes no formula either."""
    made: Any = WriteOnlyCell(sheet, clean(value) if isinstance(value, str) else value)  # type: ignore[arg-type]
    if isinstance(value, str):
        made.data_type, made.number_format = "s", "@"
    elif isinstance(value, date):
        made.number_format = "dd/mm/yyyy"
    made.font = Font(bold=bold)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def to_ods(contents: Contents) -> bytes:
    out = io.BytesIO()
    with odswriter.writer(out) as book:
        for table in tables(contents):
            sheet = book.new_sheet(table.name, cols=len(table.head))
            sheet.writerow([clean(title) for title in table.head])
            sheet.writerows([[clean(v) if isinstance(v, str) else v for v in row] for row in table.rows])
            split_lines(sheet.table)
    return out.getvalue()


def split_lines(table: Any) -> None:
    """A paragraph for each line of a text: in one paragraph their breaks would be spaces."""
    for paragraph in table.getElementsByTagName("text:p"):
        first, *others = paragraph.firstChild.data.split("\n")
        paragraph.firstChild.data = first
        for line in others:
            added = paragraph.cloneNode(True)
            added.firstChild.data = line
            paragraph.parentNode.appendChild(added)
