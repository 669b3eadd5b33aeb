"""The notes put to signature, as they leave: a frozen text, and who signed it. 2 queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from apps.methodology.choices import SOMEBODY
from apps.methodology.dossier import names
from apps.methodology.dossier.contents import MEETING_COLUMNS, PutNote, Signed
from apps.methodology.models import Engagement, Signature, SignedNote

STEP = 1


def put_notes(engagement: Engagement, people: Mapping[str, str]) -> tuple[PutNote, ...]:
    """The last one first. ``people``: key of a seat → name."""
    signed: dict[UUID, list[Signed]] = defaultdict(list)
    for row in Signature.objects.filter(note__engagement=engagement).order_by("at", "pk"):
        signed[row.note_id].append(Signed(names.shown(row.name), row.quality, row.at))
    rows = SignedNote.objects.filter(engagement=engagement).order_by("-number")
    return tuple(put_note(row, people, signed[row.pk]) for row in rows)


def put_note(row: SignedNote, people: Mapping[str, str], signatures: list[Signed]) -> PutNote:
    return PutNote(
        number=row.number,
        put_at=row.put_at,
        put_by=people.get(str(row.put_by_id)) or names.shown(row.put_by_name) or SOMEBODY,
        lines=tuple((label, text) for label, text in row.lines),
        meetings=tuple(of_columns(cells) for cells in row.meetings),
        digest=row.digest,
        signatures=tuple(signatures),
        came_at=row.came_at,
    )


def of_columns(cells: list[str]) -> tuple[str, ...]:
    """A cell for each column of today: a note frozen long ago may have had fewer."""
    return tuple([*cells, *("" for _ in MEETING_COLUMNS)][: len(MEETING_COLUMNS)])
