"""What the printed dossier and its text are made of (pure): both are written from the same blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from apps.core.figures.svg import Svg
from apps.methodology.dossier.prose import Passage

PAPER = "methodology/dossier/paper"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short values, a label each."""

    rows: tuple[tuple[str, str], ...]
    template: ClassVar[str] = f"{PAPER}/facts.html"


@dataclass(frozen=True, slots=True)
class Said:
    """A text under its label; "" for a text that needs none."""

    label: str
    passages: tuple[Passage, ...]
    template: ClassVar[str] = f"{PAPER}/said.html"


@dataclass(frozen=True, slots=True)
class Cell:
    """``note``: under the text, smaller. ``is_number``: set to the right. ``is_total``: names the row of a total."""

    text: str
    note: str = ""
    is_number: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The first cell of a row names it. ``name`` gives its widths to the style sheet."""

    name: str
    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    template: ClassVar[str] = f"{PAPER}/grid.html"


@dataclass(frozen=True, slots=True)
class Points:
    label: str
    lines: tuple[str, ...]
    template: ClassVar[str] = f"{PAPER}/points.html"


@dataclass(frozen=True, slots=True)
class Picture:
    """``title``: what to see. The sentence of the drawing holds every number that it shows. ``name``: as of a grid."""

    title: str
    text: str
    svg: Svg
    name: str = ""
    template: ClassVar[str] = f"{PAPER}/picture.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item under its name, with what it says. ``kicker``: beside the name."""

    title: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    template: ClassVar[str] = f"{PAPER}/entry.html"


Block = Facts | Said | Grid | Points | Picture | Entry


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A step. ``stage``: where it stands, in a sentence."""

    number: int
    title: str
    lede: str
    stage: str
    sections: tuple[Section, ...]
    is_blank: bool = False

    @property
    def anchor(self) -> str:
        return f"etape-{self.number}"


@dataclass(frozen=True, slots=True)
class Outline:
    """``path``: the eight steps at a glance; ``counts``: how much there is, in words."""

    association: str
    title: str
    dates: str
    edition: str
    is_demo: bool
    path: Grid
    team: Facts
    counts: str
    chapters: tuple[Chapter, ...]
