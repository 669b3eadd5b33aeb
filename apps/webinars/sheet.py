"""The shape of a case: one model for files, forms, revisions, screens and API (pure).

A sheet may be incomplete: a draft is. What publication asks for is in ``checks``.
Texts are plain text, never HTML nor Markdown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

Pillar = Literal["human", "financial", "alliances"]
PILLARS: tuple[Pillar, ...] = ("human", "financial", "alliances")
LONG, SHORT = 4000, 400


class SheetError(ValueError):
    """The data have not the shape of a case. ``problems``: (where, what is wrong and how to mend it), in French."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ; ".join(f"{where} : {what}" for where, what in problems))
        self.problems = problems


# Control characters, halves of pairs, and signs that are no characters: XML, spreadsheets and PostgreSQL refuse them.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(value: Any) -> Any:
    """No hidden character in a text, nor in a list of texts."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    return HIDDEN.sub("", value) if isinstance(value, str) else value


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=LONG)

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return plain(value)


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
    """SheetError, with every problem at once, when ``data`` has not the shape of a sheet."""
    try:
        return Sheet.model_validate(data)
    except ValidationError as error:
        raise SheetError([(where(e["loc"]), said(e)) for e in error.errors()]) from error


def stored(sheet: Sheet) -> dict[str, Any]:
    """What JSON keeps; ``read(stored(sheet)) == sheet``."""
    return sheet.model_dump(mode="json")


def where(loc: tuple[int | str, ...]) -> str:
    """« figures 2, value »: places are counted from one, as people do."""
    words: list[str] = []
    for step in loc:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) or "fiche"


SENTENCES = {
    "missing": "ce champ manque.",
    "extra_forbidden": "ce champ n’existe pas.",
    "string_type": "un texte est attendu.",
    "string_too_long": "ce texte est trop long : {max_length} caractères au plus.",
    "list_type": "une liste est attendue.",
    "int_type": "un nombre entier est attendu.",
    "int_parsing": "un nombre entier est attendu.",
    "int_from_float": "un nombre entier est attendu.",
    "float_type": "un nombre est attendu.",
    "float_parsing": "un nombre est attendu.",
    "finite_number": "un nombre fini est attendu.",
    "literal_error": "cette valeur n’est pas dans la liste ({expected}).",
    "date_from_datetime_parsing": "une date est attendue, par exemple 2022-01-20.",
    "date_parsing": "une date est attendue, par exemple 2022-01-20.",
    "date_type": "une date est attendue, par exemple 2022-01-20.",
    "model_type": "un groupe de champs est attendu.",
}


def said(error: Any) -> str:
    """The problem in French; an unforeseen kind is still told."""
    context = cast(dict[str, Any], error.get("ctx", {}))
    return SENTENCES.get(error["type"], "cette valeur n’est pas comprise.").format(**context)
