"""Counting as a spreadsheet counts (pure): an empty cell is nothing and zero at once, a half goes away from zero."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.simulator.workbook.formula import Formula

Result = float | Decimal | str | bool | date | None
# A spreadsheet shows fifteen digits of a number, and rounds what it shows: 1.005 is a half, whatever its last bits.
FIFTEEN = Context(prec=15)


def number(value: Result) -> float:
    """What arithmetic makes of a value: an empty cell is zero."""
    if isinstance(value, str | date):
        raise TypeError(f"not a number: {value!r}")
    return 0.0 if value is None else float(value)


def compared(sign: str, left: Result, right: Result) -> bool:
    """An empty cell equals both an empty text and zero."""
    if isinstance(left, str) or isinstance(right, str):
        a, b = left if left is not None else "", right if right is not None else ""
        if sign not in ("=", "<>"):
            raise TypeError("texts have no order here")
        return (type(a) is type(b) and a == b) == (sign == "=")
    x, y = number(left), number(right)
    return {"=": x == y, "<>": x != y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[sign]


def rounded(value: float, places: int) -> float:
    exact = FIFTEEN.create_decimal_from_float(value)
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def numbers(arguments: tuple[Formula, ...]) -> list[float]:
    """As a spreadsheet adds: texts and empty cells do not count."""
    values = (value for one in arguments for value in one.values())
    return [number(value) for value in values if not isinstance(value, str | date | None)]


def truths(arguments: tuple[Formula, ...]) -> list[bool]:
    """A spreadsheet counts every argument, even when the first one decides."""
    return [bool(one.result()) for one in arguments]


def _if(arguments: tuple[Formula, ...]) -> Result:
    return arguments[1].result() if arguments[0].result() else arguments[2].result()


def _index(arguments: tuple[Formula, ...]) -> Result:
    return arguments[0].values()[int(number(arguments[1].result())) - 1]


def _match(arguments: tuple[Formula, ...]) -> Result:
    """Third argument 0: the first that is equal."""
    return float(arguments[1].values().index(arguments[0].result()) + 1)


def _day(arguments: tuple[Formula, ...]) -> date:
    day = arguments[0].result()
    if not isinstance(day, date):
        raise TypeError(f"not a day: {day!r}")
    return day


FUNCTIONS: dict[str, Callable[[tuple[Formula, ...]], Result]] = {
    "ROUND": lambda a: rounded(number(a[0].result()), int(number(a[1].result()))),
    "SUM": lambda a: math.fsum(numbers(a)),
    "MIN": lambda a: min(numbers(a)),
    "MAX": lambda a: max(numbers(a)),
    "ABS": lambda a: abs(number(a[0].result())),
    "INT": lambda a: float(math.floor(number(a[0].result()))),
    "MOD": lambda a: number(a[0].result()) % number(a[1].result()),
    "IF": _if,
    "AND": lambda a: all(truths(a)),
    "OR": lambda a: any(truths(a)),
    "INDEX": _index,
    "MATCH": _match,
    "YEAR": lambda a: float(_day(a).year),
    "MONTH": lambda a: float(_day(a).month),
}
