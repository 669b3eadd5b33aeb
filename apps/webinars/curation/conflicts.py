"""Two people saved the same draft: both versions side by side, a choice a field, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.webinars import diff, sheet
from apps.webinars.curation import reads
from apps.webinars.curation.telling import tell
from apps.webinars.curation.wording import FIELDS
from apps.webinars.models import Webinar

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field where the two versions differ. ``choice``: the one that is ticked, "" when a person must decide."""

    field: str
    label: str
    change: diff.Change
    choice: str
    # « both » changed it, or only « mine » or « theirs »; « unknown » when the version they come from is not.
    who: str


def read(data: Mapping[str, Any]) -> sheet.Sheet | None:
    """What she typed, as the conflict page carries it; None when it is damaged."""
    try:
        return sheet.read(json.loads(str(data.get("mine", ""))))
    except (ValueError, sheet.SheetError):
        return None


def differing(one: sheet.Sheet, other: sheet.Sheet) -> list[str]:
    """Fields of the form, in its order."""
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]


def merged(
    mine: sheet.Sheet, theirs: sheet.Sheet, chosen: Mapping[str, Any]
) -> tuple[sheet.Sheet, list[str]]:
    """Their version with the fields of hers that were chosen; the fields that nobody decided about."""
    fields = differing(mine, theirs)
    missing = [name for name in fields if chosen.get(f"garde-{name}") not in (MINE, THEIRS)]
    kept = {name: getattr(mine, name) for name in fields if chosen.get(f"garde-{name}") == MINE}
    return theirs.model_copy(update=kept), missing


def screen(
    webinar: Webinar, mine: sheet.Sheet, *, base: str, chosen: Mapping[str, Any] | None
) -> dict[str, Any]:
    """For ``curation/conflict.html``. 5 queries."""
    theirs = sheet.read(webinar.draft)
    origin = reads.revision_sheet(webinar, int(base)) if base.isascii() and base.isdigit() else None
    names, _ = reads.names_for(mine, theirs)
    changes = {change.field: change for change in diff.changes(tell(theirs, names), tell(mine, names))}
    started = sheet.read(origin) if origin else None
    clashes = [
        clash_of(name, changes.get(name, diff.Change(name, ())), mine, theirs, started, chosen)
        for name in differing(mine, theirs)
    ]
    return {
        "webinar": webinar,
        "clashes": clashes,
        "undecided": sum(not clash.choice for clash in clashes),
        "is_answered": chosen is not None,
        "mine": json.dumps(sheet.stored(mine), ensure_ascii=False),
        "version": webinar.version,
        "base": base,
        "last": reads.last_write(webinar),
    }


def clash_of(
    name: str,
    change: diff.Change,
    mine: sheet.Sheet,
    theirs: sheet.Sheet,
    started: sheet.Sheet | None,
    chosen: Mapping[str, Any] | None,
) -> Clash:
    who, choice = "unknown", ""
    if started is not None:
        origin = getattr(started, name)
        who = "both"
        if getattr(theirs, name) == origin:
            who = choice = MINE
        elif getattr(mine, name) == origin:
            who = choice = THEIRS
    if chosen is not None:
        asked = str(chosen.get(f"garde-{name}", ""))
        choice = asked if asked in (MINE, THEIRS) else ""
    return Clash(name, FIELDS[name], change, choice, who)
