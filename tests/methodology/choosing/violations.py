"""What the database refuses of votes on scenarios (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.methodology.models import ScenarioVote
from tests.methodology.choosing.cases import scenario
from tests.methodology.support import engagement_of, seat_in

Act = Callable[[], Any]


def vote(number: int = 1, **said: Any) -> Act:
    def act() -> None:
        seat = seat_in(engagement_of())
        item = scenario(seat)
        for _ in range(number):
            ScenarioVote.objects.create(item=item, seat=seat, **{"stance": "supports", **said})

    return act


VIOLATIONS: dict[str, Act] = {
    "one_vote_per_scenario_and_seat": vote(2),
    "scenario_vote_is_one_of_three": vote(stance="perhaps"),
    "an_objection_says_why": vote(stance="objects"),
}
