"""A quiz corrected (pure): which questions are right, and what each choice deserves to hear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.course.sheet import Choice, Question


@dataclass(frozen=True, slots=True)
class MarkedChoice:
    choice: Choice
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """``is_right``: all the right choices, and no other."""

    question: Question
    choices: tuple[MarkedChoice, ...]
    is_right: bool


@dataclass(frozen=True, slots=True)
class Marks:
    marks: tuple[Mark, ...]

    @property
    def right(self) -> int:
        return sum(mark.is_right for mark in self.marks)

    @property
    def total(self) -> int:
        return len(self.marks)


def marks(questions: Sequence[Question], answers: Mapping[str, Sequence[int]]) -> Marks:
    """``answers``: question code → places of the chosen choices, from 0. A question without answer is wrong."""
    return Marks(tuple(_mark(question, set(answers.get(question.code, ()))) for question in questions))


def _mark(question: Question, chosen: set[int]) -> Mark:
    rights = {place for place, choice in enumerate(question.choices) if choice.right}
    choices = tuple(MarkedChoice(choice, place in chosen) for place, choice in enumerate(question.choices))
    return Mark(question, choices, bool(chosen) and chosen == rights)
