"""Who comes, as a table that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from apps.agenda import rules
from apps.agenda.models import Registration

HEADER = ("Adresse", "Nom", "Inscription")
# A cell that begins so is a formula for a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(FORMULA) else text


def registrations_csv(people: Iterable[Registration]) -> str:
    """Semicolons and a mark of UTF-8: what French spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for person in people:
        since = rules.local(person.created_at).strftime("%Y-%m-%d %H:%M")
        writer.writerow([safe(person.email), safe(person.name), since])
    return "\ufeff" + out.getvalue()
