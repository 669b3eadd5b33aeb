"""The framing note put to signature: what it says, what was written since, and its file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.figures import emblem
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, Words
from apps.documents.services import request_document
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Signature, SignedNote
from apps.methodology.papers.seal import seal
from apps.methodology.services.papers import digest_of
from apps.methodology.tools.framing import MEETING

KIND = "framing-note"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "framing-note-2"
WORDS = Words(
    name="la note de cadrage",
    yours="la note de cadrage",
    e="e",
    says="Elle dit la même chose que l’écran. Présentée à la signature ici, elle porte le cachet de la plateforme.",
    kept="Le texte et les signatures sont intacts",
    kicker="Cadrage",
    back=("method:engagements",),
    back_label="Revenir à mes démarches",
)
LINES_TO_SIGN = 3  # blank ones, for those who sign on paper


@dataclass(frozen=True, slots=True)
class Frozen:
    """``lines``: label, text; ``meetings``: one row of words each."""

    lines: list[list[str]]
    meetings: list[list[str]]

    @property
    def digest(self) -> str:
        return digest_of(self.lines, self.meetings)


def as_written(sheet: Sheet) -> Frozen:
    """The note as it stands now, in words; what is empty is left out."""
    row = sheet.single("note")
    lines = [[field.label, text] for field in row.kind.fields if (text := sheet.said(row, field.code))]
    codes = [field.code for field in MEETING.fields]
    meetings = [[sheet.said(one, code) for code in codes] for one in sheet.rows("meeting")]
    return Frozen(lines, meetings)


def key(note: SignedNote, signatures: list[Signature]) -> str:
    """Another signature is another file."""
    signed = [(one.name, one.quality, one.at.isoformat()) for one in signatures]
    return hashlib.sha256(f"{VERSION} {note.pk} {note.digest} {signed!r}".encode()).hexdigest()


def request(*, note: SignedNote, by: User) -> Document:
    """The file of this text with the signatures it has now; asked again, the same one."""
    engagement = note.engagement
    return request_document(
        kind=KIND,
        key=key(note, list(note.signatures.all())),
        subject_id=note.pk,
        organisation=engagement.organisation,
        requested_by=by,
        title=f"Note de cadrage, version {note.number}\u00a0: {engagement.title}",
        filename=f"cadrage-{slugify(engagement.title)[:60]}-v{note.number}.pdf",
    )


def build(note_id: UUID) -> DocumentSource:
    """Run by a worker. SignedNote.DoesNotExist when the démarche was erased meanwhile."""
    note = SignedNote.objects.select_related("engagement__organisation").get(pk=note_id)
    signatures = list(note.signatures.all())
    at = moment(note.put_at, signatures)
    return DocumentSource(html(note, signatures), at, None if note.came_at else seal)


def moment(put_at: datetime, signatures: Sequence[Any]) -> datetime:
    """The date of the file: the same state gives the same bytes."""
    last: datetime = signatures[-1].at if signatures else put_at
    return last


class Text(Protocol):
    """What a page is made of: a row, or the same read for the dossier. One that came from elsewhere is not signed here."""

    @property
    def number(self) -> int: ...
    @property
    def put_at(self) -> datetime: ...
    @property
    def came_at(self) -> datetime | None: ...
    @property
    def lines(self) -> Sequence[Sequence[str]]: ...
    @property
    def meetings(self) -> Sequence[Sequence[str]]: ...
    @property
    def digest(self) -> str: ...


def html(note: SignedNote, signatures: list[Signature]) -> str:
    return page(note, signatures, title=note.engagement.title, association=note.engagement.organisation.name)


def page(note: Text, signatures: Sequence[Any], *, title: str, association: str) -> str:
    """``signatures``: each with its name, its quality and its moment ``at``."""
    context = {
        "note": note,
        "title": title,
        "association": association,
        "signatures": signatures,
        "blanks": range(0 if note.came_at else LINES_TO_SIGN),
        "meeting_labels": [field.label for field in MEETING.fields],
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("methodology/papers/note_paper.html", context)
