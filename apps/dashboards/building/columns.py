"""The columns of a flat row, how each is read in SQL, and what two rows of one association share (pure).

Fixed-width columns first: PostgreSQL finds them without reading what comes before.
"""

# ruff: noqa: S608 - every name put in a statement is written in this app

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from apps.dashboards.tables import INDICATOR_BANDS
from apps.diagnostic.disclosure import ROLE_FROM
from apps.diagnostic.scoring import RESOURCE_KEYS

AXIS_CODES = ("A", "B", "C", "D", "E")


class Holds(Enum):
    KEY = auto()  # the cell is the value: two rows are in one cell when it is the same
    VALUE = auto()  # the cell is to have one, whatever it is
    SET = auto()  # a cell for each element


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    sql: str
    holds: Holds


def score(axis: str) -> str:
    """Tenths of a point: whole numbers are exact, and sum fast."""
    return f"score_{axis.lower()}"


def before(axis: str) -> str:
    return f"before_{axis.lower()}"


def band(axis: str) -> str:
    """0 to 4: twenty points each, 100 in the last."""
    return f"band_{axis.lower()}"


def voice(axis: str) -> str:
    return f"voice_{axis.lower()}"


def indicator(name: str) -> str:
    return f"ind_{name}"


def amount(resource: str) -> str:
    """Cents."""
    return f"amount_{resource}"


def _tenths(axes: str, axis: str) -> str:
    return f"(({axes} #>> '{{{axis},score}}')::numeric * 10)::smallint"


def _ranked(name: str) -> str:
    value = f"(p.indicators ->> '{name}')::numeric"
    rungs = " ".join(
        f"WHEN {value} < {bound} THEN {n}" for n, bound in enumerate(INDICATOR_BANDS[name][1], 1)
    )
    return f"(CASE {rungs} WHEN {value} IS NOT NULL THEN 4 END)::smallint"


def _heard(axis: str) -> str:
    """Half a level of the mean, both bounds in."""
    gap, n = f"v.gap_{axis.lower()}", f"v.n_{axis.lower()}"
    return (
        f"CASE WHEN 2 * {gap} >= {n} THEN 'board_higher' WHEN 2 * {gap} <= -{n} THEN 'team_higher' "
        f"WHEN {n} > 0 THEN 'same' END"
    )


def _columns() -> Iterator[Column]:
    yield Column("has_employees", "z.has_employees", Holds.KEY)
    yield Column("has_before", "NULLIF(w.campaign_id IS NOT NULL, false)", Holds.VALUE)
    for axis in AXIS_CODES:
        yield Column(score(axis), f"s.{axis.lower()}", Holds.VALUE)
    for axis in AXIS_CODES:
        yield Column(before(axis), _tenths("o.axes", axis), Holds.VALUE)
    for axis in AXIS_CODES:
        # « 100 » is in the last band; least() would take a missing score for one.
        cut = f"(CASE WHEN s.{axis.lower()} >= 800 THEN 4 ELSE s.{axis.lower()} / 200 END)::smallint"
        yield Column(band(axis), cut, Holds.KEY)
    for name in INDICATOR_BANDS:
        yield Column(indicator(name), _ranked(name), Holds.KEY)
    for key in RESOURCE_KEYS:
        yield Column(amount(key), f"((f.resources ->> '{key}')::numeric * 100)::bigint", Holds.VALUE)
    yield Column("region", "d.region_id::text", Holds.KEY)
    yield Column("size", "c.size_class_id::text", Holds.KEY)
    yield Column("profile", "p.profile", Holds.KEY)
    yield Column("balance", BALANCE, Holds.KEY)
    for axis in AXIS_CODES:
        yield Column(voice(axis), _heard(axis), Holds.KEY)
    yield Column("fragilities", "g.codes", Holds.SET)
    yield Column("alerts", "ARRAY(SELECT x ->> 'code' FROM jsonb_array_elements(p.alerts) x)", Holds.SET)
    yield Column("strengths", "p.strengths", Holds.SET)
    yield Column("weaknesses", "p.weaknesses", Holds.SET)
    yield Column("course", "k.codes", Holds.SET)
    yield Column("method", "m.codes", Holds.SET)
    yield Column("partnerships", "t.codes", Holds.SET)


# A point on the corner of several cells goes to the one where its largest share is smaller: the others sum to 3 or 4.
BALANCE = """CASE WHEN y.h IS NOT NULL THEN concat_ws('-',
    y.h - (y.h + y.f + y.a = 5 AND y.h >= y.f AND y.h >= y.a)::int,
    y.f - (y.h + y.f + y.a = 5 AND y.f > y.h AND y.f >= y.a)::int,
    y.a - (y.h + y.f + y.a = 5 AND y.a > y.h AND y.a > y.f)::int) END"""
COLUMNS: tuple[Column, ...] = tuple(_columns())

_SCORES = ", ".join(f"{_tenths('p.axes', axis)} AS {axis.lower()}" for axis in AXIS_CODES)
_GAPS = ", ".join(
    f"sum(x.gap) FILTER (WHERE x.axis = '{axis}') AS gap_{axis.lower()}, "
    f"count(x.gap) FILTER (WHERE x.axis = '{axis}') AS n_{axis.lower()}"
    for axis in AXIS_CODES
)
# jsonb_to_record and OFFSET 0: each compressed value is opened once a row, and not once a column. The statements,
# the longest, only where there are enough people for two roles to be told.
SOURCES = f"""
FROM %base% b
JOIN diagnostic_campaign c ON c.id = b.campaign
JOIN diagnostic_result r ON r.campaign_id = b.campaign
LEFT JOIN catalogue_department d ON d.code = c.department_id
LEFT JOIN catalogue_sizeclass z ON z.code = c.size_class_id
LEFT JOIN (
  SELECT q.id AS campaign, lag(q.id) OVER (PARTITION BY q.organisation_id ORDER BY q.closed_at, q.id) AS before
  FROM %base% o JOIN diagnostic_campaign q ON q.organisation_id = o.organisation
  WHERE q.state = 'closed' AND EXISTS (SELECT FROM diagnostic_result e WHERE e.campaign_id = q.id)
) l ON l.campaign = b.campaign
LEFT JOIN diagnostic_result w ON w.campaign_id = l.before
LEFT JOIN (
  SELECT a.campaign_id, array_agg(a.fragility_id::text) AS codes
  FROM %base% o JOIN diagnostic_campaign_fragilities a ON a.campaign_id = o.campaign GROUP BY 1
) g ON g.campaign_id = b.campaign
LEFT JOIN (
  SELECT o.organisation, array_agg(DISTINCT h.slug::text) AS codes
  FROM %base% o JOIN accounts_membership n ON n.organisation_id = o.organisation
  JOIN course_learner u ON u.user_id = n.user_id
  JOIN course_progress i ON i.learner_id = u.id AND i.done_at IS NOT NULL
  JOIN course_page h ON h.id = i.page_id AND h.kind = 'step' AND h.sheet IS NOT NULL GROUP BY 1
) k ON k.organisation = b.organisation
LEFT JOIN (
  SELECT o.organisation, array_agg(DISTINCT j.step::text) AS codes
  FROM %base% o JOIN methodology_engagement e ON e.organisation_id = o.organisation
  JOIN (
    SELECT engagement_id, step FROM methodology_stepstate WHERE stage = 'done'
    UNION ALL SELECT engagement_id, step FROM (
      SELECT DISTINCT ON (engagement_id, step) engagement_id, step, verdict
      FROM methodology_validation ORDER BY engagement_id, step, at DESC, id DESC
    ) said WHERE verdict = 'validated'
  ) j ON j.engagement_id = e.id GROUP BY 1
) m ON m.organisation = b.organisation
LEFT JOIN (
  SELECT o.organisation, array_agg(DISTINCT j.value #>> '{{}}') AS codes
  FROM %base% o JOIN methodology_engagement e ON e.organisation_id = o.organisation
  JOIN methodology_item i ON i.engagement_id = e.id AND i.kind = 'partnership' AND i.gone_at IS NULL
  JOIN methodology_field j ON j.item_id = i.id AND j.code = 'type' GROUP BY 1
) t ON t.organisation = b.organisation
CROSS JOIN LATERAL jsonb_to_record(r.payload) AS p (
  axes jsonb, barycentre jsonb, strengths text[], weaknesses text[], indicators jsonb, alerts jsonb, profile text
)
CROSS JOIN LATERAL (SELECT {_SCORES} OFFSET 0) s
CROSS JOIN LATERAL (SELECT floor((p.barycentre ->> 'human')::numeric * 5)::int AS h,
  floor((p.barycentre ->> 'financial')::numeric * 5)::int AS f,
  floor((p.barycentre ->> 'alliances')::numeric * 5)::int AS a OFFSET 0) y
CROSS JOIN LATERAL (SELECT w.payload -> 'axes' AS axes OFFSET 0) o
CROSS JOIN LATERAL (SELECT r.finances -> -1 -> 'resources' AS resources OFFSET 0) f
CROSS JOIN LATERAL (SELECT {_GAPS} FROM (
  SELECT left(q ->> 'code', 1) AS axis,
    (q #>> '{{roles,gouvernance}}')::float8 - (q #>> '{{roles,equipe}}')::float8 AS gap
  FROM jsonb_array_elements(CASE WHEN r.respondent_count >= {2 * ROLE_FROM} THEN r.statements END) q) x) v
"""
# Also once the consent is withdrawn: a report that was given is not taken back.
HELD = """EXISTS (SELECT FROM dashboards_consent x WHERE x.organisation_id = b.organisation AND x.report_given)"""


def extracted(base: str) -> str:
    """The flat rows of the campaigns of ``base``, one an association at most."""
    chosen = ",\n".join(f"{column.sql} AS {column.name}" for column in COLUMNS)
    return f"SELECT b.organisation, b.campaign, {HELD} AS held,\n{chosen}\n{SOURCES.replace('%base%', base)}"


def shared(one: str, other: str) -> str:
    """The columns of a row that is in a cell exactly when both rows ``one`` and ``other`` are in it."""
    return ", ".join(f"{_shared(column, one, other)} AS {column.name}" for column in COLUMNS)


def _shared(column: Column, one: str, other: str) -> str:
    mine, theirs = f"{one}.{column.name}", f"{other}.{column.name}"
    if column.holds is Holds.SET:
        return f"ARRAY(SELECT x FROM unnest({mine}) x WHERE x = ANY({theirs}))"
    same = f"{mine} = {theirs}" if column.holds is Holds.KEY else f"{theirs} IS NOT NULL"
    return f"CASE WHEN {same} THEN {mine} END"
