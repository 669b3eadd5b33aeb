"""Demonstration sessions: the next usual days and the last one, so that the agenda is never empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.agenda import rules, services
from apps.agenda.enums import SessionState
from apps.agenda.models import Session
from apps.catalogue.models import Fragility, Goal

COMING = 2


def sessions(rows: Sequence[Mapping[str, Any]], by: User) -> None:
    """One session a usual day that has none; ``rows`` follow each other from month to month."""
    now = timezone.now()
    for day in (last_thursday(now), *rules.next_thursdays(now, COMING)):
        starts_at, ends_at = rules.slot(day)
        if not Session.objects.filter(starts_at=starts_at).exists():
            row = rows[(day.year * 12 + day.month) % len(rows)]
            announce(row, starts_at, ends_at, by)


def last_thursday(now: datetime) -> date:
    """The latest usual day that is over."""
    gone = takewhile(
        lambda day: rules.slot(day)[1] <= now, rules.third_thursdays(now.date() - timedelta(days=70))
    )
    return list(gone)[-1]


def announce(row: Mapping[str, Any], starts_at: datetime, ends_at: datetime, by: User) -> None:
    sheet = services.Sheet(
        title=row["title"],
        summary=row["summary"],
        starts_at=starts_at,
        ends_at=ends_at,
        join_url=row["join_url"],
        goals=list(Goal.objects.filter(number__in=row["goals"])),
        fragilities=list(Fragility.objects.filter(pk__in=row["fragilities"])),
    )
    made = services.create_session(sheet=sheet, by=by, is_demo=True)
    if ends_at <= timezone.now():
        # It was open before: services open nothing in the past.
        Session.objects.filter(pk=made.pk).update(state=SessionState.OPEN)
        return
    services.open_session(session=made)
    for person in row["people"]:
        services.register(session=made, email=person["email"], name=person.get("name", ""))
