"""Reads of a document's revisions; each says how many queries it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from apps.editorial.curation.history import WRITES
from apps.editorial.models import Editorial, EditorialRevision

# In an address, instead of a number: what readers see.
PUBLIC = "publique"


def revisions(row: Editorial) -> QuerySet[Any]:
    """The last first, without their sheets. 1 query."""
    found: QuerySet[Any] = row.revisions.select_related("by").defer("sheet")
    return found


def last_write(row: Editorial) -> EditorialRevision | None:
    """Who last changed the draft. 1 query."""
    return revisions(row).filter(action__in=WRITES).first()


def sheet_at(row: Editorial, number: int) -> dict[str, Any] | None:
    """1 query."""
    found: dict[str, Any] | None = row.revisions.filter(number=number).values_list("sheet", flat=True).first()
    return found


def compared(request: HttpRequest, known: Sequence[EditorialRevision]) -> tuple[str, str]:
    """« de » and « a » of the address: by default the last revision, and the one before."""
    older, newer = request.GET.get("de", ""), request.GET.get("a", "")
    if not newer and known:
        newer = str(known[0].number)
    if not older:
        older = str(max(int(newer) - 1, 1)) if newer.isascii() and newer.isdigit() else newer
    return older, newer


def data_of(row: Editorial, said: str) -> Any:
    """What a revision, or the public version, says. Http404 when there is no such version."""
    data: Any = None
    if said == PUBLIC:
        data = row.sheet
    elif said.isascii() and said.isdigit() and len(said) < 9:
        data = sheet_at(row, int(said))
    if data is None:
        raise Http404
    return data
