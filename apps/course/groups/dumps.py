"""Statements as JSON lines, read little by little: a year of a whole platform does not fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from apps.course.models import Statement

AT_ONCE = 500


def lines(rows: QuerySet[Statement]) -> Iterator[str]:
    """Oldest first. The actor is a pseudonym: neither mail nor name."""
    bodies = rows.order_by("at", "pk").values_list("body", flat=True)
    for body in bodies.iterator(chunk_size=AT_ONCE):
        yield json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


def since(moment: datetime | None) -> QuerySet[Statement]:
    return Statement.objects.filter(at__gte=moment) if moment else Statement.objects.all()
