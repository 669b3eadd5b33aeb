"""Which file is the sheet of a step today, and asking for it."""

from __future__ import annotations

import hashlib
import json

from apps.course.models import Page
from apps.course.selectors import public_steps
from apps.documents import services
from apps.documents.models import Document
from apps.documents.selectors import find_document

KIND = "course-sheet"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "fiche-1"


def key(page: Page) -> str:
    """One file an edition: a step published again has another sheet."""
    return hashlib.sha256(json.dumps([VERSION, page.slug, page.edition]).encode()).hexdigest()


def find(page: Page) -> Document | None:
    """1 query."""
    return find_document(kind=KIND, key=key(page))


def request(page: Page) -> Document:
    """The file of this edition, for everybody. Asked again, the same one; a broker that is down delays it."""
    return services.request_document(
        kind=KIND,
        key=key(page),
        subject_id=page.pk,
        requested_by=None,
        title=f"Fiche pratique de l’étape {page.number}",
        filename=f"fiche-pratique-{page.slug}.pdf",
    )


def request_missing() -> int:
    """Asks for the sheets that were purged, or never asked for; how many."""
    missing = [page for page in public_steps() if find(page) is None]
    for page in missing:
        request(page)
    return len(missing)
