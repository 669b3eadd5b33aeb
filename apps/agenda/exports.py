"""Who comes, as a table that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from apps.agenda import rules
from apps.agenda.models import Registration
from apps.core.spreadsheets import inert

HEADER = ("Adresse", "Nom", "Inscription")


def registrations_csv(people: Iterable[Registration]) -> str:
    """Semicolons and a mark of UTF-8: what French spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for person in people:
        since = rules.local(person.created_at).strftime("%Y-%m-%d %H:%M")
        writer.writerow([inert(person.email), inert(person.name), since])
    return "\ufeff" + out.getvalue()
