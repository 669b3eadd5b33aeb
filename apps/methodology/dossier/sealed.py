"""The PDF of each note put to signature, beside the dossier: the last ones, within the time that a worker has."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from apps.core.pdf import render_pdf
from apps.methodology.dossier.contents import Contents, PutNote
from apps.methodology.papers import note as signing
from apps.methodology.papers.seal import seal

FOLDER = "notes/"
MOST = 5
# Characters: the longest note that can be written here holds in it. A line of the table costs as much as 250 of them.
LONGEST, SIGNATURE = 110_000, 250
# Seconds since the archive was begun, of the 35 that a worker has: one more of the longest still ends in time.
LAST_START = 22.0


@dataclass(frozen=True, slots=True)
class NotePapers:
    """``files``: name in the archive → PDF; ``missing``: numbers of the notes that are not there, the first first."""

    files: dict[str, bytes]
    missing: tuple[int, ...]


def name(note: PutNote) -> str:
    return f"{FOLDER}cadrage-v{note.number}.pdf"


def weight(note: PutNote) -> int:
    return note.length + SIGNATURE * len(note.signatures)


def papers(contents: Contents, *, began: float, clock: Callable[[], float] = time.monotonic) -> NotePapers:
    """``began``: of ``clock``, when the archive was."""
    made: dict[str, bytes] = {}
    for note in contents.notes[:MOST]:
        if weight(note) <= LONGEST and clock() - began < LAST_START:
            made[name(note)] = paper(contents, note)
    missing = tuple(note.number for note in reversed(contents.notes) if name(note) not in made)
    return NotePapers(made, missing)


def paper(contents: Contents, note: PutNote) -> bytes:
    """Sealed, unless an archive brought the note here: the platform then knows of no signature."""
    heading = contents.heading
    html = signing.page(note, note.signatures, title=heading.title, association=heading.association)
    made = render_pdf(html, at=signing.moment(note.put_at, note.signatures)).content
    return made if note.came_at else seal(made)
