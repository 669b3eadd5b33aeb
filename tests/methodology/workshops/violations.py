"""What the database refuses of workshops (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Card, Dot, Participant, Pile, Workshop
from apps.methodology.workshops import services
from tests.methodology.workshops.helpers import invited, opened


def with_values(**values: Any) -> None:
    Workshop.objects.filter(pk=opened().pk).update(**values)


def code_kept() -> None:
    made = opened()
    services.end(workshop=made)
    Workshop.objects.filter(pk=made.pk).update(code="BCDFGH")


def two_chairs_of_a_seat() -> None:
    made = opened()
    for _ in range(2):
        Participant.objects.create(workshop=made, seat=made.opened_by)


def two_chairs_of_a_secret() -> None:
    made = opened()
    for name in ("Ana", "Bob"):
        Participant.objects.create(workshop=made, name=name, secret_hash="a" * 64)


def dots(*numbers: int) -> None:
    made = opened(Stage.VOTING)
    chair, pile = invited(made), Pile.objects.create(workshop=made, title="Un")
    for number in numbers:
        Dot.objects.create(participant=chair, pile=pile, number=number)


def empty_card() -> None:
    made = opened(Stage.SILENT)
    Card.objects.create(workshop=made, author=invited(made), text="", place=1, key=uuid4())


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "workshop_is_of_a_step": lambda: with_values(step=9),
    "workshop_asks_something": lambda: with_values(question=""),
    "one_workshop_per_code": lambda: with_values(code=opened().code),
    "workshop_keeps_its_code_until_over": code_kept,
    "workshop_gives_a_few_dots": lambda: with_values(dots=0),
    "one_chair_per_seat": two_chairs_of_a_seat,
    "one_chair_per_secret": two_chairs_of_a_secret,
    "participant_is_a_seat_or_a_guest": lambda: Participant.objects.create(workshop=opened(), name="Ana"),
    "pile_has_a_title": lambda: Pile.objects.create(workshop=opened(), title=""),
    "card_says_something": empty_card,
    "one_count_of_dots_per_pile": lambda: dots(1, 2),
    "dots_are_at_least_one": lambda: dots(0),
}
