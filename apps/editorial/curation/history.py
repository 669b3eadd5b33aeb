"""The acts on a document told one by one, and what they say of its review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.editorial.enums import RevisionAction
from apps.editorial.models import Editorial, EditorialRevision

WRITES = (
    RevisionAction.CREATED,
    RevisionAction.SAVED,
    RevisionAction.RESTORED,
    RevisionAction.CORRECTED,
    RevisionAction.IMPORTED,
)
ALONE = "Publié sans relecture d’une autre personne"
PLANNED_ALONE = "Prévu sans relecture d’une autre personne"
PLATFORM = "la plateforme"


@dataclass(frozen=True, slots=True)
class Act:
    """``note``: what the act says of the review, or "". ``wrote``: the draft may say something else since."""

    number: int
    label: str
    by: str
    at: datetime
    reason: str
    note: str
    wrote: bool


def acts(revisions: Sequence[EditorialRevision]) -> list[Act]:
    """The last first, as they are given; ``by`` loaded with each."""
    told: list[Act] = []
    writer: int | None = None
    planned: EditorialRevision | None = None
    for revision in reversed(revisions):
        note = ""
        if revision.action in WRITES:
            writer = revision.by_id
        elif revision.action == RevisionAction.SCHEDULED:
            planned = revision
            note = PLANNED_ALONE if alone(revision, writer) else ""
        elif revision.action == RevisionAction.PUBLISHED:
            decided = planned if revision.by_id is None and planned else revision
            note = ALONE if alone(decided, writer) else ""
        told.append(
            Act(
                revision.number,
                revision.get_action_display(),
                str(revision.by) if revision.by else PLATFORM,
                revision.at,
                revision.reason,
                note,
                revision.action in WRITES,
            )
        )
    return told[::-1]


def alone(revision: EditorialRevision, writer: int | None) -> bool:
    """Whoever decided had also written last."""
    return revision.by_id is not None and revision.by_id == writer


def returned(revisions: Iterable[EditorialRevision]) -> EditorialRevision | None:
    """The last time it was sent back, when it was neither proposed nor published since; the last acts first."""
    decisive = (
        RevisionAction.RETURNED,
        RevisionAction.SUBMITTED,
        RevisionAction.SCHEDULED,
        RevisionAction.PUBLISHED,
        RevisionAction.ARCHIVED,
    )
    last = next((revision for revision in revisions if revision.action in decisive), None)
    return last if last and last.action == RevisionAction.RETURNED else None


def reader(row: Editorial, revisions: Sequence[EditorialRevision]) -> User | None:
    """Who read the draft besides whoever wrote it last; the last acts first."""
    writer = next((revision.by_id for revision in revisions if revision.action in WRITES), None)
    return row.reviewer if row.reviewer_id != writer else None
