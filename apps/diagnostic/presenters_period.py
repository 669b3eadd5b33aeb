"""What a campaign's date is called beside another's (pure)."""

from dataclasses import dataclass
from datetime import date

from apps.core.typography import MONTHS, date_long, season


@dataclass(frozen=True, slots=True)
class Period:
    """``short`` stands beside a point of a figure, ``long`` in a sentence."""

    short: str
    long: str


def periods(now: date, previous: date | None) -> tuple[Period, Period | None]:
    """Years when they differ, months otherwise: two points of one figure never share a label."""
    if previous is None:
        return Period(str(now.year), season(now)), None
    if now.year != previous.year:
        return Period(str(now.year), season(now)), Period(str(previous.year), season(previous))
    names = [f"{MONTHS[day.month - 1]} {day.year}" for day in (now, previous)]
    if names[0] == names[1]:
        names = [date_long(day).removesuffix(f" {day.year}") for day in (now, previous)]
    return Period(names[0], names[0]), Period(names[1], names[1])
