"""Quarters and half-years (pure): what a roadmap of one year or of three shows, and how it is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.typography import date_long
from apps.methodology.roadmap.rules import Action

QUARTER, HALF, YEAR = 3, 6, 12
# What a view of so many years is cut by, in months.
CUT = {1: QUARTER, 3: HALF}
NAMES = {QUARTER: ("trimestre", 4), HALF: ("semestre", 2), YEAR: ("année", 1)}


def month_of(day: date, months: int) -> date:
    """The first day of the quarter, half-year or year of ``day``."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def later(day: date, months: int) -> date:
    """The first of the month so many months later (or before)."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def name_of(day: date, months: int) -> str:
    """« 1er trimestre 2027 », « 2e semestre 2027 », « 2027 »."""
    if months == YEAR:
        return str(day.year)
    rank = (day.month - 1) // months + 1
    return f"{rank}{'er' if rank == 1 else 'e'}\u00a0{NAMES[months][0]} {day.year}"


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to the day before ``end``."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end

    def meets(self, action: Action) -> bool:
        first, last = action.first, action.last
        return bool(first and last and first < self.end and last >= self.start)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def cuts(self, months: int) -> list[date]:
        """The first days of the parts, ``start`` included."""
        days, day = [], month_of(self.start, months)
        while day < self.end:
            days.append(max(day, self.start))
            day = later(day, months)
        return days


def years_from(today: date, years: int) -> Span:
    """Whole quarters, from the one that runs."""
    start = month_of(today, QUARTER)
    return Span(start, later(start, YEAR * years))


MOST_YEARS = 5


def around(actions: Iterable[Action], today: date) -> Span:
    """Whole quarters that show every dated action and today; five years at most, one of them past."""
    days = [day for a in actions for day in (a.first, a.last) if day]
    earliest = later(month_of(today, QUARTER), -YEAR)
    first = max(min([today, *days]), earliest)
    start = month_of(first, QUARTER)
    end = later(month_of(max([today, *days]), QUARTER), QUARTER)
    return Span(start, max(min(end, later(start, YEAR * MOST_YEARS)), later(start, YEAR)))


@dataclass(frozen=True, slots=True)
class Part:
    """Actions due in one quarter or half-year, or after the span for those that run through its end."""

    name: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a view of one or three years lists. ``before`` and ``beyond`` are only counted."""

    span: Span
    late: tuple[Action, ...]
    parts: tuple[Part, ...]
    undated: tuple[Action, ...]
    before: int
    beyond: int

    @property
    def shown(self) -> list[Action]:
        return [*self.late, *(one for part in self.parts for one in part.actions)]


def plan(actions: Sequence[Action], today: date, years: int) -> Plan:
    """Dropped actions are left out; late ones come first, those of each part by date."""
    span, kept = years_from(today, years), [a for a in actions if not a.is_dropped]
    late = sorted((a for a in kept if a.is_late(today)), key=by_date)
    rest = sorted((a for a in kept if a not in late and a.last), key=by_date)
    inside = [a for a in rest if span.meets(a)]
    months = CUT[years]
    parts: dict[date, list[Action]] = {}
    for action in inside:
        assert action.last
        day = min(max(action.last, span.start), span.end)
        parts.setdefault(span.end if day == span.end else month_of(day, months), []).append(action)
    named = {day: name_of(day, months) for day in parts} | {span.end: f"Après le {date_long(span.last_day)}"}
    return Plan(
        span,
        tuple(late),
        tuple(Part(named[day], tuple(found)) for day, found in sorted(parts.items())),
        tuple(a for a in kept if a.last is None and a.is_live),
        sum(bool(a.last and a.last < span.start) for a in rest),
        sum(bool(a.first and a.first >= span.end) for a in rest),
    )


def by_date(action: Action) -> tuple[date, date, str]:
    last = action.last or date.max
    return last, action.first or last, action.title
