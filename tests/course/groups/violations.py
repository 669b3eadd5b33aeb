"""What the database refuses of groups (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories import groups as make
from tests.factories.course import learner


def two_places() -> None:
    group, who = make.group(), learner()
    make.place(group, who, number=10)
    make.place(group, who, number=11)


def two_numbers() -> None:
    group = make.group()
    make.place(group, number=10)
    make.place(group, number=10)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "group_has_a_name": lambda: make.group(name=""),
    "group_code_is_six_letters": lambda: make.group(code="ABCDEI"),
    "one_place_per_group_and_learner": two_places,
    "one_member_per_group_and_number": two_numbers,
    "shown_name_was_consented": lambda: make.place(make.group(), shows_name=True),
}
