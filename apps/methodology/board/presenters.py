"""What the pages of a démarche show: each step in words, the path, the list of démarches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.methodology.board.selectors import Team
from apps.methodology.choices import name_of
from apps.methodology.enums import SeatRole, StepStage, Verdict
from apps.methodology.missing import Facts, missing
from apps.methodology.models import Engagement, Seat, StepState, Validation
from apps.methodology.public.sheet import StepSheet

STEPS = range(1, 9)
OVER = (StepStage.DONE, StepStage.SKIPPED)
NOT_VALIDATED = "fait, sans validation"


@dataclass(frozen=True, slots=True)
class Word:
    """What governance said. ``by``: « Ana Board », or « le conseil, consigné par Chloé Chêne ». ``reason``: "" for a network."""

    is_validated: bool
    label: str
    by: str
    day: date
    reason: str

    @property
    def says_why(self) -> bool:
        return bool(self.reason)


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


def stage_word(state: Any) -> str:
    """« fait » when governance validated what was done, and not something before it."""
    if state is None:
        return str(StepStage.TODO.label)
    if state.stage == StepStage.DONE and not is_validated(state):
        return NOT_VALIDATED
    return str(StepStage(state.stage).label)


def is_validated(state: Any) -> bool:
    last = state.last
    if not last or last["verdict"] != Verdict.VALIDATED:
        return False
    at = parse_datetime(last["at"])
    return at is not None and at >= state.changed_at


def last_word(state: Any, *, reason: bool) -> Word | None:
    if not (last := state.last):
        return None
    return Word(
        is_validated=last["verdict"] == Verdict.VALIDATED,
        label=Verdict(last["verdict"]).label,
        by=signed(last["name"], last["recorded_by"]),
        day=date.fromisoformat(last["day"]),
        reason=last["reason"] if reason else "",
    )


def word(validation: Validation, *, reason: bool) -> Word:
    return Word(
        is_validated=validation.verdict == Verdict.VALIDATED,
        label=Verdict(validation.verdict).label,
        by=signed(validation.name, validation.recorded_by),
        day=validation.decided_on,
        reason=validation.reason if reason else "",
    )


def signed(name: str, recorded_by: str) -> str:
    return f"{name}, décision consignée par {recorded_by}" if recorded_by else name


@dataclass(frozen=True, slots=True)
class Meeting:
    title: str
    day: date
    step: str


def next_meetings(facts: Facts, most: int = 3) -> list[Meeting]:
    """Today's included."""
    dated = [
        Meeting(
            str(row.said.get("title") or "Rendez-vous"),
            date.fromisoformat(day),
            str(row.said.get("step", "")),
        )
        for row in facts.of("meeting")
        if (day := str(row.said.get("date") or ""))
    ]
    today = timezone.localdate()
    return sorted((meeting for meeting in dated if meeting.day >= today), key=lambda one: one.day)[:most]


@dataclass(frozen=True, slots=True)
class Listed:
    """A démarche of the person. ``next``: the step to look at now, in words, "" when all are over."""

    seat: Seat
    engagement: Engagement
    done: int
    next: str
    next_url: str
    changed_at: datetime


def listed(seat: Any) -> Listed:
    """``seat`` comes from ``selectors.my_seats``."""
    stages = {row["step"]: row["stage"] for row in seat.stages}
    number = next_step(stages, seat.role)
    return Listed(
        seat=seat,
        engagement=seat.engagement,
        done=sum(stage in OVER for stage in stages.values()),
        next=next_words(number, stages, seat.titles) if number else "",
        next_url=reverse("method:engagement_step", args=[seat.engagement_id, number]) if number else "",
        changed_at=seat.changed_at,
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


def next_words(number: int, stages: Mapping[int, str], titles: Sequence[str]) -> str:
    title = titles[number - 1] if len(titles) >= number else ""
    stage = StepStage(stages.get(number, StepStage.TODO)).label
    return f"étape\u00a0{number}{', ' + title if title else ''} ({stage})"


@dataclass(frozen=True, slots=True)
class Group:
    """People of one role. ``more``: how many are not named here."""

    role: str
    names: list[str]
    more: int


MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class TeamSummary:
    groups: list[Group]
    here: list[str]


def team(found: Team) -> TeamSummary:
    groups = []
    for role in SeatRole:
        names = [name_of(seat) for seat in found.people if seat.role == role]
        if names:
            groups.append(Group(str(role.label), names[:MOST_NAMES], len(names[MOST_NAMES:])))
    return TeamSummary(groups, [name_of(seat) for seat in found.here])
