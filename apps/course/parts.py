"""The parts of a step, in the order one goes through them (pure): sections, case, questions, sheet, exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from apps.course.sheet import Module, Page, Step

Kind = Literal["section", "case", "quiz", "sheet", "exercise", "sequence"]
CASE, QUIZ, SHEET, EXERCISE = "cas", "questions", "fiche", "exercice"
QUIZ_MINUTES, SHEET_MINUTES = 3, 2


@dataclass(frozen=True, slots=True)
class Part:
    """``code`` ends its address; ``minutes`` is reading or working time."""

    code: str
    title: str
    minutes: int
    kind: Kind

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def counts(self) -> bool:
        """Whether the rule of progress asks for it."""
        return self.kind in ("section", "quiz")


def parts_of(page: Page) -> list[Part]:
    return list(_sequences(page) if isinstance(page, Module) else _parts(page))


def _sequences(module: Module) -> Iterator[Part]:
    for sequence in module.sequences:
        yield Part(sequence.code, sequence.title, sequence.minutes, "sequence")


def _parts(step: Step) -> Iterator[Part]:
    for section in step.sections:
        yield Part(section.code, section.title, section.minutes, "section")
    yield Part(QUIZ, "Vérifier que c’est clair", QUIZ_MINUTES, "quiz")
    yield Part(CASE, step.case.title, step.case.minutes, "case")
    yield Part(SHEET, step.sheet.title, SHEET_MINUTES, "sheet")
    yield Part(EXERCISE, step.exercise.title, step.exercise.minutes, "exercise")
