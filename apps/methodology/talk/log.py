"""The log of decisions, ready for a template without logic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apps.methodology.choices import name_of
from apps.methodology.models import Decision
from apps.methodology.talk.addresses import item_url
from apps.methodology.talk.selectors import item_names


@dataclass(frozen=True, slots=True)
class Row:
    """``later``: the key of the decision that replaced this one, 0 while it stands."""

    pk: int
    what: str
    why: str
    decided_by: str
    decided_on: date
    step: str
    about: str
    about_url: str
    replaces: Decision | None
    later: int
    written_by: str
    written_at: datetime


def rows(decisions: Sequence[Decision], titles: Mapping[int, str]) -> list[Row]:
    """Of ``selectors.decisions_of``. At most 2 queries."""
    names = item_names(row.item for row in decisions if row.item)
    return [
        Row(
            pk=row.pk,
            what=row.what,
            why=row.why,
            decided_by=row.decided_by,
            decided_on=row.decided_on,
            step=titles[row.step],
            about=names[row.item.pk] if row.item else "",
            about_url=item_url(row.item) if row.item else "",
            replaces=row.replaces,
            later=row.later or 0,  # type: ignore[attr-defined]
            written_by=name_of(row.seat),
            written_at=row.written_at,
        )
        for row in decisions
    ]
