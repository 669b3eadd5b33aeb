"""The notes put to signature on paper and in the text (pure): which one, its own words, who signed it, when."""

from __future__ import annotations

from collections.abc import Iterable

from apps.core.typography import count
from apps.methodology.dossier.blocks import Block, Cell, Entry, Grid, Said
from apps.methodology.dossier.contents import MEETING_COLUMNS, PutNote
from apps.methodology.dossier.prose import passages
from apps.methodology.dossier.words import day

TITLE = "Note présentée à la signature"
ORIGIN = "reprise d’une archive le {}, signatures telles qu’elles y étaient écrites"
NOBODY = "Personne ne l’a signée."


def entry(note: PutNote) -> Entry:
    texts: list[Block] = [Said(label, passages(text)) for label, text in note.lines]
    if note.meetings:
        texts.append(
            grid("meetings", "Le calendrier", [label for _, label in MEETING_COLUMNS], note.meetings)
        )
    return Entry(f"Version {note.number}", (*texts, signatures(note)), kicker(note))


def kicker(note: PutNote) -> str:
    """« présentée le 4 avril 2027 par Chloé Chêne, 2 signatures »."""
    signed = count(len(note.signatures), "signature", "signatures") if note.signatures else "sans signature"
    came = f"\u00a0; {ORIGIN.format(day(note.came_at))}" if note.came_at else ""
    return f"présentée le {day(note.put_at)} par {note.put_by}, {signed}{came}"


def in_archive(note: PutNote) -> str:
    """Of the PDF of a note, for whoever opens the archive: a line of plain text."""
    came = f"sans cachet : reprise d’une archive le {day(note.came_at)}" if note.came_at else ""
    return f"du {day(note.put_at)}, {came or 'avec le cachet de la plateforme'}"


def signatures(note: PutNote) -> Block:
    if not note.signatures:
        return Said("Signatures", passages(NOBODY))
    rows = [(one.name, one.quality, day(one.at)) for one in note.signatures]
    return grid("signatures", "Signatures", ["Prénom et nom", "Qualité", "Date"], rows)


def grid(name: str, caption: str, heads: list[str], rows: Iterable[tuple[str, ...]]) -> Grid:
    cells = tuple(tuple(map(Cell, row)) for row in rows)
    return Grid(name, caption, tuple(map(Cell, heads)), cells)
