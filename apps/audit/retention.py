"""The journal forgets after a year, from its beginning; the anchor keeps where the rest follows."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

# As the privacy page says. The trigger refuses less.
KEPT = timedelta(days=366)
FORGET = """DELETE FROM audit_auditentry WHERE number < (
    SELECT coalesce(min(number), (SELECT max(number) + 1 FROM audit_auditentry)) FROM audit_auditentry WHERE at >= now() - %s::interval
)"""


def forget_old() -> int:
    """How many entries went. A clock that jumped back leaves a young entry among old ones: nothing after it goes."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [f"{KEPT.days} days"])
        return int(cursor.rowcount)
