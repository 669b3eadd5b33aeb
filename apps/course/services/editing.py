"""A chapter that someone typed becomes the draft. What another person saved meanwhile stays; nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from apps.accounts.models import User
from apps.course import pieces, sheet
from apps.course.models import Page
from apps.course.services.pages import WORKFLOW
from apps.editorial.curation.conflicts import MINE, THEIRS
from apps.editorial.enums import DraftState
from apps.editorial.workflow import NotNowError


@dataclass(frozen=True, slots=True)
class Outcome:
    """``clash``: both changed the same pieces, nothing was written. ``beside``: both changed others, both are kept."""

    page: Page
    mine: sheet.Page
    clash: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form was opened on: the version, and the number of the revision that said it."""

    version: int
    base: int
    # Where the page must stand for this person to write it; anywhere when empty.
    states: Collection[str] = field(default=())


@transaction.atomic
def save_chapter(
    *, page: Page, say: Callable[[sheet.Page], sheet.Page], opened: Opened, by: User, reason: str = ""
) -> Outcome:
    """``say`` puts what was typed on a page. ShapeError, NotNowError."""
    held = held_in(page, opened.states)
    theirs = sheet.read(held.draft)
    if held.version == opened.version:
        return written(held, say(theirs), by, reason)
    started = at(held, opened.base)
    mine = say(started or theirs)
    both = pieces.versions(mine, theirs, started)
    if pieces.undecided(both):
        return Outcome(held, mine, clash=True)
    return written(
        held, pieces.merged(mine, theirs, pieces.settled(both)), by, reason, beside=bool(both.differing)
    )


@transaction.atomic
def save_settled(
    *, page: Page, mine: sheet.Page, chosen: Mapping[str, str], opened: Opened, by: User, reason: str = ""
) -> Outcome:
    """The answer to a conflict: ``chosen`` says whose piece stays. A clash again when the draft moved since, or when a
    piece has no answer.
    """
    held = held_in(page, opened.states)
    theirs = sheet.read(held.draft)
    both = pieces.versions(mine, theirs)
    if held.version != opened.version or any(
        chosen.get(name) not in (MINE, THEIRS) for name in both.differing
    ):
        return Outcome(held, mine, clash=True)
    return written(held, pieces.merged(mine, theirs, chosen), by, reason)


def held_in(page: Page, states: Collection[str]) -> Page:
    held = WORKFLOW.hold(page)
    if held.state == DraftState.ARCHIVED or (states and held.state not in states):
        raise NotNowError(
            f"Cette page est maintenant à l’état « {held.get_state_display()} » : elle ne se modifie plus ici."
        )
    return held


def at(page: Page, number: int) -> sheet.Page | None:
    """What the draft said after this revision. 1 query."""
    said = page.revisions.filter(number=number).values_list("sheet", flat=True).first()
    return sheet.read(said) if said else None


def written(held: Page, said: sheet.Page, by: User, reason: str, *, beside: bool = False) -> Outcome:
    saved = WORKFLOW.save_draft(row=held, draft=said, version=held.version, by=by, reason=reason)
    return Outcome(saved, said, beside=beside)
