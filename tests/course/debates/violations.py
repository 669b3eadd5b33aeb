"""What the database refuses of debates (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from apps.course.models import Ballot, Debate, View
from tests.factories.debates import asking, over, ready


def same_code() -> None:
    ready(code=ready().code)


def one_ballot() -> None:
    made, voter = asking(), uuid4()
    for choice in (0, 1):
        Ballot.objects.create(debate=made, question=made.question, voter=voter, choice=choice)


def one_view() -> None:
    made, voter = asking(), uuid4()
    for text in ("Un mot", "Un autre"):
        View.objects.create(debate=made, question=made.question, voter=voter, text=text)


def code_kept() -> None:
    Debate.objects.filter(pk=over().pk).update(code="BCDFGH")


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "debate_has_a_title": lambda: ready(title=""),
    "one_debate_per_code": same_code,
    "debate_code_is_six_letters": lambda: ready(code="ABCDEO"),
    "debate_keeps_its_code_until_over": code_kept,
    "only_a_live_debate_asks": lambda: ready(question="valeur"),
    "decided_debate_says_when": lambda: ready(mandate="yes"),
    "one_ballot_per_phone": one_ballot,
    "one_view_per_phone": one_view,
    "view_says_something": lambda: View.objects.create(debate=asking(), question="valeur", text=""),
}
