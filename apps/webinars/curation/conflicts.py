"""Two people saved the same case: what the page shows, and the sheet that the answers make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apps.editorial.curation import conflicts, versions
from apps.editorial.curation.conflicts import MINE, Versions, asked
from apps.editorial.shape import ShapeError
from apps.webinars import sheet
from apps.webinars.curation import reads
from apps.webinars.curation.telling import tell
from apps.webinars.curation.wording import FIELDS
from apps.webinars.models import Webinar


def read(data: Mapping[str, Any]) -> sheet.Sheet | None:
    """What she typed, as the conflict page carries it; None when it is damaged."""
    try:
        return sheet.read(json.loads(str(data.get("mine", ""))))
    except (ValueError, ShapeError):
        return None


def values(said: sheet.Sheet) -> dict[str, Any]:
    """Fields of the form, in its order."""
    return {name: getattr(said, name) for name in FIELDS}


def merged(
    mine: sheet.Sheet, theirs: sheet.Sheet, chosen: Mapping[str, Any]
) -> tuple[sheet.Sheet, list[str]]:
    """Their version with the fields of hers that were chosen; the fields that nobody decided about."""
    fields = Versions(values(mine), values(theirs)).differing
    missing = [name for name in fields if not asked(chosen, name)]
    kept = {name: getattr(mine, name) for name in fields if asked(chosen, name) == MINE}
    return theirs.model_copy(update=kept), missing


def screen(
    webinar: Webinar, mine: sheet.Sheet, *, base: str, chosen: Mapping[str, Any] | None
) -> dict[str, Any]:
    """For ``curation/conflict.html``. 5 queries."""
    theirs = sheet.read(webinar.draft)
    origin = versions.sheet_at(webinar, int(base)) if base.isascii() and base.isdigit() else None
    names, _ = reads.names_for(mine, theirs)
    both = Versions(values(mine), values(theirs), values(sheet.read(origin)) if origin else None)
    clashes = conflicts.clashes(both, FIELDS, (tell(theirs, names), tell(mine, names)), chosen)
    return {
        "webinar": webinar,
        "clashes": clashes,
        "undecided": sum(not clash.choice for clash in clashes),
        "is_answered": chosen is not None,
        "mine": json.dumps(sheet.stored(mine), ensure_ascii=False),
        "version": webinar.version,
        "base": base,
        "last": versions.last_write(webinar),
    }
