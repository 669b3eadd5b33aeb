"""The list of the démarches of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from apps.methodology.board.path import OVER, next_step
from apps.methodology.enums import StepStage
from apps.methodology.models import Engagement, Seat


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


def next_words(number: int, stages: Mapping[int, str], titles: Sequence[str]) -> str:
    title = titles[number - 1] if len(titles) >= number else ""
    stage = StepStage(stages.get(number, StepStage.TODO)).label
    return f"étape\u00a0{number}{', ' + title if title else ''} ({stage})"
