"""Learners of the demonstration, at several points of the course, and an exercise already written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from apps.accounts.models import Organisation, User
from apps.course import sheet
from apps.course.enums import PageKind
from apps.course.models import ExerciseAnswer, Learner, Page
from apps.course.services import learning
from apps.course.services.exercises import save_exercise


def course(
    rows: Mapping[str, Any], people: Mapping[str, User], organisations: Mapping[str, Organisation]
) -> None:
    """Nothing for whoever has begun already: a second run changes nothing."""
    pages = {page.number: page for page in Page.objects.filter(kind=PageKind.STEP, sheet__isnull=False)}
    for email, done in rows["learners"].items():
        if not Learner.objects.filter(user=people[email]).exists():
            follow(people[email], (pages[number] for number in done))
    for row in rows["exercises"]:
        organisation, page = organisations[row["organisation"]], pages[row["step"]]
        if not ExerciseAnswer.objects.filter(organisation=organisation, page=page).exists():
            save_exercise(
                organisation=organisation, page=page, values=row["values"], version=0, by=people[row["by"]]
            )


def follow(user: User, pages: Iterable[Page]) -> None:
    """These steps, section by section, then the right answers."""
    learner = learning.learner_of(user)
    for page in pages:
        said = sheet.read(page.sheet)
        assert isinstance(said, sheet.Step)
        for section in said.sections:
            learning.open_part(learner=learner, page=page, part=section.code)
        answers = {q.code: [n for n, choice in enumerate(q.choices) if choice.right] for q in said.quiz}
        key = uuid.uuid5(learner.pk, page.slug)
        learning.answer_quiz(learner=learner, page=page, questions=said.quiz, key=key, answers=answers)
