"""What a file holds besides cases (pure): people, organisations, and where each thing stands in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import Field

from apps.editorial import shape
from apps.editorial.shape import Part

Data = dict[str, Any]
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# The order of the files; ``source`` stands there only when it is not the report's.
ORDER = """
    slug date title short_title cycle goals related_goals fragilities pillars levels regions sizes teaser essential
    summary takeaway your_turn your_turn_axis speakers opening points_of_view project figures levers_kind
    levers_intro levers pillar_reading model replay source curator_note
""".split()  # noqa: SIM905 - read as a line of words


class PersonRow(Part):
    slug: str = Field(max_length=120)
    first_name: str = Field(default="", max_length=80)
    last_name: str = Field(default="", max_length=80)
    spellings: list[str] = []
    note: str = ""


class OrganisationRow(Part):
    slug: str = Field(max_length=120)
    name: str = Field(default="", max_length=160)
    kind: Literal[
        "association",
        "entreprise",
        "fondation",
        "collectivite",
        "etat",
        "reseau",
        "cooperation",
        "academique",
    ]
    region: str = Field(default="", max_length=40)
    spellings: list[str] = []
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the file: ``where`` a person finds it, ``what`` it is and how to mend it."""

    where: str
    what: str


@dataclass(slots=True)
class Entry:
    """One person, organisation or case of a file, not yet checked. ``problems``: why it is refused already."""

    where: str
    data: Any
    problems: list[Problem] = field(default_factory=list)
    version: str = ""

    @property
    def slug(self) -> str:
        """What the file calls it; "" when it says nothing usable."""
        value = self.data.get("slug") if isinstance(self.data, dict) else ""
        return value.strip() if isinstance(value, str) else ""


@dataclass(slots=True)
class Bundle:
    """What a file holds. ``strays``: lines that belong to nothing; ``remarks``: what was left aside."""

    people: list[Entry] = field(default_factory=list)
    organisations: list[Entry] = field(default_factory=list)
    cases: list[Entry] = field(default_factory=list)
    strays: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.people) + len(self.organisations) + len(self.cases)


class FileError(ValueError):
    """The whole file is refused: the message says why and what to do, in French, whatever it quotes of the file."""

    def __init__(self, message: str) -> None:
        super().__init__(shape.plain(message))


Row = TypeVar("Row", bound=Part)


def read(model: type[Row], data: Any) -> Row:
    """ShapeError, with every problem at once."""
    return shape.read(model, data)
