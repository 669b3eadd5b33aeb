"""Two ways to count (pure): to the cent as the page shows, or loosely in floats for the ten thousand drawings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol

Amount = Any  # cents: Fraction or int when exact, float when loose


def rounded(value: Fraction | int) -> int:
    """To the nearest whole, halves away from zero: a spreadsheet’s ROUND."""
    return divided(value.numerator, value.denominator)


def divided(top: int, bottom: int) -> int:
    """``top`` over ``bottom``, which is above zero, rounded in the same way."""
    whole = (2 * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def parts(total: int, count: int) -> list[int]:
    """``total`` in ``count`` equal parts, added up by roundings: their sum is the total."""
    sign, size = (1 if total >= 0 else -1), abs(total)
    marks = [sign * ((2 * size * i + count) // (2 * count)) for i in range(count + 1)]
    return [after - before for before, after in pairwise(marks)]


class Counting(Protocol):
    def of(self, value: Decimal | int) -> Amount: ...
    def round(self, value: Amount) -> Amount: ...
    def months(self, yearly: Amount, count: int) -> Amount: ...
    def parts(self, total: Amount, count: int) -> list[Amount]: ...


class Exact:
    def of(self, value: Decimal | int) -> Fraction:
        return Fraction(value)

    def round(self, value: Amount) -> int:
        return rounded(value)

    def months(self, yearly: Amount, count: int) -> int:
        """So many months of a year’s amount."""
        return divided(yearly.numerator * count, yearly.denominator * 12)

    def parts(self, total: Amount, count: int) -> list[Amount]:
        return list(parts(int(total), count))


class Loose:
    def of(self, value: Decimal | int) -> float:
        return float(value)

    def round(self, value: Amount) -> float:
        return float(value)

    def months(self, yearly: Amount, count: int) -> float:
        return float(yearly * count / 12)

    def parts(self, total: Amount, count: int) -> list[Amount]:
        return [total / count] * count


EXACT, LOOSE = Exact(), Loose()
