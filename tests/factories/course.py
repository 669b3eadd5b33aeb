"""Learners at any point of the real course, and answers to its quizzes."""

from __future__ import annotations

import uuid
from typing import Any

from apps.accounts.models import User
from apps.course import sheet
from apps.course.models import Learner, Page
from apps.course.services import learning
from tests.factories.accounts import UserFactory


def page(number: int = 1) -> Page:
    return Page.objects.get(kind="step", number=number, sheet__isnull=False)


def step(number: int = 1) -> sheet.Step:
    said = sheet.read(page(number).sheet)
    assert isinstance(said, sheet.Step)
    return said


def right_answers(said: sheet.Step) -> dict[str, list[int]]:
    return {
        question.code: [place for place, choice in enumerate(question.choices) if choice.right]
        for question in said.quiz
    }


def wrong_answers(said: sheet.Step) -> dict[str, list[int]]:
    """One choice a question, never right."""
    return {
        question.code: [next(place for place, choice in enumerate(question.choices) if not choice.right)]
        for question in said.quiz
    }


def quiz_data(answers: dict[str, list[int]], key: uuid.UUID | None = None) -> dict[str, Any]:
    """What the browser posts."""
    return {"key": str(key or uuid.uuid4()), **{f"q-{code}": places for code, places in answers.items()}}


def learner(user: User | None = None) -> Learner:
    return learning.learner_of(user or UserFactory.create())


def follow(who: Learner, *numbers: int) -> None:
    """Does these steps by the rule."""
    for number in numbers:
        row, said = page(number), step(number)
        for section in said.sections:
            learning.open_part(learner=who, page=row, part=section.code)
        learning.answer_quiz(
            learner=who, page=row, questions=said.quiz, key=uuid.uuid4(), answers=right_answers(said)
        )


def follow_all(who: Learner) -> None:
    follow(who, *Page.objects.filter(kind="step", sheet__isnull=False).values_list("number", flat=True))
