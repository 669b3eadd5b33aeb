"""Who is seen in a group, and under what name (pure). See docs/decisions/0012-groupes-sans-surveillance.md.

A name shows only by consent. Whoever hides hers shows under a number drawn at random, and only when at least ``ENOUGH``
people of the group do: alone among names, a number would be a name.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

ENOUGH = 3
State = Literal["done", "begun", "todo"]
# Numbers are drawn where at least half are free; the last room is larger than the largest group.
ROOMS = (range(10, 100), range(100, 1000), range(1000, 10_000))


@dataclass(frozen=True, slots=True)
class Person:
    """``name``: "" unless she shows it. ``states``: one a step, in their order."""

    name: str
    number: int
    states: tuple[State, ...] = ()

    @property
    def label(self) -> str:
        return self.name or f"Participante ou participant\u00a0{self.number}"

    @property
    def done(self) -> int:
        return self.states.count("done")

    @property
    def is_over(self) -> bool:
        return bool(self.states) and self.done == len(self.states)


@dataclass(frozen=True, slots=True)
class Seen:
    """``people``: names first, then numbers. ``hidden``: how many others there are, of whom nothing is told."""

    people: tuple[Person, ...]
    hidden: int = 0


def seen(people: Iterable[Person]) -> Seen:
    """Sorted by name, then by number: neither by joining nor by progress."""
    everybody = list(people)
    named = sorted((person for person in everybody if person.name), key=lambda person: _order(person.name))
    others = sorted((person for person in everybody if not person.name), key=lambda person: person.number)
    return Seen((*named, *others)) if shows(len(others)) else Seen(tuple(named), len(others))


def shows(unnamed: int) -> bool:
    """Whether this many people without a name may be told of."""
    return unnamed == 0 or unnamed >= ENOUGH


def _order(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def draw_number(taken: Collection[int]) -> int:
    """A number that nobody of the group has."""
    room = next(room for room in ROOMS if 2 * len(taken) <= len(room))
    return secrets.choice([number for number in room if number not in taken])
