"""What the database refuses of the published method (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.methodology.models import MethodEdition, MethodStep

Act = Callable[[], Any]


def edition(number: int = 9, what_changed: str = "Autre chose.") -> MethodEdition:
    return MethodEdition.objects.create(
        number=number, published_on=date(2026, 10, 1), what_changed=what_changed
    )


def step(of: MethodEdition, number: int = 1, slug: str = "essai") -> MethodStep:
    said = {"title": "Essai", "summary": "Essai.", "status": "R", "sheet": {}}
    return MethodStep.objects.create(edition=of, number=number, slug=slug, **said)


def two_of_one_number() -> None:
    of = edition()
    step(of)
    step(of, slug="autre")


def two_of_one_slug() -> None:
    of = edition()
    step(of)
    step(of, number=2)


VIOLATIONS: dict[str, Act] = {
    "method_edition_starts_at_one": lambda: edition(0),
    "new_edition_says_what_changed": lambda: edition(2, ""),
    "one_step_per_number_and_edition": two_of_one_number,
    "one_step_per_slug_and_edition": two_of_one_slug,
    "method_has_eight_steps": lambda: step(edition(), number=9),
}
