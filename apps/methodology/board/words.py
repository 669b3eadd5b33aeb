"""What governance said of a step, and where the step stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_datetime

from apps.methodology.enums import StepStage, Verdict
from apps.methodology.models import Validation

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
