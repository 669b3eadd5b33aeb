"""What the pages of a group show, ready for templates without logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.course.groups import digest, privacy, selectors
from apps.course.groups.privacy import Person, Seen, State
from apps.course.models import Group, GroupMember, Page
from apps.course.selectors import public_steps

WORDS: dict[State, str] = {"done": "terminée", "begun": "en cours", "todo": "pas commencée"}
# Once it is closed, what is not done is not told: it may have been done since.
CLOSED_WORDS: dict[State, str] = {**WORDS, "todo": "pas terminée"}


@dataclass(frozen=True, slots=True)
class Cell:
    state: State
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person as her leaders see her."""

    label: str
    has_name: bool
    cells: tuple[Cell, ...]
    done: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A step: how many of the people who are seen finished it, or are in it."""

    number: int
    title: str
    done: int
    begun: int


@dataclass(frozen=True, slots=True)
class Board:
    """``size``: everybody; ``hidden``: those of whom nothing is told, left out of every count."""

    size: int
    hidden: int
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def seen(self) -> int:
        return len(self.rows)

    @property
    def finished(self) -> int:
        return sum(row.is_over for row in self.rows)

    @property
    def begun(self) -> int:
        return sum(any(cell.state != "todo" for cell in row.cells) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's groups and her weekly mail, for the groups page and her path."""

    places: list[GroupMember]
    led: list[Group]
    has_mail: bool

    @property
    def has_groups(self) -> bool:
        return bool(self.places or self.led)


def board(group: Group) -> Board:
    """3 queries, whatever the number of members."""
    steps = list(public_steps())
    people = selectors.people_of(group, steps)
    found = privacy.seen(people)
    words = WORDS if group.is_open else CLOSED_WORDS
    return Board(
        size=len(people),
        hidden=found.hidden,
        rows=tuple(_row(person, words) for person in found.people),
        columns=tuple(_columns(steps, found)),
    )


def _row(person: Person, words: dict[State, str]) -> Row:
    cells = tuple(Cell(state, words[state]) for state in person.states)
    return Row(person.label, bool(person.name), cells, person.done, person.is_over)


def _columns(steps: Sequence[Page], found: Seen) -> list[Column]:
    by_step = [[person.states[place] for person in found.people] for place in range(len(steps))]
    return [
        Column(step.number, step.title, states.count("done"), states.count("begun"))
        for step, states in zip(steps, by_step, strict=True)
    ]


def seen_by(group: Group) -> str:
    return f"les personnes qui mènent ce groupe pour {group.organisation.name}"


def mine(user: User) -> Mine:
    """3 queries."""
    return Mine(
        places=list(selectors.joined_by(user)),
        led=list(selectors.led_by(user)),
        has_mail=digest.wants(user),
    )
