"""The page of a dossier: its files, each with the one that is ready, and whether it still says what the démarche says."""

from __future__ import annotations

from django.urls import reverse

from apps.documents.models import Document
from apps.methodology.dossier import kinds, stamp
from apps.methodology.dossier.kinds import Format
from apps.methodology.dossier.rows import FileRow
from apps.methodology.models import Engagement


def rows(engagement: Engagement) -> list[FileRow[Format]]:
    """3 queries."""
    found, state = kinds.documents(engagement), stamp.stamp(engagement)
    return [row(engagement, one, found.get(one.kind), state) for one in kinds.FORMATS.values()]


def row(engagement: Engagement, one: Format, document: Document | None, state: str) -> FileRow[Format]:
    url = reverse("method:dossier_file", args=[engagement.pk, one.ext])
    is_current = document is not None and document.key == kinds.key(engagement, one, state)
    return FileRow(one, url, document, is_current)
