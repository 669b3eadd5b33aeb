"""The page of a dossier: its files, each with the one that is ready, and whether it still says what the démarche says."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from apps.documents.models import Document
from apps.methodology.dossier import kinds, stamp
from apps.methodology.dossier.kinds import Format
from apps.methodology.models import Engagement


@dataclass(frozen=True, slots=True)
class FileRow:
    """``document``: the last one asked for, or None. ``is_current``: nothing was written since."""

    format: Format
    url: str
    document: Document | None
    is_current: bool

    @property
    def is_ready(self) -> bool:
        return self.document is not None and self.document.is_ready

    @property
    def is_waiting(self) -> bool:
        return self.document is not None and self.document.is_waiting

    @property
    def is_failed(self) -> bool:
        return self.document is not None and self.document.is_failed

    @property
    def may_ask(self) -> bool:
        return not self.is_waiting and not (self.is_ready and self.is_current)


def rows(engagement: Engagement) -> list[FileRow]:
    """3 queries."""
    found, state = kinds.documents(engagement), stamp.stamp(engagement)
    return [row(engagement, one, found.get(one.kind), state) for one in kinds.FORMATS.values()]


def row(engagement: Engagement, one: Format, document: Document | None, state: str) -> FileRow:
    url = reverse("method:dossier_file", args=[engagement.pk, one.ext])
    is_current = document is not None and document.key == kinds.key(engagement, one, state)
    return FileRow(one, url, document, is_current)
