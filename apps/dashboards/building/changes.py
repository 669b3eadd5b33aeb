"""How many associations moved in each cell, between an earlier published release and the one being built.

Of an earlier release, its exact cells and its members are kept, no answer. So what stayed is counted here, by
campaign, and the rest is a subtraction: n here − stayed = came, n there − stayed = left, erased campaigns included.
An association with one campaign there and another here is in both: where both are in the cell, it counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from apps.dashboards.building.columns import shared
from apps.dashboards.building.population import flatten
from apps.dashboards.building.queries import Measure, queries
from apps.dashboards.disclosure import CellKey, EarlierRelease, Exact, ExactTable
from apps.dashboards.tables import BY_KEY, Table

STAYED, CAME, BOTH = 0, 1, 2
# What people did, as it stands today: an earlier release's cannot be read again, association by association.
LIVE_TABLES = frozenset({"parcours", "methode", "partenariats"})

CAMPAIGNS = """
CREATE TEMP TABLE release_there ON COMMIT DROP AS
SELECT f.organisation, m.campaign_id AS campaign, f.campaign AS here
FROM dashboards_releasemember m JOIN release_flat f ON f.organisation = m.organisation_id
WHERE m.release_id = %s
"""
# The fewest rows that tell what stayed: those that did, or those that did not.
MOVED_ROWS = """
CREATE TEMP TABLE release_pass ON COMMIT DROP AS
SELECT {side} AS side, f.* FROM release_flat f
WHERE {which} (SELECT FROM release_there t WHERE t.organisation = f.organisation AND t.campaign = f.campaign)
UNION ALL
SELECT {both}, f.organisation, f.campaign, f.held, {shared}
FROM release_flat f JOIN release_then t ON t.organisation = f.organisation
"""


@dataclass(frozen=True, slots=True)
class Passed:
    """``side``: whether ``counts`` are of those that stayed or came. ``erased``: in both, by a campaign that is gone."""

    side: int
    counts: Mapping[int, Mapping[str, Mapping[CellKey, int]]]
    erased: int

    def stayed(self, table: str, key: CellKey, n: int) -> int:
        found = self.counts[self.side].get(table, {}).get(key, 0)
        return found if self.side == STAYED else n - found

    def both(self, table: str, key: CellKey) -> int:
        return self.counts[BOTH].get(table, {}).get(key, 0)


def with_moves(
    cursor: CursorWrapper, tables: Mapping[str, ExactTable], earlier: Sequence[EarlierRelease]
) -> dict[str, ExactTable]:
    """The tables with ``moved`` in each cell, by earlier release that has the cell."""
    passes = {there.release: one_pass(cursor, UUID(there.release)) for there in earlier}
    return {
        key: replace(
            table,
            cells={
                cell: replace(exact, moved=moves(BY_KEY[key], cell, exact, earlier, passes))
                for cell, exact in table.cells.items()
            },
        )
        for key, table in tables.items()
    }


def moves(
    table: Table, key: CellKey, here: Exact, earlier: Sequence[EarlierRelease], passes: Mapping[str, Passed]
) -> dict[str, int]:
    return {
        there.release: moved(table, key, here, then, passes[there.release])
        for there in earlier
        if (then := there.exact.get(table.key, {}).get(key)) is not None
    }


def moved(table: Table, key: CellKey, here: Exact, then: Exact, passed: Passed) -> int:
    """Never more than the truth, and 0 only when the cell tells the same."""
    if table.key in LIVE_TABLES:
        return abs(here.n - then.n)
    stayed, both = passed.stayed(table.key, key, here.n), passed.both(table.key, key)
    # A campaign corrected since may be in another cell than it was: it moved, on one side or the other.
    came, left = abs(here.n - stayed), abs(then.n - stayed)
    if not table.tells_answers:
        # Anybody knows who takes part and where: one that is here and there with another campaign changes nothing.
        found = max(came + left - 2 * (both + passed.erased), abs(here.n - then.n))
    else:
        found = max(came + left - both - passed.erased, came, left)
    return found or int(here.n != then.n or here.values != then.values)


def one_pass(cursor: CursorWrapper, release: UUID) -> Passed:
    """What stayed since ``release``, counted once for every cell of every table."""
    cursor.execute(CAMPAIGNS, [release])
    cursor.execute("ANALYZE release_there")
    cursor.execute(
        "SELECT (SELECT count(*) FROM release_flat), count(*) FILTER (WHERE campaign = here), "
        "count(*) FILTER (WHERE campaign <> here) FROM release_there"
    )
    total, same, other = cursor.fetchone()
    side = STAYED if 2 * same <= total else CAME
    if not (same or other):
        cursor.execute("DROP TABLE release_there")
        return Passed(STAYED, {STAYED: {}, BOTH: {}}, 0)
    read_again(cursor)
    cursor.execute("SELECT count(*) FROM release_then")
    erased = other - cursor.fetchone()[0]
    which = "EXISTS" if side == STAYED else "NOT EXISTS"
    cursor.execute(MOVED_ROWS.format(side=side, which=which, both=BOTH, shared=shared("f", "t")))
    counts = counted(cursor)
    cursor.execute("DROP TABLE release_there, release_other, release_then, release_pass")
    return Passed(side, counts, erased)


def read_again(cursor: CursorWrapper) -> None:
    """``release_then``: the flat rows, as they were there, of those that are here with another campaign."""
    cursor.execute(
        "CREATE TEMP TABLE release_other ON COMMIT DROP AS "
        "SELECT organisation, campaign FROM release_there WHERE campaign <> here"
    )
    cursor.execute("ANALYZE release_other")
    flatten(cursor, "release_other", "release_then")


def counted(cursor: CursorWrapper) -> dict[int, dict[str, dict[CellKey, int]]]:
    """By side and table, the cells in which there is somebody."""
    found: dict[int, dict[str, dict[CellKey, int]]] = {STAYED: {}, CAME: {}, BOTH: {}}
    cursor.execute("SELECT EXISTS (SELECT FROM release_pass)")
    if not cursor.fetchone()[0]:
        return found
    for table in BY_KEY.values():
        if table.key in LIVE_TABLES:
            continue
        for query in queries(table):
            cursor.execute(query.counts("release_pass"))
            for side, *line in cursor.fetchall():
                row = str(line.pop(0)) if query.row else ""
                cells = found[side].setdefault(table.key, {})
                add(cells, row, query.measures, line)
    return found


def add(cells: dict[CellKey, int], row: str, measures: Sequence[Measure], line: Sequence[int]) -> None:
    for measure, n in zip(measures, line, strict=True):
        if n:
            cells[(row or measure.row, measure.column)] = n
