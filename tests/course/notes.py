"""An association that wrote in the exercises of the real course."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Organisation, User
from apps.course.models import ExerciseAnswer
from apps.course.services.exercises import save_exercise
from tests.factories import member
from tests.factories.course import page, step


def first_prompt(number: int) -> str:
    return step(number).exercise.prompts[0].code


def wrote(
    organisation: Organisation, number: int, text: str = "Nous tenons à l’accueil.", by: User | None = None
) -> ExerciseAnswer:
    """In the first question of this step's exercise."""
    return wrote_all(organisation, number, {first_prompt(number): text}, by)


def wrote_all(
    organisation: Organisation, number: int, values: dict[str, Any], by: User | None = None
) -> ExerciseAnswer:
    known = ExerciseAnswer.objects.filter(organisation=organisation, page=page(number)).first()
    return save_exercise(
        organisation=organisation,
        page=page(number),
        values=values,
        version=known.version if known else 0,
        by=by or member(organisation),
    )
