"""Reads of the agenda; each says how many queries it costs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from apps.agenda.enums import SessionState
from apps.agenda.models import Registration, Session
from apps.core.secrets import hash_token

ACTIVE = Q(cancelled_at=None)
# How long a gone session stays in the calendars of those who subscribed.
IN_FEED = timedelta(days=366)


def announced() -> QuerySet[Session]:
    """What the public sees, drafts apart, with its goals. 2 queries."""
    return Session.objects.exclude(state=SessionState.DRAFT).prefetch_related("goals")


def coming(now: datetime) -> QuerySet[Session]:
    """Open sessions that are not over, the next one first. 2 queries."""
    return announced().filter(state=SessionState.OPEN, ends_at__gt=now)


def in_feed(now: datetime) -> QuerySet[Session]:
    """1 query."""
    return Session.objects.exclude(state=SessionState.DRAFT).filter(ends_at__gt=now - IN_FEED)


def working() -> QuerySet[Session]:
    """Every session for curators, the latest first, with ``coming_count`` (registered people). 1 query."""
    people = Count("registrations", filter=Q(registrations__cancelled_at=None))
    return Session.objects.annotate(coming_count=people).order_by("-starts_at")


def registrations_of(session: Session) -> QuerySet[Registration]:
    """Who comes, first registered first. 1 query."""
    return session.registrations.filter(ACTIVE)


def registration_by_token(token: str) -> Registration | None:
    """1 query."""
    return Registration.objects.select_related("session").filter(token_hash=hash_token(token)).first()


def to_remind(now: datetime) -> QuerySet[Session]:
    """Open sessions that may have a reminder due: a day and a half is longer than any eve. 1 query."""
    soon = now + timedelta(days=2)
    return Session.objects.filter(state=SessionState.OPEN, starts_at__gt=now, starts_at__lt=soon)
