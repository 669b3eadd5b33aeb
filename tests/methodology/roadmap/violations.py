"""What the database refuses of reminders (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.methodology.models import Reminder
from tests.methodology.roadmap.support import item
from tests.methodology.support import engagement_of, seat_in

Act = Callable[[], Any]


def the_same_reminder_twice() -> None:
    seat = seat_in(engagement_of())
    action = item(seat, "action", title="Louer")
    for _ in range(2):
        Reminder.objects.create(
            seat=seat, item=action, about="late", due=date(2027, 3, 15), sent_on=date(2027, 3, 16)
        )


VIOLATIONS: dict[str, Act] = {"one_reminder_per_due_date": the_same_reminder_twice}
