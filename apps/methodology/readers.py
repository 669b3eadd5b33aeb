"""Whose files a person may take now: the rights of a démarche, not those of its association."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apps.accounts.selectors import Person
from apps.methodology.access import RIGHTS, held_seats
from apps.methodology.models import SignedNote, Workshop

READING = [role for role, rights in RIGHTS.items() if "read" in rights]


def of_engagements(person: Person) -> QuerySet[Any, Any]:
    """For files whose subject is a démarche."""
    return held_seats(person).filter(role__in=READING).values("engagement_id")


def of_workshops(person: Person) -> QuerySet[Any, Any]:
    return Workshop.objects.filter(engagement_id__in=of_engagements(person)).values("pk")


def of_notes(person: Person) -> QuerySet[Any, Any]:
    return SignedNote.objects.filter(engagement_id__in=of_engagements(person)).values("pk")
