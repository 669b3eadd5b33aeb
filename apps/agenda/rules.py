"""When the monthly webinar takes place (pure): the third Thursday, from 13:00 to 14:30 in Paris.

Moments are given in UTC, so that adding or comparing them never depends on the clocks of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
STARTS, ENDS = time(13), time(14, 30)
REMINDER = time(9)
KEPT = timedelta(days=30)
THURSDAY = 3


class NoSuchTimeError(ValueError):
    """The clocks skip this time that day, or show it twice."""


def third_thursday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def third_thursdays(since: date) -> Iterator[date]:
    """Those on this day or after it, without end."""
    for month in count(since.year * 12 + since.month - 1):
        day = third_thursday(month // 12, month % 12 + 1)
        if day >= since:
            yield day


def at(day: date, hour: time) -> datetime:
    """The moment when clocks in Paris show this time. NoSuchTimeError when none or two do."""
    moment = datetime.combine(day, hour, PARIS)
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise NoSuchTimeError(f"{day} {hour}")
    return moment.astimezone(UTC)


def slot(day: date) -> tuple[datetime, datetime]:
    """The usual hours on this day."""
    return at(day, STARTS), at(day, ENDS)


def next_thursdays(now: datetime, number: int) -> list[date]:
    """The coming third Thursdays: today counts until the usual hour of the end."""
    coming = (day for day in third_thursdays(local(now).date()) if at(day, ENDS) > now)
    return list(islice(coming, number))


def local(moment: datetime) -> datetime:
    return moment.astimezone(PARIS)


def reminder_from(starts_at: datetime) -> datetime:
    """The eve, in the morning: the eve is a day of the calendar, not twenty-four hours."""
    return at(local(starts_at).date() - timedelta(days=1), REMINDER)


def reminder_is_due(starts_at: datetime, now: datetime) -> bool:
    """Until the session starts: a reminder that a stopped beat held back still helps that morning."""
    return reminder_from(starts_at) <= now < starts_at
