"""French words that every file of a dossier shares (pure)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from apps.core.typography import date_long
from apps.methodology.dossier.contents import Heading


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(moment: datetime | date) -> str:
    return date_long(timezone.localtime(moment) if isinstance(moment, datetime) else moment)


def dates(heading: Heading) -> str:
    """« ouverte le 3 mars 2027, close le 5 juin 2028 »."""
    opened = f"ouverte le {date_long(timezone.localtime(heading.opened_at))}"
    if heading.closed_at is None:
        return opened
    return f"{opened}, close le {date_long(timezone.localtime(heading.closed_at))}"
