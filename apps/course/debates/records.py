"""The record of a debate: for the screen, for paper, and for the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apps.core.figures.svg import Svg
from apps.course.debates import bars, selectors
from apps.course.debates.asks import DECISION, Tally, tally
from apps.course.enums import Mandate
from apps.course.models import Debate


@dataclass(frozen=True, slots=True)
class Result:
    """A question asked, its ballots, and the words that phones sent with it."""

    tally: Tally
    chart: Svg
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """``decided``: « Mandat donné »…, "" before; ``terms`` only of a mandate given; ``has_own_words``: a member wrote."""

    organisation: str
    title: str
    held_on: date
    module: str
    edition: int
    is_over: bool
    over_at: datetime | None
    present: int | None
    results: tuple[Result, ...]
    decision: Result | None
    decided: str
    decided_at: datetime | None
    minutes: str
    terms: str
    reason: str
    is_demo: bool

    @property
    def is_written(self) -> bool:
        return bool(self.minutes or self.decided or self.present)


def record_view(debate: Debate) -> RecordView:
    """1 query; 2 while a question is open."""
    module, results = selectors.module_of(debate), results_of(debate)
    return RecordView(
        organisation=debate.organisation.name,
        title=debate.title,
        held_on=debate.held_on,
        module=module.title,
        edition=debate.edition,
        is_over=debate.is_over,
        over_at=debate.over_at,
        present=debate.present,
        results=tuple(result for code, result in results.items() if code != DECISION),
        decision=results.get(DECISION),
        decided=Mandate(debate.mandate).label.capitalize() if debate.mandate else "",
        decided_at=debate.decided_at,
        minutes=debate.minutes_text,
        terms=debate.mandate_text if debate.mandate == Mandate.YES else "",
        reason=debate.mandate_reason if debate.mandate else "",
        is_demo=debate.organisation.is_demo,
    )


def results_of(debate: Debate) -> dict[str, Result]:
    """Questions that were asked, in the order of the module."""
    said: dict[str, list[str]] = {}
    for view in selectors.views_of(debate):
        if not view.set_aside:
            said.setdefault(view.question, []).append(view.text)
    found = {}
    for code, ask in selectors.questions_of(debate).items():
        if code in debate.results or code == debate.question:
            counted = tally(ask, selectors.counts_of(debate, ask))
            found[code] = Result(counted, bars.draw(counted), tuple(said.get(code, ())))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    debate: Debate
    state: str
    decided: str


def rows(debates: list[Debate]) -> list[Row]:
    return [
        Row(debate, debate.get_stage_display(), Mandate(debate.mandate).label if debate.mandate else "")
        for debate in debates
    ]
