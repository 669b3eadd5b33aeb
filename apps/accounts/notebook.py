"""What an association wrote on the platform, found again where it works: each app above brings its own notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from apps.accounts.models import Organisation
from apps.accounts.selectors import Person


@dataclass(frozen=True, slots=True)
class Note:
    """``lines``: (question, what was written). ``axis``: A to E, "" when it speaks of none.

    ``method_step``: 1 to 8. ``updated_by``: "" when that person has no account any more.
    """

    title: str
    source_label: str
    url: str
    lines: tuple[tuple[str, str], ...]
    axis: str
    method_step: int
    updated_at: datetime
    updated_by: str


def notes(user: Person, organisation: Organisation | None) -> list[Note]:
    """Nothing for who is not a member of it now: a provider reads for this person. One query a provider, none for a visitor."""
    if organisation is None or not user.is_authenticated:
        return []
    return [note for path in settings.NOTEBOOKS for note in import_string(path)(user, organisation)]


def of_axis(found: Iterable[Note], axis: str) -> list[Note]:
    return [note for note in found if note.axis == axis]
