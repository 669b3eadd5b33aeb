"""All that leaves of a démarche, as its team reads it (pure): every file, the archive and the API say this and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.methodology.choosing.report import Report
from apps.methodology.tools.framing import MEETING
from apps.methodology.tools.specs import FieldSpec, Kind, Tool

# Codes and labels of a frozen meeting, cell by cell.
MEETING_COLUMNS = tuple((field.code, field.label) for field in MEETING.fields)


@dataclass(frozen=True, slots=True)
class Filled:
    """A field that says something. ``value``: as it is stored, without what was removed since; ``words``: as read."""

    spec: FieldSpec
    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another item of the same démarche: ``key`` names it in the files."""

    id: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An item. ``number``: its rank among those of its kind, from 1."""

    id: str
    kind: Kind
    number: int
    parent: Ref | None
    title: str
    fields: tuple[Filled, ...]
    children: tuple[Thing, ...] = ()

    @property
    def key(self) -> str:
        """« activity-3 »: what names it in the files, the same after a journey to another platform."""
        return f"{self.kind.code}-{self.number}"

    @property
    def ref(self) -> Ref:
        return Ref(self.id, self.key, self.title)

    def words(self, code: str) -> str:
        return next((field.words for field in self.fields if field.spec.code == code), "")

    def value(self, code: str) -> Any:
        return next((field.value for field in self.fields if field.spec.code == code), None)


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a kind, in their order; those of a kind that belongs to another are also under their parents."""

    kind: Kind
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class ToolPart:
    tool: Tool
    listings: tuple[Listing, ...]

    @property
    def is_empty(self) -> bool:
        return not any(listing.things for listing in self.listings)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What governance said: ``label`` is « validée » or « à reprendre »."""

    verdict: str
    label: str
    name: str
    recorded_by: str
    reason: str
    decided_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """``about``: the item it is about; ``replaces``: key of an earlier decision, "" for none."""

    number: int
    what: str
    why: str
    decided_by: str
    decided_on: date
    written_at: datetime
    about: Ref | None
    replaces: str

    @property
    def key(self) -> str:
        return f"decision-{self.number}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that was not taken back."""

    author: str
    text: str
    at: datetime
    is_settled: bool
    about: Ref | None


@dataclass(frozen=True, slots=True)
class Card:
    """``author``: "" unless the workshop shows names."""

    text: str
    pillar: str
    pillar_name: str
    author: str


@dataclass(frozen=True, slots=True)
class Pile:
    title: str
    votes: int
    is_kept: bool
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A workshop as its screens show it at that moment: nothing of the cards before they are put together."""

    title: str
    question: str
    held_on: date
    stage: str
    stage_word: str
    shows_names: bool
    present: int
    dots: int
    text: str
    piles: tuple[Pile, ...]
    loose: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    name: str
    quality: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PutNote:
    """A text put to signature, frozen. ``lines``: label, text; ``meetings``: the words of ``MEETING_COLUMNS``.

    ``came_at``: when an archive brought it here, None for a text put here.
    """

    number: int
    put_at: datetime
    put_by: str
    lines: tuple[tuple[str, str], ...]
    meetings: tuple[tuple[str, ...], ...]
    digest: str
    signatures: tuple[Signed, ...]
    came_at: datetime | None

    @property
    def length(self) -> int:
        """Characters of its text."""
        rows: tuple[tuple[str, ...], ...] = (*self.lines, *self.meetings)
        return sum(len(words) for row in rows for words in row)


@dataclass(frozen=True, slots=True)
class StepPart:
    """``delivers``, ``summary``: of the edition that the démarche follows, "" before the method is published."""

    number: int
    title: str
    summary: str
    delivers: tuple[str, ...]
    stage: str
    stage_word: str
    why_skipped: str
    changed_at: datetime | None
    verdicts: tuple[Verdict, ...] = ()
    tools: tuple[ToolPart, ...] = ()
    decisions: tuple[Decided, ...] = ()
    remarks: tuple[Remark, ...] = ()
    records: tuple[Record, ...] = ()
    notes: tuple[PutNote, ...] = ()  # the last one first

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        said = (self.verdicts, self.decisions, self.remarks, self.records, self.notes)
        return not any(said) and all(part.is_empty for part in self.tools)

    @property
    def last(self) -> Verdict | None:
        return self.verdicts[0] if self.verdicts else None


@dataclass(frozen=True, slots=True)
class Teammate:
    name: str
    role: str
    role_word: str


@dataclass(frozen=True, slots=True)
class Heading:
    """``history``: number of writes since the opening."""

    association: str
    title: str
    edition: int
    opened_at: datetime
    closed_at: datetime | None
    is_demo: bool
    history: int


@dataclass(frozen=True, slots=True)
class Contents:
    id: str
    heading: Heading
    team: tuple[Teammate, ...]
    steps: tuple[StepPart, ...]
    simulation: Report | None = None  # only in files: its figures take a while to count

    @property
    def notes(self) -> tuple[PutNote, ...]:
        """The last one first."""
        return tuple(note for step in self.steps for note in step.notes)

    def tools(self) -> Iterator[ToolPart]:
        return (part for step in self.steps for part in step.tools)

    def listings(self) -> Iterator[Listing]:
        return (listing for part in self.tools() for listing in part.listings)

    def things(self) -> Iterator[Thing]:
        return (thing for listing in self.listings() for thing in listing.things)
