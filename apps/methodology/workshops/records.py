"""The record of a workshop at any moment: for the screen, for paper, for whoever exports the démarche.

Guests are counted, never named: a file outlives the workshop, their names do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apps.methodology.choices import catalogue_lists
from apps.methodology.enums import WorkshopStage
from apps.methodology.models import Workshop
from apps.methodology.public.selectors import steps
from apps.methodology.workshops import presenters
from apps.methodology.workshops.presenters import Board, People


@dataclass(frozen=True, slots=True)
class RecordView:
    """``board``: None while only authors read their cards; ``has_dots``: the vote is closed; ``text``: the table's words.

    ``people``: how many were there, and the names of the team when the workshop shows names.
    """

    organisation: str
    engagement: str
    title: str
    question: str
    step: int
    step_title: str
    held_on: date
    stage: str
    is_over: bool
    over_at: datetime | None
    shows_names: bool
    people: People
    unnamed: int
    dots: int
    has_dots: bool
    board: Board | None
    text: str
    is_demo: bool


def record_view(workshop: Workshop) -> RecordView:
    """For a workshop that comes with its démarche and association. 6 queries at most."""
    engagement, stage = workshop.engagement, WorkshopStage(workshop.stage)
    pillars = catalogue_lists()["pillars"]
    people = presenters.people(workshop, guests=False)
    return RecordView(
        organisation=engagement.organisation.name,
        engagement=engagement.title,
        title=workshop.title,
        question=workshop.question,
        step=workshop.step,
        step_title=next((s.title for s in steps(engagement.edition) if s.number == workshop.step), ""),
        held_on=workshop.held_on,
        stage=stage.label,
        is_over=workshop.is_over,
        over_at=workshop.over_at,
        shows_names=workshop.shows_names,
        people=people,
        unnamed=people.count - len(people.names),
        dots=workshop.dots,
        has_dots=stage in presenters.SHOWS_DOTS,
        board=presenters.board(workshop, pillars, guests=False) if stage in presenters.SHOWS_CARDS else None,
        text=workshop.record,
        is_demo=engagement.is_demo or engagement.organisation.is_demo,
    )
