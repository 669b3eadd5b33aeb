"""A slider for each hypothesis that has a low and a high (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import gcd

from apps.core.typography import number as figure
from apps.methodology.simulation import words
from apps.methodology.simulation.reading import Said
from apps.simulator.sorts import SORTS

FEWEST_STEPS = 50
NICE = (5, 2, 1)


@dataclass(frozen=True, slots=True)
class Slider:
    """``at``: what is tried, as typed in the page (a point); ``step`` reaches low, mid and high exactly."""

    said: Said
    label: str
    unit: str
    is_signed: bool
    low: str
    mid: str
    high: str
    low_words: str
    high_words: str
    at: str
    at_words: str
    step: str
    is_tried: bool
    base: int  # version of the field that « keep » writes

    @property
    def key(self) -> str:
        return self.said.hypothesis.key


def slider(said: Said, at: Decimal | None = None) -> Slider | None:
    """None for a hypothesis left out of the calculation, or that has one value only."""
    one = said.hypothesis
    low, high = one.bounds
    if not said.counts or low == high:
        return None
    sort = SORTS[one.sort]
    value = one.mid if at is None else at
    return Slider(
        said,
        sort.main.label,
        sort.main.unit,
        sort.main.is_signed,
        plain(low),
        plain(one.mid),
        plain(high),
        figure(low),
        figure(high),
        plain(value),
        words.value(one, value),
        plain(step(low, one.mid, high)),
        at is not None and at != one.mid,
        said.row.versions.get("mid", 0),
    )


def plain(value: Decimal) -> str:
    """Never « 1E+3 »."""
    return f"{value.normalize():f}" if value else "0"


def step(low: Decimal, mid: Decimal, high: Decimal) -> Decimal:
    """The largest of 1, 2, 5, 10… that falls on the three values, with fifty steps at least."""
    below, whole = int((mid - low) * 100), int((high - low) * 100)
    common = gcd(below, whole)
    power = 10 ** max(0, len(str(whole)))
    while power:
        for nice in NICE:
            size = nice * power
            if size * FEWEST_STEPS <= whole and common % size == 0:
                return Decimal(size) / 100
        power //= 10
    return Decimal("0.01")
