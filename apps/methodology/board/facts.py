"""What the tools of a démarche hold, counted by the database for ``methodology.missing``."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from apps.methodology.missing import ASKED, CELL, VALUED, Facts, Row
from apps.methodology.models import CrossedDiagnostic, Engagement

# Written out: Django takes longer to build this query than PostgreSQL to answer it.
SAID = """
SELECT kind, said, count(*) FROM (
  SELECT i.kind, (
    SELECT jsonb_object_agg(
      CASE WHEN i.kind = 'photograph' THEN %(cell)s ELSE f.code END,
      CASE WHEN i.kind || '.' || f.code = ANY(%(valued)s) THEN f.value ELSE 'true'::jsonb END
    )
    FROM methodology_field f
    WHERE f.item_id = i.id AND i.kind || '.' || f.code = ANY(%(asked)s)
      AND f.value NOT IN ('""'::jsonb, '[]'::jsonb, 'null'::jsonb)
  ) AS said
  FROM methodology_item i
  WHERE i.engagement_id = %(engagement)s AND i.gone_at IS NULL AND i.kind = ANY(%(kinds)s)
) AS items GROUP BY kind, said
"""


def facts(engagement: Engagement, kinds: tuple[str, ...] = tuple(ASKED), campaign: str = "") -> Facts:
    """What the items of these kinds say, with the state of the ``campaign``. 1 query."""
    values: dict[str, Any] = {
        "engagement": engagement.pk,
        "kinds": list(kinds),
        "cell": CELL,
        "asked": [f"{kind}.{code}" for kind in kinds for code in ASKED.get(kind, ())],
        "valued": [f"{kind}.{code}" for kind in kinds for code in VALUED.get(kind, ())],
    }
    with connection.cursor() as cursor:
        cursor.execute(SAID, values)
        rows = cursor.fetchall()
    return Facts([Row(kind, json.loads(said or "{}"), number) for kind, said, number in rows], campaign)


def campaign(engagement: Engagement) -> str:
    """The state of the campaign that feeds step 4, "" when none was chosen. 1 query."""
    rows = CrossedDiagnostic.objects.filter(engagement=engagement)
    return rows.values_list("campaign__state", flat=True).first() or ""
