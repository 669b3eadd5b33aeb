"""Where an amount falls, and the round amounts of an axis (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from apps.core.typography import euros, number

ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Cents → a place between ``start`` (of ``low``) and ``end`` (of ``high``)."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, amounts: Iterable[float], start: float, end: float) -> Scale:
        """Zero is always on it."""
        found = [0.0, *map(float, amounts)]
        low, high = min(found), max(found)
        return cls(low, high if high > low else low + 1, start, end)

    def at(self, amount: float) -> float:
        return self.start + (amount - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, wanted: int = 4) -> list[int]:
        """Round amounts, zero among them."""
        rough = (self.high - self.low) / wanted
        power = 10 ** floor(log10(rough)) if rough > 0 else 1
        step = max(1, round(next(part * power for part in ROUND if part * power >= rough * 0.999)))
        first = -(-round(self.low) // step) * step
        return list(range(first, floor(self.high) + 1, step))


def short(cents: int) -> str:
    """Of an axis: « 50 k€ », « −1,5 M€ », « 800 € »."""
    size = abs(cents)
    if size >= 100_000_000:
        return f"{number(Fraction(cents, 100_000_000))}\u202fM€"
    if size >= 100_000:
        return f"{number(Fraction(cents, 100_000))}\u202fk€"
    return euros(Fraction(cents, 100))
