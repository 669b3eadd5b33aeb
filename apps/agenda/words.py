"""Dates and hours of a session in full French words (pure)."""

from __future__ import annotations

from datetime import date, datetime

from apps.agenda import rules
from apps.core.microtypography import NO_BREAK
from apps.core.typography import date_long, time_short

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def day(value: date) -> str:
    """« jeudi 17 décembre 2026 »."""
    return f"{WEEKDAYS[value.weekday()]}{NO_BREAK}{date_long(value)}"


def day_of(moment: datetime) -> str:
    return day(rules.local(moment))


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """« de 13 h à 14 h 30 », as clocks in Paris show it."""
    return f"de {time_short(rules.local(starts_at))} à {time_short(rules.local(ends_at))}"


def from_today(moment: datetime, now: datetime) -> str:
    """« demain », or « aujourd’hui » when the reminder is late."""
    return "aujourd’hui" if rules.local(moment).date() == rules.local(now).date() else "demain"
