"""Which contributions the newest release of each scope counts together: what is needed to compare several at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from apps.dashboards.disclosure import EarlierRelease
from apps.dashboards.disclosure.scopes import Signature
from apps.dashboards.models import Release

HERE = "here"
COUNTED = """
SELECT scopes, count(*) FROM (
  SELECT array_agg(scope ORDER BY scope) AS scopes FROM (
    SELECT campaign, %(here)s AS scope FROM release_flat
    UNION ALL
    SELECT campaign_id, release_id::text FROM dashboards_releasemember WHERE release_id = ANY(%(others)s)
  ) each GROUP BY campaign
) shared GROUP BY scopes
"""


def signatures(cursor: CursorWrapper, earlier: Sequence[EarlierRelease]) -> dict[Signature, int]:
    """How many contributions each set of scopes counts; nothing when there are not two other scopes to compare with."""
    others = newest([UUID(e.release) for e in earlier if not e.same_scope])
    if len(others) < 2:
        return {}
    cursor.execute(COUNTED, {"here": HERE, "others": others})
    return {frozenset(scopes): n for scopes, n in cursor.fetchall()}


def newest(releases: Sequence[UUID]) -> list[UUID]:
    """The first of each scope, newest first as given. 1 query."""
    scope_of = dict(Release.objects.filter(pk__in=releases).values_list("pk", "programme"))
    found: dict[UUID | None, UUID] = {}
    for pk in releases:
        found.setdefault(scope_of[pk], pk)
    return list(found.values())
