"""The shape of a step of the course and of the board's module: one model for files, forms, revisions, screens (pure).

``body``, ``notes`` and ``text`` marked (Markdown) are read by ``markdown``: paragraphs, lists, emphasis, ``###`` titles,
links, ``[word](mot:code)`` for a term of the glossary, ``[@code]`` for a source of the same page.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from apps.editorial import shape
from apps.editorial.shape import SHORT, Part, ShapeError, stored

__all__ = ["Module", "Page", "Step", "read", "stored"]

CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
Code = Annotated[str, Field(max_length=40, pattern=rf"^{CODE}$")]
Pillar = Literal["human", "financial", "alliances"]
BODY = 12000


class Source(Part):
    """Where a figure or a fact comes from; ``year`` is the measure's."""

    code: Code
    what: str = Field(default="", max_length=SHORT)
    label: str = Field(default="", max_length=300)
    year: str = Field(default="", max_length=30)
    url: str = Field(default="", max_length=500)
    status: Literal["S", "P", "P-", "I", "M", "R"] = "S"


class Section(Part):
    """A short part of the lesson (Markdown). ``code`` never changes: progress is kept by it."""

    code: Code
    title: str = Field(default="", max_length=120)
    minutes: int = Field(default=2, ge=1, le=30)
    body: str = Field(default="", max_length=BODY)
    figure: str = Field(default="", max_length=40)
    figure_title: str = Field(default="", max_length=160)
    figure_text: str = Field(default="", max_length=SHORT)


class Point(Part):
    title: str = Field(default="", max_length=160)
    text: str = Field(default="", max_length=BODY)


class CaseReading(Part):
    """A case of the library read closely; ``points`` are what to look at in it (Markdown)."""

    webinar: str = Field(default="", max_length=80)
    title: str = Field(default="", max_length=160)
    intro: str = Field(default="", max_length=BODY)
    points: list[Point] = []
    ask: str = Field(default="", max_length=SHORT)
    minutes: int = Field(default=5, ge=1, le=30)


class Choice(Part):
    """``why`` explains this very answer, right or wrong."""

    text: str = Field(default="", max_length=300)
    right: bool = False
    why: str = Field(default="", max_length=600)


class Question(Part):
    """``many``: several choices may be right, and all of them are asked for."""

    code: Code
    prompt: str = Field(default="", max_length=SHORT)
    many: bool = False
    choices: list[Choice] = []
    explanation: str = Field(default="", max_length=800)


class Block(Part):
    """A part of the practical sheet. ``lines``: blank lines to write on; ``table``: columns, rows named or blank."""

    kind: Literal["text", "checklist", "lines", "table"] = "text"
    title: str = Field(default="", max_length=160)
    text: str = Field(default="", max_length=1200)
    items: list[str] = []
    columns: list[str] = []
    lines: int = Field(default=0, ge=0, le=30)


class PracticalSheet(Part):
    title: str = Field(default="", max_length=160)
    intro: str = Field(default="", max_length=600)
    duration: str = Field(default="", max_length=80)
    blocks: list[Block] = []


class ExercisePrompt(Part):
    code: Code
    label: str = Field(default="", max_length=200)
    help: str = Field(default="", max_length=300)
    kind: Literal["text", "long", "number", "choice", "choices"] = "long"
    choices: list[str] = []


class Exercise(Part):
    """What the association writes for itself; ``axis`` is where the self-diagnostic shows it again."""

    title: str = Field(default="", max_length=160)
    intro: str = Field(default="", max_length=1200)
    minutes: int = Field(default=10, ge=1, le=90)
    axis: Literal["", "A", "B", "C", "D", "E"] = ""
    method_step: int = Field(default=1, ge=1, le=8)
    prompts: list[ExercisePrompt] = []


class Head(Part):
    slug: str = Field(default="", max_length=80)
    title: str = Field(default="", max_length=160)
    summary: str = Field(default="", max_length=SHORT)
    minutes: int = Field(default=20, ge=1, le=120)
    status: Literal["S", "P", "P-", "I", "M", "R"] = "R"
    audience: list[Literal["gouvernance", "equipe", "referent"]] = []
    pillars: list[Pillar] = []
    goals: list[int] = []
    sources: list[Source] = []
    curator_note: list[str] = []


class Step(Head):
    """One of the seven steps. ``aim`` and ``outcomes``: what one knows how to do after it."""

    kind: Literal["step"] = "step"
    number: int = Field(ge=1, le=20)
    aim: str = Field(default="", max_length=SHORT)
    outcomes: list[str] = []
    sections: list[Section] = []
    case: CaseReading = CaseReading()
    quiz: list[Question] = []
    sheet: PracticalSheet = PracticalSheet()
    exercise: Exercise = Exercise()

    @property
    def words(self) -> int:
        """How long the lesson is."""
        return len(" ".join(section.body for section in self.sections).split())


class DebateQuestion(Part):
    """Put to the board, answered from phones; ``help`` says how to read it."""

    code: Code
    prompt: str = Field(default="", max_length=SHORT)
    help: str = Field(default="", max_length=SHORT)
    choices: list[str] = []


class Sequence(Part):
    """Four minutes on a projector: few words on the slide, the rest in ``notes`` (Markdown), for the presenter."""

    code: Code
    title: str = Field(default="", max_length=120)
    minutes: int = Field(default=4, ge=1, le=30)
    headline: str = Field(default="", max_length=160)
    lines: list[str] = []
    figure: str = Field(default="", max_length=40)
    figure_title: str = Field(default="", max_length=160)
    figure_text: str = Field(default="", max_length=SHORT)
    notes: str = Field(default="", max_length=BODY)
    questions: list[DebateQuestion] = []


class Decision(Part):
    """What the board votes at the end, the words of the mandate that it may give."""

    prompt: str = Field(default="", max_length=SHORT)
    yes: str = Field(default="", max_length=160)
    no: str = Field(default="", max_length=160)
    later: str = Field(default="", max_length=160)
    mandate: str = Field(default="", max_length=1200)


class Module(Head):
    """The twenty minutes for a board."""

    kind: Literal["module"] = "module"
    aim: str = Field(default="", max_length=SHORT)
    before: list[str] = []
    sequences: list[Sequence] = []
    decision: Decision = Decision()

    @property
    def questions(self) -> list[DebateQuestion]:
        return [question for sequence in self.sequences for question in sequence.questions]


Page = Step | Module
SHAPES: dict[str, type[Step] | type[Module]] = {"step": Step, "module": Module}


def read(data: Any) -> Page:
    """ShapeError, with every problem at once, when ``data`` has not the shape of a page."""
    kind = data.get("kind", "step") if isinstance(data, dict) else "step"
    if kind not in SHAPES:
        raise ShapeError([("kind", "cette valeur n’est pas dans la liste ('step' ou 'module').")])
    return shape.read(SHAPES[kind], data)
