"""What the module asks the meeting, and how many answered (pure): its questions, then the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.course.sheet import Module

# No code of a sheet begins so.
DECISION = "_decision"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put to the vote. ``name``: « Question 2 », « La décision »; ``sequence``: the place of its slide."""

    code: str
    name: str
    prompt: str
    help: str
    choices: tuple[str, ...]
    sequence: int

    @property
    def is_decision(self) -> bool:
        return self.code == DECISION


def asks_of(module: Module) -> dict[str, Ask]:
    """By code, in the order they are put."""
    found: dict[str, Ask] = {}
    for place, sequence in enumerate(module.sequences):
        for question in sequence.questions:
            name = f"Question {len(found) + 1}"
            choices = tuple(question.choices)
            found[question.code] = Ask(question.code, name, question.prompt, question.help, choices, place)
    words = module.decision
    answers = (words.yes, words.no, words.later)
    last = len(module.sequences) - 1
    return {**found, DECISION: Ask(DECISION, "La décision", words.prompt, "", answers, last)}


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    ballots: int
    share: Fraction

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots of each choice; ``best``: the most that one choice got."""

    ask: Ask
    lines: tuple[Line, ...]
    total: int

    @property
    def best(self) -> int:
        return max((line.ballots for line in self.lines), default=0)


def tally(ask: Ask, counts: Sequence[int]) -> Tally:
    """``counts``: ballots in the order of the choices; what is missing counts none."""
    full = [*counts, *(0 for _ in ask.choices)][: len(ask.choices)]
    total = sum(full)
    lines = tuple(
        Line(label, number, Fraction(number, total) if total else Fraction(0))
        for label, number in zip(ask.choices, full, strict=True)
    )
    return Tally(ask, lines, total)


def counted(ask: Ask, rows: Iterable[tuple[int, int]]) -> list[int]:
    """From (choice, ballots) to one number a choice."""
    found: Mapping[int, int] = dict(rows)
    return [found.get(place, 0) for place in range(len(ask.choices))]
