"""Where a name can stand beside a curve (pure): what is taken is kept column by column, heights as bits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise

from apps.core.figures.lettering import Box, text_width
from apps.core.figures.svg import Point

BOLD = 1.04  # how much wider than what `text_width` tells
STEP_X, STEP_Y = 8, 4  # between the places that are tried, when those around the point are taken
BASES, ASIDE = (
    (-14, 26, 6, -24, 36),
    14,
)  # places around a point: base lines, and from its mark to a name beside it
APART = 4  # between two names
AWAY = 6  # price of the side that is not the one asked for
FIRST = 40  # places of the first name that are tried with the second


@dataclass
class Taken:
    """``columns``: for each unit of width, the units of height that are taken."""

    width: int
    columns: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = self.columns or [0] * (self.width + 1)

    def block(self, box: Box) -> None:
        for column in self._across(box):
            self.columns[column] |= bits(box.top, box.bottom)

    def trace(self, spots: Sequence[Point], thick: float) -> None:
        """A line that never goes back to the left."""
        for (x, y), (end, low) in pairwise(spots):
            slope = (low - y) / (end - x) if end > x else 0
            for column in range(max(math.floor(x), 0), min(math.floor(end), self.width) + 1):
                ys = [y + slope * (min(max(edge, x), end) - x) for edge in (column, column + 1)]
                ys += [y, low] if end <= x else []
                self.columns[column] |= bits(min(ys) - thick, max(ys) + thick)

    def crowd(self, box: Box) -> int:
        """How many units of the box are taken."""
        rows = bits(box.top, box.bottom)
        return sum((self.columns[column] & rows).bit_count() for column in self._across(box))

    def is_free(self, box: Box) -> bool:
        rows = bits(box.top, box.bottom)
        return not any(self.columns[column] & rows for column in self._across(box))

    def _across(self, box: Box) -> range:
        return range(max(math.floor(box.left), 0), min(math.ceil(box.right), self.width + 1))


def bits(top: float, bottom: float) -> int:
    low, high = max(math.floor(top), 0), max(math.ceil(bottom), 0)
    return ((1 << max(high - low, 0)) - 1) << low


@dataclass(frozen=True, slots=True)
class Name:
    """A text to place beside ``at``: above it, or under. ``size``: of its letters."""

    text: str
    at: Point
    is_under: bool
    size: float

    def box(self, centre: float, base: float) -> Box:
        half = half_width(self.text, self.size)
        return Box(centre - half, base - 0.78 * self.size, centre + half, base + 0.24 * self.size)


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of a name's base line, and how far this is from what one would like."""

    name: Name
    centre: float
    base: float
    price: float

    @property
    def box(self) -> Box:
        return self.name.box(self.centre, self.base)


@lru_cache(maxsize=256)
def half_width(text: str, size: float) -> float:
    return text_width(text, size) * BOLD / 2


def near(name: Name, room: Box) -> list[Place]:
    """Over, under and beside its point, the most wanted first: nearly always enough."""
    (x, y), half = name.at, half_width(name.text, name.size)
    centres = {
        within(x + far, half, room) for far in (0, -half - ASIDE, half + ASIDE, -half * 0.7, half * 0.7)
    }
    return ranked(name, sorted(centres), [y + far for far in BASES], room)


def everywhere(name: Name, room: Box) -> list[Place]:
    """All over the room, the nearest to its point first; in the middle of the room when it is wider."""
    half, size = half_width(name.text, name.size), name.size
    x, most = within(name.at[0], half, room), int((room.right - room.left) // STEP_X)
    centres = [x + STEP_X * n for n in range(-most, most + 1)]
    low, high = room.left + half, room.right - half
    top, bottom = room.top + 0.78 * size, room.bottom - 0.24 * size
    bases = [top + STEP_Y * n for n in range(int((bottom - top) // STEP_Y) + 1)]
    return ranked(name, [one for one in centres if low <= one <= high] or [x], bases, room)


def within(x: float, half: float, room: Box) -> float:
    low, high = room.left + half, room.right - half
    return min(max(x, low), high) if low <= high else (room.left + room.right) / 2


def ranked(name: Name, centres: Sequence[float], bases: Sequence[float], room: Box) -> list[Place]:
    top, bottom = room.top + 0.78 * name.size, room.bottom - 0.24 * name.size
    found = [
        Place(name, centre, base, price(name, centre, base))
        for base in bases
        if top <= base <= bottom
        for centre in centres
    ]
    return sorted(found, key=lambda place: place.price)


def price(name: Name, centre: float, base: float) -> float:
    box, (x, y) = name.box(centre, base), name.at
    aside = max(box.left - x, x - box.right, 0)
    away = max(box.top - y, y - box.bottom, 0)
    wrong = box.top < y if name.is_under else box.bottom > y
    return math.hypot(aside, away) + abs(centre - x) / 8 + (AWAY if wrong else 0)


def first_clear(attempts: Iterable[Sequence[Name]], taken: Taken, room: Box) -> list[Place]:
    """The places of the first names that hide nothing, or of the last ones."""
    found: list[Place] = []
    for names in dict.fromkeys(map(tuple, attempts)):
        found = placed(names, taken, room)
        if is_clear(found, taken, room):
            break
    return found


def is_clear(found: Sequence[Place], taken: Taken, room: Box) -> bool:
    return all(taken.is_free(one.box) and one.box.inside(room) for one in found) and not any(
        touch(one, other) for one, other in combinations(found, 2)
    )


def placed(names: Sequence[Name], taken: Taken, room: Box) -> list[Place]:
    """One or two names, clear of what is taken and of each other where they can; else where they hide the least."""
    all_places: list[list[Place]] = []
    free: list[list[Place]] = []
    for tried in (near, everywhere):
        all_places = [tried(name, room) for name in names]
        free = [[one for one in found if taken.is_free(one.box)] for found in all_places]
        if len(free) == 2 and (pair := nearest_pair(*free)):
            return pair
        if len(free) == 1 and free[0]:
            return free[0][:1]
    done: list[Place] = []
    for found, clear in zip(all_places, free, strict=True):
        mine = [one for one in clear if not any(touch(one, other) for other in done)]
        done.append(mine[0] if mine else min(found, key=lambda one: least(one, taken, done)))
    return done


def nearest_pair(first: Sequence[Place], second: Sequence[Place]) -> list[Place] | None:
    """Of the first places of one and all of the other, then the other way round."""
    pairs = [(a, b) for a in first[:FIRST] if (b := beside(a, second))]
    pairs += [(a, b) for b in second[:FIRST] if (a := beside(b, first))]
    best = min(pairs, key=lambda pair: pair[0].price + pair[1].price, default=None)
    return list(best) if best else None


def beside(one: Place, others: Sequence[Place]) -> Place | None:
    return next((other for other in others if not touch(one, other)), None)


def touch(one: Place, other: Place) -> bool:
    box = other.box
    wide = Box(box.left - APART, box.top - 1, box.right + APART, box.bottom + 1)
    return one.box.overlap(wide) > 0


def least(one: Place, taken: Taken, others: Iterable[Place]) -> float:
    """On another name costs more than on a line."""
    return taken.crowd(one.box) + 20 * sum(one.box.overlap(other.box) for other in others) + one.price
