"""The eight steps of a démarche as its pages show them, and which one to look at now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from apps.methodology.board.words import Word, last_word, stage_word
from apps.methodology.choices import name_of
from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.missing import Facts, missing
from apps.methodology.models import Engagement, StepState
from apps.methodology.public.sheet import StepSheet

STEPS = range(1, 9)
OVER = (StepStage.DONE, StepStage.SKIPPED)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step on the path. ``stage``: a ``StepStage``; ``word``: the same as people say it."""

    number: int
    title: str
    url: str
    stage: str
    word: str
    changed_at: datetime | None
    changed_by: str
    why_skipped: str
    last: Word | None
    missing: list[str]

    @property
    def is_over(self) -> bool:
        return self.stage in OVER

    @property
    def is_now(self) -> bool:
        return self.stage in (StepStage.DOING, StepStage.TO_VALIDATE)


def step_rows(
    engagement: Engagement,
    states: Mapping[int, StepState],
    sheets: Sequence[StepSheet],
    facts: Facts | None,
) -> list[StepRow]:
    """``facts``: None for a network, to whom nothing is told but stages and dates."""
    titles = {sheet.number: sheet.title for sheet in sheets}
    return [
        step_row(engagement, number, titles.get(number, f"Étape\u00a0{number}"), states.get(number), facts)
        for number in STEPS
    ]


def step_row(
    engagement: Engagement, number: int, title: str, state: StepState | None, facts: Facts | None
) -> StepRow:
    stage = StepStage(state.stage) if state else StepStage.TODO
    last = last_word(state, reason=facts is not None) if state else None
    return StepRow(
        number=number,
        title=title,
        url=reverse("method:engagement_step", args=[engagement.pk, number]),
        stage=stage,
        word=stage_word(state),
        changed_at=state.changed_at if state and stage != StepStage.TODO else None,
        changed_by=name_of(state.changed_by) if state and facts is not None else "",
        why_skipped=state.why_skipped if state and facts is not None else "",
        last=last,
        missing=missing(number, facts) if facts is not None and stage != StepStage.SKIPPED else [],
    )


def next_step(stages: Mapping[int, str], role: str) -> int | None:
    """For governance, what waits for it; for everybody, what is under way, then what comes next in the order."""
    wanted = [StepStage.DOING, StepStage.TO_VALIDATE, StepStage.TODO]
    if role == SeatRole.BOARD:
        wanted = [StepStage.TO_VALIDATE, StepStage.DOING, StepStage.TODO]
    for stage in wanted:
        for number in STEPS:
            if stages.get(number, StepStage.TODO) == stage:
                return number
    return None


def next_row(rows: Sequence[StepRow], role: str) -> StepRow | None:
    number = next_step({row.number: row.stage for row in rows}, role)
    return rows[number - 1] if number else None
