"""What a look asks the database: does this seat still hold, in a session that lives; what is the last change, and who
is here. A page carries a ticket for it, good for one seat in one session.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import md5
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection

from apps.methodology.access import RIGHTS

SIGNER = signing.Signer(salt="method-news")
SEEN_SECONDS = 25  # a person unseen for longer is not here
READERS = [role for role, rights in RIGHTS.items() if "read" in rights]
# Names of tables are Django's own; the same rule as access.held_seats, which a test compares.
QUESTION = """
SELECT e.sequence, (
  SELECT md5(coalesce(string_agg(p.seat_id::text || coalesce(p.item_id::text, '') || p.code, ',' ORDER BY p.seat_id), ''))
  FROM methodology_presence p JOIN methodology_seat o ON o.id = p.seat_id
  WHERE o.engagement_id = e.id AND o.left_at IS NULL AND o.id <> s.id
    AND p.tool = %(tool)s AND p.seen_at > now() - make_interval(secs => %(seen)s))
FROM methodology_seat s
JOIN methodology_engagement e ON e.id = s.engagement_id
JOIN accounts_user u ON u.id = s.user_id
WHERE s.id = %(seat)s AND e.id = %(engagement)s AND s.left_at IS NULL AND s.role = ANY(%(readers)s) AND u.is_active
  AND (s.is_outside OR EXISTS (
    SELECT 1 FROM accounts_membership m WHERE m.user_id = s.user_id AND m.organisation_id = e.organisation_id))
  AND EXISTS (SELECT 1 FROM django_session d WHERE d.session_key = %(session)s AND d.expire_date > now())
"""


def ticket(seat: UUID, session: str | None) -> str:
    """What a page shows with each look: good for this seat in this session only."""
    return SIGNER.sign(f"{seat}:{session or ''}")


def mark(here: Iterable[tuple[UUID, UUID | None, str]]) -> str:
    """Of the people here (seat, item, code): the same text as QUESTION's."""
    told = [f"{seat}{item or ''}{code}" for seat, item, code in sorted(here, key=lambda one: str(one[0]))]
    return md5(",".join(told).encode(), usedforsecurity=False).hexdigest()


def look(engagement: UUID, seat: UUID, session: str, tool: str) -> tuple[int, str] | None:
    """The number of the last change and the mark of the people; None for a seat or a session that holds no more."""
    values: dict[str, Any] = {
        "engagement": engagement,
        "seat": seat,
        "session": session,
        "tool": tool,
        "seen": SEEN_SECONDS,
        "readers": READERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, values)
        return cursor.fetchone()  # type: ignore[no-any-return]
