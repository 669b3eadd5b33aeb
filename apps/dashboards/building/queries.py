"""The statements that make each table out of flat rows: one grouped SELECT, the columns side by side (pure)."""

# ruff: noqa: S608 - every name put in a statement is written in this app

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.dashboards.building.columns import AXIS_CODES, amount, band, before, indicator, score, voice
from apps.dashboards.tables import BANDS, INDICATOR_BANDS, SCORE_BANDS, VOICES, Kind, Rows, Table
from apps.diagnostic.scoring import RESOURCE_KEYS

EVERYBODY = "tout"
WITH_EMPLOYEES, WITHOUT_EMPLOYEES = "salaries-oui", "salaries-non"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column. ``where``: the association is in the cell; ``value``: the SQL of what is told of them, "" for a count.

    ``row``: the key of its row, where rows are measures.
    """

    column: str
    where: str
    value: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """``row``: the SQL of the row's key, "" when each measure has its own. ``unnested``: sets, a row an element."""

    measures: Sequence[Measure]
    row: str = ""
    unnested: str = ""

    def whole(self, source: str) -> str:
        """Row (when there is one), then n, held and value (when there is one) of each measure."""
        parts: list[str] = []
        for one in self.measures:
            parts += [f"count(*) FILTER (WHERE {one.where})", f"count(*) FILTER (WHERE held AND {one.where})"]
            parts += [one.value] if one.value else []
        return self._select(source, (), parts)

    def counts(self, source: str) -> str:
        """``side`` of the source, row (when there is one), then n of each measure."""
        return self._select(source, ("side",), [f"count(*) FILTER (WHERE {m.where})" for m in self.measures])

    def _select(self, source: str, keys: Sequence[str], parts: Sequence[str]) -> str:
        keys = (*keys, self.row) if self.row else tuple(keys)
        table = f"{source} CROSS JOIN LATERAL unnest({self.unnested}) AS element" if self.unnested else source
        known = f" WHERE {self.row} IS NOT NULL" if self.row else ""
        grouped = f" GROUP BY {', '.join(str(place + 1) for place in range(len(keys)))}" if keys else ""
        return f"SELECT {', '.join((*keys, *parts))} FROM {table}{known}{grouped}"


THERE = (Measure("n", "TRUE"),)
MEANS = tuple(Measure(axis, f"{score(axis)} IS NOT NULL", f"sum({score(axis)})") for axis in AXIS_CODES)
QUARTILES = tuple(
    Measure(
        axis,
        f"{score(axis)} IS NOT NULL",
        f"percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY {score(axis)})",
    )
    for axis in AXIS_CODES
)
COHORTS = (
    f"'{EVERYBODY}'::text",
    f"CASE WHEN has_employees THEN '{WITH_EMPLOYEES}' WHEN NOT has_employees THEN '{WITHOUT_EMPLOYEES}' END",
    "size",
)
ROW_OF: dict[Rows, str] = {
    Rows.EVERYBODY: f"'{EVERYBODY}'::text",
    Rows.REGIONS: "region",
    Rows.SIZES: "size",
    Rows.PROFILES: "profile",
    Rows.BALANCES: "balance",
}
SETS: dict[Rows, str] = {
    Rows.FRAGILITIES: "fragilities",
    Rows.ALERTS: "alerts",
    Rows.PARTNERSHIPS: "partnerships",
    Rows.COURSE_STEPS: "course",
    Rows.METHOD_STEPS: "method",
}
STATEMENTS = {"forces": "strengths", "fragiles": "weaknesses"}


def score_bands() -> list[Measure]:
    return [
        Measure(column.key, f"{band(axis)} = {rank}", row=axis)
        for axis in AXIS_CODES
        for rank, column in enumerate(SCORE_BANDS)
    ]


def voices() -> list[Measure]:
    return [
        Measure(said.key, f"{voice(axis)} = '{said.key}'", row=axis) for axis in AXIS_CODES for said in VOICES
    ]


def finance_bands() -> list[Measure]:
    return [
        Measure(column.key, f"{indicator(name)} = {rank}", row=name)
        for name in INDICATOR_BANDS
        for rank, column in enumerate(BANDS, 1)
    ]


def amounts() -> list[Measure]:
    return [
        Measure("total", f"{amount(key)} IS NOT NULL", f"sum({amount(key)})", row=key)
        for key in RESOURCE_KEYS
    ]


def changes() -> list[Measure]:
    """Both columns are of the same associations: those that have both scores."""
    found = []
    for axis in AXIS_CODES:
        both = f"({before(axis)} IS NOT NULL AND {score(axis)} IS NOT NULL)"
        for column, of in (("before", before(axis)), ("now", score(axis))):
            found.append(Measure(column, both, f"sum({of}) FILTER (WHERE {both})", row=axis))
    return found


MEASURED: dict[str, Callable[[], Sequence[Measure]]] = {
    "distribution-axes": score_bands,
    "regards": voices,
    "finances": finance_bands,
    "ressources": amounts,
    "evolution": changes,
}


def queries(table: Table) -> list[Query]:
    """One, but for the quartiles: each of their three cuts is a query."""
    if table.key in MEASURED:
        return [Query(MEASURED[table.key]())]
    if table.kind is Kind.QUARTILES:
        return [Query(QUARTILES, row) for row in COHORTS]
    measures = MEANS if table.kind is Kind.MEANS else THERE
    unnested = STATEMENTS.get(table.key) or SETS.get(table.rows, "")
    return [Query(measures, "element" if unnested else ROW_OF[table.rows], unnested)]


def sql_of(table: Table) -> str:
    """What counts a table, as an operator reads it; ``release_flat`` has one row an association."""
    said = [query.whole("release_flat") for query in queries(table)]
    return ";\n\n".join([*said, *([largest("release_flat")] if table.kind is Kind.AMOUNTS else [])])


def largest(source: str) -> str:
    """(resource, amount): the two largest of each, the largest first."""
    return " UNION ALL ".join(
        f"(SELECT '{key}', {amount(key)} FROM {source} WHERE {amount(key)} IS NOT NULL "
        f"ORDER BY {amount(key)} DESC LIMIT 2)"
        for key in RESOURCE_KEYS
    )
