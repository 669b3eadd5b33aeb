"""The shape of a case: one model for files, forms, revisions, screens and API (pure).

A sheet may be incomplete: a draft is. What publication asks for is in ``checks``.
Texts are plain text, never HTML nor Markdown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from apps.editorial import shape
from apps.editorial.shape import SHORT, Part, stored

__all__ = ["PILLARS", "Sheet", "read", "stored"]

Pillar = Literal["human", "financial", "alliances"]
PILLARS: tuple[Pillar, ...] = ("human", "financial", "alliances")


class Speaker(Part):
    """``person`` and ``organisation`` are slugs; ``role`` is the function that day."""

    person: str = ""
    organisation: str = ""
    role: str = Field(default="", max_length=240)


class Opening(Part):
    text: str = ""
    questions: list[str] = []


class PointOfView(Part):
    theme: str = Field(default="", max_length=120)
    people: list[str] = []
    organisation: str = ""
    question: str = Field(default="", max_length=SHORT)
    text: str = ""


class Project(Part):
    name: str = Field(default="", max_length=200)
    people: list[str] = []
    organisation: str = ""
    text: str = ""


class Figure(Part):
    """``value`` is what is shown, ``number`` the same to draw it, ``whole`` the total it is a part of."""

    value: str = Field(default="", max_length=60)
    number: float | None = Field(default=None, allow_inf_nan=False)
    unit: str = Field(default="", max_length=60)
    label: str = Field(default="", max_length=240)
    whole: float | None = Field(default=None, allow_inf_nan=False)
    year: str = Field(default="", max_length=30)
    organisation: str = ""


class Lever(Part):
    title: str = Field(default="", max_length=240)
    text: str = ""


class PillarReading(Part):
    human: str = ""
    financial: str = ""
    alliances: str = ""


class Item(Part):
    state: Literal["", "existant", "en_cours", "a_developper"] = ""
    text: str = Field(default="", max_length=SHORT)


class ModelRow(Part):
    level: Literal["territorial", "national", "ensemble"]
    human: list[Item] = []
    financial: list[Item] = []
    alliances: list[Item] = []


class Model(Part):
    """The socio-economic model over the three pillars; ``note`` says why ``rows`` is empty when it is."""

    title: str = Field(default="", max_length=200)
    note: str = ""
    rows: list[ModelRow] = []


class Replay(Part):
    url: str = Field(default="", max_length=500)
    reason: str = ""


class Source(Part):
    """Where the facts come from; the readings (tags, « à emporter »…) are ours in any case."""

    status: Literal["S", "P", "P-", "I", "M", "R"] = "S"
    label: str = Field(default="", max_length=300)
    year: str = Field(default="", max_length=30)
    url: str = Field(default="", max_length=500)


class Sheet(Part):
    slug: str = Field(default="", max_length=80)
    date: dt.date | None = None
    title: str = Field(default="", max_length=300)
    short_title: str = Field(default="", max_length=200)
    cycle: Literal["", "nouveaux-modeles", "nouveaux-equilibres"] = ""
    goals: list[int] = []
    related_goals: list[int] = []
    fragilities: list[str] = []
    pillars: list[Pillar] = []
    levels: list[str] = []
    regions: list[str] = []
    sizes: list[str] = []
    teaser: str = Field(default="", max_length=SHORT)
    essential: list[str] = []
    summary: list[str] = []
    takeaway: str = Field(default="", max_length=SHORT)
    your_turn: str = Field(default="", max_length=SHORT)
    your_turn_axis: Literal["", "human", "financial", "alliances"] = ""
    speakers: list[Speaker] = []
    opening: Opening = Opening()
    project: Project | None = None
    points_of_view: list[PointOfView] = []
    figures: list[Figure] = []
    levers_kind: Literal["leviers", "mots", "etonnements", "enseignements"] = "leviers"
    levers_intro: str = Field(default="", max_length=SHORT)
    levers: list[Lever] = []
    pillar_reading: PillarReading = PillarReading()
    model: Model | None = None
    replay: Replay = Replay()
    source: Source = Source()
    curator_note: list[str] = []

    @property
    def words(self) -> int:
        """How long the summary is."""
        return len(" ".join(self.summary).split())

    @property
    def telling(self) -> list[PointOfView | Project]:
        """The parts that someone tells: the project, then each point of view."""
        return [*([self.project] if self.project else []), *self.points_of_view]

    def people(self) -> Iterator[str]:
        """Slugs of everyone the sheet names, with repetitions."""
        yield from (speaker.person for speaker in self.speakers)
        for part in self.telling:
            yield from part.people

    def organisations(self) -> Iterator[str]:
        yield from (speaker.organisation for speaker in self.speakers)
        yield from (part.organisation for part in (*self.telling, *self.figures) if part.organisation)


def read(data: Any) -> Sheet:
    """ShapeError, with every problem at once, when ``data`` has not the shape of a sheet."""
    return shape.read(Sheet, data)
