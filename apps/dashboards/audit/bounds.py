"""Feasible intervals of unknown counts under linear equations (pure).

Each equation says Σ coefficient × unknown ∈ [low, high]. Bounds are tightened until nothing moves. On equations that share
no more than one unknown, as those of a table and its total, this gives the exact bounds of the linear programme; on
others it may stay wider than them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Interval = tuple[Fraction, Fraction]
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Equation:
    """``terms``: by unknown, the least and the most of its coefficient, both ≥ 0."""

    terms: Mapping[Hashable, Interval]
    low: Fraction
    high: Fraction


ONE: Interval = (Fraction(1), Fraction(1))


def sum_of(unknowns: Sequence[Hashable], low: Fraction, high: Fraction) -> Equation:
    return Equation(dict.fromkeys(unknowns, ONE), low, high)


def tighten(start: Mapping[Hashable, Interval], equations: Sequence[Equation]) -> dict[Hashable, Interval]:
    """The bounds of each unknown, whole numbers. An equation that contradicts the others is given up."""
    known = dict(start)
    for _ in range(ROUNDS):
        before = dict(known)
        for equation in equations:
            _narrow(known, equation)
        if known == before:
            break
    return known


def _narrow(known: dict[Hashable, Interval], equation: Equation) -> None:
    least = sum((c[0] * known[u][0] for u, c in equation.terms.items()), Fraction())
    most = sum((c[1] * known[u][1] for u, c in equation.terms.items()), Fraction())
    for unknown, (small, large) in equation.terms.items():
        low, high = known[unknown]
        others_least, others_most = least - small * low, most - large * high
        new_low = max(low, Fraction(ceil((equation.low - others_most) / large))) if large else low
        new_high = min(high, Fraction(floor((equation.high - others_least) / small))) if small else high
        if new_low <= new_high:
            known[unknown] = (new_low, new_high)
            least, most = others_least + small * new_low, others_most + large * new_high


def minus(one: Interval, other: Interval) -> Interval:
    return one[0] - other[1], one[1] - other[0]


def plus(intervals: Sequence[Interval]) -> Interval:
    return (
        sum((low for low, _ in intervals), Fraction()),
        sum((high for _, high in intervals), Fraction()),
    )
