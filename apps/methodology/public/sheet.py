"""The shape of a step of the method: one for its file, its row, its page, its guide and the API (pure)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from apps.editorial import shape
from apps.editorial.shape import ShapeError
from apps.methodology.tools import TOOLS, Tool

CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Code = Annotated[str, StringConstraints(pattern=CODE, max_length=80)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Pillar = Literal["human", "financial", "alliances"]
Audience = Literal["gouvernance", "equipe", "referent"]
STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=STRICT)
class Person:
    """Who should be there, and why."""

    who: Line
    why: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Moment:
    """A part of the workshop. ``do``: what to say and do; ``produces``: what is on the table after it."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    title: Title
    do: Text
    produces: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Trap:
    when: Line
    do: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Guide:
    """How to lead the workshop of the step. The minutes of ``moments`` make the workshop's."""

    aim: Line
    material: Lines
    moments: Annotated[tuple[Moment, ...], Field(min_length=1)]
    traps: Annotated[tuple[Trap, ...], Field(min_length=1)]
    after: Lines


@dataclass(frozen=True, slots=True, config=STRICT)
class CaseLink:
    """A case of the library (its code), and what it shows of the step."""

    slug: Code
    why: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class StepSheet:
    """``weeks``: how long the step takes, in words. ``tools``: codes of ``methodology.tools``, maybe none.

    ``resource``, ``medoc``, ``goals``: its row in the index. ``course_step``: the step of the course that prepares it.
    """

    number: Annotated[int, Field(ge=1, le=8)]
    slug: Code
    resource: Code
    medoc: Code
    title: Title
    summary: Line
    status: Literal["S", "P", "P-", "I", "M", "R"]
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)]
    goals: tuple[int, ...]
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    workshop_minutes: Annotated[int, Field(ge=1, le=480)]
    weeks: Line
    why: Text
    delivers: Lines
    people: Annotated[tuple[Person, ...], Field(min_length=1)]
    prepare: Lines
    tools: tuple[Code, ...]
    done_when: Lines
    guide: Guide
    course_step: Code
    case: CaseLink

    @property
    def traps(self) -> tuple[Trap, ...]:
        return self.guide.traps

    @property
    def after(self) -> tuple[str, ...]:
        return self.guide.after

    @property
    def paragraphs(self) -> list[str]:
        """``why``, a paragraph each."""
        return [part for part in self.why.split("\n\n") if part.strip()]

    @property
    def kit(self) -> tuple[Tool, ...]:
        """Its tools; a code that this version of the platform no longer has is left out."""
        return tuple(TOOLS[code] for code in self.tools if code in TOOLS)

    @property
    def is_ours(self) -> bool:
        return self.status == "R"


ADAPTER = TypeAdapter(StepSheet)
SENTENCES = {
    "unexpected_keyword_argument": "ce champ n’existe pas.",
    "string_too_short": "ce texte manque.",
    "too_short": "il en faut au moins un.",
}


def read(data: Any) -> StepSheet:
    """ShapeError, with every problem at once, when ``data`` has not the shape of a step."""
    if not isinstance(data, dict):
        raise ShapeError([("fiche", "un groupe de champs est attendu.")])
    try:
        return ADAPTER.validate_python(data)
    except ValidationError as error:
        raise ShapeError([(shape.where(e["loc"]), said(e)) for e in error.errors()]) from error


def said(error: Any) -> str:
    return SENTENCES.get(error["type"]) or shape.said(error)


def stored(step: StepSheet) -> dict[str, Any]:
    """What JSON keeps; ``read(stored(step)) == step``."""
    kept: dict[str, Any] = ADAPTER.dump_python(step, mode="json")
    return kept


def lacks(step: StepSheet) -> list[tuple[str, str]]:
    """(field, what to mend) of what the shape alone does not say."""
    total = sum(moment.minutes for moment in step.guide.moments)
    found = []
    if total != step.workshop_minutes:
        found.append(
            ("workshop_minutes", f"les moments durent {total} minutes, l’atelier {step.workshop_minutes}.")
        )
    found += [
        ("tools", f"l’outil « {code} » n’est pas de l’étape {step.number}.")
        for code in step.tools
        if code not in TOOLS or TOOLS[code].step != step.number
    ]
    return found
