"""What the screens of the agenda show, ready for templates without logic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apps.agenda import ical, rules, words
from apps.agenda.models import Registration, Session
from apps.catalogue.presenters import Tag

PROPOSED = 4
FOLLOWING = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A session in a list or on its page."""

    session: Session
    day: date
    day_words: str
    hours: str
    tags: list[Tag]
    is_open: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """``webcal`` opens the calendar program; ``feed`` is the same as a file."""

    webcal: str
    feed: str


@dataclass(frozen=True, slots=True)
class Door:
    """The agenda behind the door: ``next`` is None when nothing is announced, and ``usual_day`` says when it would be."""

    next: Row | None
    following: list[Row]
    usual_day: str
    subscription: Subscription


@dataclass(frozen=True, slots=True)
class Agenda:
    coming: list[Row]
    past: list[Row]
    usual_day: str
    subscription: Subscription


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A session for curators; ``people`` counts who comes."""

    row: Row
    people: int
    lacks_link: bool


@dataclass(frozen=True, slots=True)
class Workshop:
    """``free``: (address value, words) of the usual days that have no session yet."""

    coming: list[WorkRow]
    past: list[WorkRow]
    free: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str
    since: datetime


def goal_tags(session: Session) -> list[Tag]:
    return [Tag(f"ODD\u00a0{goal.number}", goal.get_absolute_url()) for goal in session.goals.all()]


def all_tags(session: Session) -> list[Tag]:
    """For its own page: one query more than ``goal_tags``."""
    needs = [Tag(fragility.name, fragility.get_absolute_url()) for fragility in session.fragilities.all()]
    return [*needs, *goal_tags(session)]


def row(session: Session, now: datetime, tags: Sequence[Tag] = ()) -> Row:
    day = rules.local(session.starts_at).date()
    return Row(
        session=session,
        day=day,
        day_words=words.day(day),
        hours=words.hours(session.starts_at, session.ends_at),
        tags=list(tags),
        is_open=session.is_open(now),
        is_over=session.is_over(now),
    )


def subscription() -> Subscription:
    return Subscription(ical.subscribe_url(), ical.feed_url())


def usual_day(now: datetime) -> str:
    return words.day(rules.next_thursdays(now, 1)[0])


def door(coming: Iterable[Session], now: datetime) -> Door:
    rows = [row(session, now, goal_tags(session)) for session in coming]
    return Door(rows[0] if rows else None, rows[1 : 1 + FOLLOWING], usual_day(now), subscription())


def agenda(sessions: Iterable[Session], now: datetime) -> Agenda:
    """Coming ones first to last, past ones last to first."""
    rows = [row(session, now, goal_tags(session)) for session in sessions]
    coming, past = [r for r in rows if not r.is_over], [r for r in rows if r.is_over]
    return Agenda(coming, past[::-1], usual_day(now), subscription())


def workshop(sessions: Sequence[Session], now: datetime) -> Workshop:
    """``sessions``: those of ``selectors.working``, the latest first."""
    rows = [work_row(session, now) for session in sessions]
    coming = [r for r in rows if not r.row.is_over]
    taken = {r.row.day for r in rows if not r.row.session.is_cancelled}
    days = [day for day in rules.next_thursdays(now, 12) if day not in taken][:PROPOSED]
    free = [(day.isoformat(), words.day(day)) for day in days]
    return Workshop(coming[::-1], [r for r in rows if r.row.is_over], free)


def work_row(session: Session, now: datetime) -> WorkRow:
    shown = row(session, now)
    people: int = session.coming_count  # type: ignore[attr-defined]
    return WorkRow(shown, people, shown.is_open and not session.join_url)


def people(registrations: Iterable[Registration]) -> list[Person]:
    return [Person(person.email, person.name, person.created_at) for person in registrations]
