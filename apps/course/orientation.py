"""The path proposed to a person from her profile, her aim and her maturity (pure): stops, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

HOUR = 60
QUESTIONS = ("profil", "objectif", "maturite")


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Door(Shape):
    """A way into the same content. ``minutes``: what it takes in all."""

    code: str
    name: str
    line: str
    text: str
    minutes: int

    @property
    def big(self) -> int:
        """The number to draw: minutes under an hour, hours from there."""
        return self.minutes if self.minutes < HOUR else self.minutes // HOUR

    @property
    def unit(self) -> str:
        return "minutes" if self.minutes < HOUR else "heures"


class Choice(Shape):
    code: str
    label: str


class Question(Shape):
    code: str
    prompt: str
    choices: tuple[Choice, ...]


class Reason(Shape):
    """``when``: question code → the choices it speaks to; a question that is absent matches any answer."""

    when: Mapping[str, tuple[str, ...]] = {}
    text: str

    def fits(self, answers: Mapping[str, str]) -> bool:
        return all(answers.get(question) in choices for question, choices in self.when.items())


class Stop(Shape):
    code: str
    reasons: tuple[Reason, ...]

    def reason(self, answers: Mapping[str, str]) -> str:
        """The first that fits; "" when none does, and the stop is not proposed."""
        return next((reason.text for reason in self.reasons if reason.fits(answers)), "")


class Paths(Shape):
    doors: tuple[Door, ...]
    questions: tuple[Question, ...]
    stops: tuple[Stop, ...]

    @field_validator("questions")
    @classmethod
    def _three(cls, value: tuple[Question, ...]) -> tuple[Question, ...]:
        if tuple(question.code for question in value) != QUESTIONS:
            raise ValueError(f"les questions sont {', '.join(QUESTIONS)}, dans cet ordre.")
        return value

    def choices(self, question: str) -> frozenset[str]:
        found = next((row for row in self.questions if row.code == question), None)
        return frozenset(choice.code for choice in found.choices) if found else frozenset()

    def answered(self, given: Mapping[str, str]) -> dict[str, str]:
        """The answers that exist; others are left out, as if not given."""
        return {code: given[code] for code in QUESTIONS if given.get(code) in self.choices(code)}

    def proposed(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """(stop, reason) in the order of the path; empty until the three questions are answered."""
        if len(self.answered(answers)) < len(QUESTIONS):
            return []
        return [(stop.code, reason) for stop in self.stops if (reason := stop.reason(answers))]


def read(data: Any) -> Paths:
    """ValidationError when the file has not this shape."""
    return Paths.model_validate(data)
