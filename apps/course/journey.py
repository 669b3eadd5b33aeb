"""Where a learner is (pure): the rule that makes progress move, the time left, what comes next.

A step is done when its sections were opened and its quiz answered, whatever the score, or when the learner says so.
Once done it stays done, also when the step changes later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from apps.course.parts import QUIZ, Part

# Codes of ``paths.yaml``.
SHORT, WHOLE = "deux-heures", "parcours-entier"
State = Literal["done", "now", "todo"]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of a learner in one step. ``how``: "", "rule" or "said"."""

    opened: frozenset[str] = frozenset()
    quizzed: bool = False
    how: str = ""
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A public step as lists know it."""

    slug: str
    number: int
    title: str
    minutes: int
    url: str
    edition: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step and how far one is in it."""

    step: Known
    trace: Trace = field(default_factory=Trace)

    @property
    def is_done(self) -> bool:
        return bool(self.trace.how)

    @property
    def is_begun(self) -> bool:
        return bool(self.trace.opened or self.trace.quizzed or self.trace.how)

    @property
    def has_changed(self) -> bool:
        """Whether the step was published again since she read it."""
        return self.is_begun and self.trace.edition < self.step.edition

    def went_through(self, part: Part) -> bool:
        return self.trace.quizzed if part.code == QUIZ else part.code in self.trace.opened

    @property
    def counted(self) -> list[Part]:
        return [part for part in self.step.parts if part.counts]

    @property
    def left(self) -> list[Part]:
        """Parts that the rule still asks for; none when done."""
        return [] if self.is_done else [part for part in self.counted if not self.went_through(part)]

    @property
    def minutes_left(self) -> int:
        return sum(part.minutes for part in self.left)

    @property
    def minutes_beside(self) -> int:
        """The case, the sheet and the exercise not gone through yet."""
        return sum(
            part.minutes for part in self.step.parts if not part.counts and not self.went_through(part)
        )

    @property
    def next_part(self) -> Part | None:
        return next(iter(self.left), None)


@dataclass(frozen=True, slots=True)
class Journey:
    """The whole course for one learner; ``last`` is (step, part) where she was, when known."""

    stages: tuple[Stage, ...]
    last: tuple[str, str] = ("", "")
    door: str = ""

    @property
    def is_short(self) -> bool:
        """Through the door of two hours, one goes from the questions straight to the next step."""
        return self.door == SHORT

    @property
    def total(self) -> int:
        return len(self.stages)

    @property
    def done(self) -> int:
        return sum(stage.is_done for stage in self.stages)

    @property
    def is_over(self) -> bool:
        return bool(self.stages) and self.done == self.total

    @property
    def is_begun(self) -> bool:
        return any(stage.is_begun for stage in self.stages)

    @property
    def minutes_left(self) -> int:
        return sum(self.left_in(stage) for stage in self.stages)

    def left_in(self, stage: Stage) -> int:
        """Minutes: what the rule asks for, and through the door of the whole course all that surrounds it."""
        return stage.minutes_beside + stage.minutes_left if self.door == WHOLE else stage.minutes_left

    @property
    def current(self) -> Stage | None:
        """Where to go on: the step she was in if it is not done, else the first that is not."""
        todo = [stage for stage in self.stages if not stage.is_done]
        return next((stage for stage in todo if stage.step.slug == self.last[0]), next(iter(todo), None))

    def stage(self, slug: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.step.slug == slug), None)

    def state(self, stage: Stage) -> State:
        if stage.is_done:
            return "done"
        return "now" if stage is self.current else "todo"


def journey(
    steps: Sequence[Known], traces: Mapping[str, Trace], last: tuple[str, str] = ("", ""), door: str = ""
) -> Journey:
    """``traces``: by slug of step; ``door``: the one chosen, "" when none was."""
    return Journey(tuple(Stage(step, traces.get(step.slug, Trace())) for step in steps), last, door)


def fulfils(parts: Sequence[Part], opened: frozenset[str], quizzed: bool) -> bool:
    """The rule: every section opened and the quiz answered."""
    sections = {part.code for part in parts if part.kind == "section"}
    return quizzed and sections <= opened
