"""The exercises of the course as notes of the association, for ``settings.NOTEBOOKS``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.accounts.notebook import Note
from apps.course.models import ExerciseAnswer
from apps.course.parts import EXERCISE
from apps.course.sheet import Exercise

GONE = "Une question qui n’est plus posée"


def notes(user: User, organisation: Organisation) -> list[Note]:
    """In the order of the steps; nothing for who is no member. 1 query: sheets are long, only exercises are read."""
    rows = (
        ExerciseAnswer.objects.filter(organisation=organisation, organisation__memberships__user=user)
        .annotate(exercise=F("page__sheet__exercise"))
        .select_related("page", "updated_by")
        .only(
            "values", "updated_at", "page__slug", "page__number", "updated_by__full_name", "updated_by__email"
        )
        .order_by("page__number")
    )
    return [found for row in rows if (found := note(row, Exercise.model_validate(row.exercise))).lines]


def note(row: ExerciseAnswer, exercise: Exercise) -> Note:
    return Note(
        title=exercise.title,
        source_label=f"Parcours, étape\u00a0{row.page.number}",
        url=reverse("course:part", args=[row.page.slug, EXERCISE]),
        lines=tuple(lines(row.values, exercise)),
        axis=exercise.axis,
        method_step=exercise.method_step,
        updated_at=row.updated_at,
        updated_by=str(row.updated_by or ""),
    )


def lines(values: dict[str, Any], exercise: Exercise) -> Iterator[tuple[str, str]]:
    """What was written, in the order of the questions; an answer whose question has left is not lost."""
    labels = {prompt.code: prompt.label for prompt in exercise.prompts}
    for code in [*labels, *(code for code in values if code not in labels)]:
        if text := in_words(values.get(code)):
            yield labels.get(code, GONE), text


def in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "").strip()
