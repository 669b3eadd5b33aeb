"""The files that workers make of the method: each kind, who writes its page, who may take it."""

from __future__ import annotations

from apps.documents import registry
from apps.methodology import readers
from apps.methodology.choosing import books
from apps.methodology.dossier import kinds as dossier
from apps.methodology.papers import note, sheets
from apps.methodology.public import guide
from apps.methodology.roadmap import papers as roadmap
from apps.methodology.workshops import report


def register() -> None:
    registry.register(guide.KIND, guide.build, guide.WORDS)
    registry.register(sheets.KIND, sheets.build, sheets.WORDS)
    registry.register(note.KIND, note.build, note.WORDS, readers.of_notes)
    registry.register(report.KIND, report.build_record, report.WORDS, readers.of_workshops)
    roadmap.register()
    dossier.register()
    books.register()
