"""Planned beside actual (pure): what was expected on a day, the gap, what is to be read next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Reading:
    """A day chosen for a look, or the look itself once ``actual`` is written."""

    id: str
    on: date | None = None
    planned: Decimal | None = None
    actual: Decimal | None = None
    comment: str = ""

    def is_awaited(self, today: date) -> bool:
        return self.on is not None and self.on < today and self.actual is None


@dataclass(frozen=True, slots=True)
class Indicator:
    """``readings`` in the order of time, dated ones only. ``pillar``: its code, or ""."""

    id: str
    title: str
    unit: str = ""
    pillar: str = ""
    start: Decimal | None = None
    start_on: date | None = None
    goal: Decimal | None = None
    goal_on: date | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def path(self) -> list[Point]:
        """What was planned, by date: what is written of a day comes before the start and the goal."""
        points: dict[date, Decimal] = {}
        if self.goal is not None and self.goal_on:
            points[self.goal_on] = self.goal
        if self.start is not None and (first := self.start_on or self.first_seen):
            points.setdefault(first, self.start)
        for one in self.readings:
            if one.on and one.planned is not None:
                points[one.on] = one.planned
        return sorted(points.items())

    @property
    def first_seen(self) -> date | None:
        """When its start was read, if it is not written: the first look, before the goal."""
        days = [one.on for one in self.readings if one.on]
        if not days or (self.goal_on and days[0] >= self.goal_on):
            return None
        return days[0]

    @property
    def seen(self) -> list[Point]:
        """What was read: the start counts."""
        points = {one.on: one.actual for one in self.readings if one.on and one.actual is not None}
        if self.start is not None and self.start_on:
            points.setdefault(self.start_on, self.start)
        return sorted(points.items())

    def expected(self, day: date) -> Decimal | None:
        """On the straight line between two planned points; the last one holds after it. None before the first."""
        path = self.path
        before = [point for point in path if point[0] <= day]
        after = [point for point in path if point[0] > day]
        if not before:
            return None
        if not after or before[-1][0] == day:
            return before[-1][1]
        (start, low), (end, high) = before[-1], after[0]
        part = Decimal((day - start).days) / Decimal((end - start).days)
        return low + (high - low) * part

    def gap(self, reading: Reading) -> Decimal | None:
        """Actual less planned; None when one of them is not known."""
        if reading.on is None or reading.actual is None:
            return None
        planned = reading.planned if reading.planned is not None else self.expected(reading.on)
        return None if planned is None else reading.actual - planned

    @property
    def last(self) -> Reading | None:
        read = [one for one in self.readings if one.on and one.actual is not None]
        return read[-1] if read else None

    def awaited(self, today: date) -> list[Reading]:
        """Days that have passed without a look."""
        return [one for one in self.readings if one.is_awaited(today)]

    def next_on(self, today: date) -> date | None:
        """The next day chosen for a look, today included."""
        days = [one.on for one in self.readings if one.on and one.on >= today and one.actual is None]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Review:
    """A yearly review, as far as its dates go."""

    id: str
    on: date | None = None
    next_on: date | None = None


def next_review(reviews: Sequence[Review], today: date) -> date | None:
    """The first one dated ahead; else the day the last one gave, also when it has passed. None after a later review."""
    ahead = [one.on for one in reviews if one.on and one.on > today]
    if ahead:
        return min(ahead)
    days = [one.on for one in reviews if one.on]
    held = max(days) if days else None
    given = [one.next_on for one in reviews if one.next_on and (held is None or one.next_on > held)]
    return max(given, default=None)


def sorted_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(sorted((one for one in readings if one.on), key=lambda one: (one.on or date.min, one.id)))
