"""What a result may show of its respondents (``diagnostic.md`` § 3.3). Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from apps.diagnostic.scoring.answers import Copy, StatementStats, statement_stats
from apps.diagnostic.scoring.rounding import maybe

MEDIAN_FROM = 3
RANGE_FROM = 5
ROLE_FROM = 3


def nearest_half(value: Fraction) -> float:
    return floor(value * 2 + Fraction(1, 2)) / 2


def role_means(code: str, copies: Sequence[Copy]) -> dict[str, float]:
    """Means to the nearest half level of the roles with at least three numeric answers."""
    by_role: dict[str, list[int]] = {}
    for copy in copies:
        reply = copy.answers.get(code)
        if isinstance(reply, int):
            by_role.setdefault(copy.role, []).append(reply)
    return {
        role: nearest_half(Fraction(sum(values), len(values)))
        for role, values in sorted(by_role.items())
        if len(values) >= ROLE_FROM
    }


def statement_row(row: StatementStats, copies: Sequence[Copy]) -> dict[str, Any]:
    medians, ranges = len(copies) >= MEDIAN_FROM, len(copies) >= RANGE_FROM
    return {
        "code": row.code,
        "applicable": row.applicable,
        "median": maybe(row.median, 1) if medians else None,
        "spread": row.spread if medians else None,
        "low": min(row.values) if ranges and len(row.values) >= 2 else None,
        "high": max(row.values) if ranges and len(row.values) >= 2 else None,
        "roles": role_means(row.code, copies) if ranges else {},
    }


def statement_rows(statements: Sequence[tuple[str, str]], copies: Sequence[Copy]) -> list[dict[str, Any]]:
    """One row per statement: code, applicable, median, spread, low, high, roles; None or {} when hidden."""
    return [statement_row(row, copies) for row in statement_stats(statements, copies)]


def public_outcome(outcome: Mapping[str, Any], respondents: int) -> dict[str, Any]:
    """The outcome without what would tell one of two people what the other answered."""
    if respondents >= MEDIAN_FROM:
        return dict(outcome)
    return {**outcome, "strengths": [], "weaknesses": [], "divergences": []}
