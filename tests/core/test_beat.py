"""Beat goes on when the clock of the machine is set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from celery import Celery

from apps.core.beat import SteadyScheduler

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Counting(SteadyScheduler):
    """Counts the rounds instead of sending them."""

    sent = 0

    def apply_async(self, entry: object, *args: object, **kwargs: object) -> None:
        self.sent += 1
        self.reserve(entry)


@pytest.fixture
def beat(tmp_path: Path) -> Counting:
    app = Celery(broker="memory://")
    app.conf.timezone = "Europe/Paris"
    app.conf.beat_schedule = {"mails": {"task": "mails", "schedule": 10}}
    with time_machine.travel(NOON, tick=False):
        return Counting(app, schedule_filename=str(tmp_path / "schedule"), lazy=False)


def rounds(beat: Counting, moment: datetime, seconds: int) -> int:
    before = beat.sent
    for second in range(seconds):
        with time_machine.travel(moment + timedelta(seconds=second), tick=False):
            beat.tick()
    return beat.sent - before


def test_each_ten_seconds(beat: Counting) -> None:
    assert rounds(beat, NOON + timedelta(seconds=10), 61) in (6, 7)


def test_an_hour_ahead_then_back_it_does_not_fall_silent(beat: Counting) -> None:
    rounds(beat, NOON, 20)
    assert rounds(beat, NOON + timedelta(hours=1), 20) >= 1
    assert rounds(beat, NOON + timedelta(seconds=40), 61) in (5, 6, 7)


def test_a_correction_of_a_second_changes_nothing(beat: Counting) -> None:
    rounds(beat, NOON, 30)
    assert rounds(beat, NOON + timedelta(seconds=28), 31) in (2, 3, 4)
