"""Who is counted, and one flat row of each: the only place where a release reads an association's answers.

Everything happens in the database, in temporary tables of the transaction that builds: Python sees no association.
"""

# ruff: noqa: S608 - every name put in a statement is written in this app

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from apps.dashboards.building.columns import extracted
from apps.dashboards.models import Release
from apps.dashboards.quarters import Quarter

FLAT = "release_flat"
# Sorts and hashes of a million rows, in memory where they fit; the server gives it back with the transaction.
WORK_MEM = "64MB"

# The last campaign closed in the window. A campaign closed later than the quarter does not hide the one before it.
COUNTED = """
CREATE TEMP TABLE release_counted ON COMMIT DROP AS
SELECT DISTINCT ON (c.organisation_id) c.organisation_id AS organisation, c.id AS campaign
FROM diagnostic_campaign c JOIN accounts_organisation o ON o.id = c.organisation_id
WHERE c.state = 'closed' AND c.closed_at >= %(since)s AND c.closed_at < %(until)s
  AND EXISTS (SELECT FROM diagnostic_result r WHERE r.campaign_id = c.id)
  AND (%(demo)s OR NOT (o.is_demo OR c.is_demo))
  AND {scope}
ORDER BY c.organisation_id, c.closed_at DESC, c.id DESC
"""
NATIONAL = """NOT EXISTS (SELECT FROM dashboards_objection x WHERE x.organisation_id = c.organisation_id)"""
PROGRAMME = """EXISTS (SELECT FROM dashboards_consent x WHERE x.organisation_id = c.organisation_id
  AND x.programme_id = %(programme)s AND x.withdrawn_at IS NULL)"""


@dataclass(frozen=True, slots=True)
class Window:
    """Moments of closing that count: ``since`` in, ``until`` out."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, quarter: Quarter) -> Window:
        paris = timezone.get_default_timezone()
        return cls(
            datetime.combine(quarter.counted_from, time(), paris),
            datetime.combine(quarter.following.first_day, time(), paris),
        )


def populate(cursor: CursorWrapper, release: Release) -> int:
    """Creates ``release_flat``, a row per counted association; how many there are. Inside a transaction."""
    assert transaction.get_connection().in_atomic_block
    cursor.execute(f"SET LOCAL work_mem = '{WORK_MEM}'")
    window = Window.of(release.quarter)
    scope = PROGRAMME if release.programme_id else NATIONAL
    found: dict[str, Any] = {
        "since": window.since,
        "until": window.until,
        "demo": settings.RELEASES_COUNT_DEMO,
        "programme": release.programme_id,
    }
    cursor.execute(COUNTED.format(scope=scope), found)
    cursor.execute("ANALYZE release_counted")
    flatten(cursor, "release_counted", FLAT)
    cursor.execute(f"SELECT count(*) FROM {FLAT}")
    return int(cursor.fetchone()[0])


def flatten(cursor: CursorWrapper, base: str, into: str) -> None:
    """``into``: the flat rows of ``base`` (organisation, campaign); a campaign that was erased has none."""
    cursor.execute(f"CREATE TEMP TABLE {into} ON COMMIT DROP AS {extracted(base)}")
    cursor.execute(f"ANALYZE {into}")


def forget(cursor: CursorWrapper) -> None:
    """Also before the end of the transaction, for whoever builds two releases in one."""
    cursor.execute(f"DROP TABLE release_counted, {FLAT}")


def keep_members(cursor: CursorWrapper, release: Release) -> None:
    """Who was counted, by which campaign, in the release's own rows."""
    cursor.execute("DELETE FROM dashboards_releasemember WHERE release_id = %s", [release.pk])
    cursor.execute(
        f"INSERT INTO dashboards_releasemember (release_id, organisation_id, campaign_id) "
        f"SELECT %s, organisation, campaign FROM {FLAT} ORDER BY campaign",
        [release.pk],
    )
