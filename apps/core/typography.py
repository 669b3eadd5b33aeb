"""French numbers, dates, lists and names (pure). A missing value is the caller's matter: no None here."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from apps.core.elision import de, elide
from apps.core.microtypography import NARROW, NO_BREAK, nbsp

__all__ = [
    "Number", "count", "date_long", "date_range", "de", "elide", "euros", "join_list", "months", "nbsp",
    "number", "percent", "plural", "points", "season", "time_short",
]  # fmt: skip

Number = int | float | Decimal | Fraction

MINUS = "\u2212"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MOST_DECIMALS = 3


@lru_cache(maxsize=4096, typed=True)
def exact(value: Number) -> Fraction:
    """The number as it is written: 0.285 is 285/1000, not the nearest binary. ValueError when not finite."""
    try:
        return Fraction(Decimal(repr(value))) if isinstance(value, float) else Fraction(value)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"not a finite number: {value!r}") from error


def rounded(value: Number, decimals: int) -> Fraction:
    """Half up, away from zero: 0.5 gives 1 and −0.5 gives −1."""
    scaled = exact(value) * 10**decimals
    size = (2 * abs(scaled) + 1) // 2
    return Fraction(-size if scaled < 0 else size, 10**decimals)


@lru_cache(
    maxsize=4096, typed=True
)  # a page writes the same few hundred numbers, and exact fractions are slow
def number(value: Number, decimals: int | None = None) -> str:
    """« 1 234,5 ». Without `decimals`, what the value holds, three at most, no trailing zero."""
    places = MOST_DECIMALS if decimals is None else decimals
    result = rounded(value, places)
    whole, part = divmod(abs(result) * 10**places, 10**places)
    digits = f"{int(part):0{places}d}" if places else ""
    if decimals is None:
        digits = digits.rstrip("0")
    return (
        (MINUS if result < 0 else "") + f"{whole:,}".replace(",", NARROW) + (f",{digits}" if digits else "")
    )


def percent(share: Number, decimals: int = 0) -> str:
    """A share of one: 0.444 gives « 44 % »."""
    return f"{number(exact(share) * 100, decimals)}{NARROW}%"


def euros(value: Number, decimals: int = 0) -> str:
    return f"{number(value, decimals)}{NARROW}€"


def months(value: Number) -> str:
    """« 2,1 mois », « 2 mois »: one decimal at most."""
    return f"{number(rounded(value, 1))}{NO_BREAK}mois"


def points(value: Number) -> str:
    """« 30,4 points », « 1 point »: one decimal at most."""
    return count(rounded(value, 1), "point", "points")


def plural(n: Number, singular: str, plural: str) -> str:
    """The word alone. In French the plural starts at two: « 1,9 point »."""
    return plural if abs(exact(n)) >= 2 else singular


def count(n: Number, singular: str, plural_form: str) -> str:
    """The number and its word: « 7 personnes »."""
    return f"{number(n)}{NO_BREAK}{plural(n, singular, plural_form)}"


def _day(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _day_month(value: date) -> str:
    return f"{_day(value.day)}{NO_BREAK}{MONTHS[value.month - 1]}"


def date_long(value: date) -> str:
    """« 5 octobre 2026 », « 1er mars 2026 »."""
    return f"{_day_month(value)} {value.year}"


def day_and_hour(value: datetime) -> str:
    """A local moment: « le 28 novembre 2026 à 7 h 05 »."""
    return f"le {date_long(value)} à {time_short(value)}"


def date_range(start: date, end: date) -> str:
    """« du 5 octobre au 20 novembre 2026 », shortened where it can be. ValueError when reversed."""
    first, last = (date(d.year, d.month, d.day) for d in (start, end))
    if last < first:
        raise ValueError("the end comes before the start")
    if first == last:
        return f"le {date_long(first)}"
    if first.year != last.year:
        begin = date_long(first)
    elif first.month != last.month:
        begin = _day_month(first)
    else:
        begin = _day(first.day)
    return f"du {begin} au {date_long(last)}"


def season(value: date) -> str:
    """« automne 2026 ». Whole months; « hiver 2026-2027 » holds two years, so that no two share a name."""
    if value.month in (12, 1, 2):
        first = value.year if value.month == 12 else value.year - 1
        return f"hiver {first}-{first + 1}"
    return f"{('printemps', 'été', 'automne')[value.month // 3 - 1]} {value.year}"


def time_short(value: datetime | time) -> str:
    """« 18 h 42 », « 9 h ». The caller gives local time."""
    hour = f"{value.hour}{NO_BREAK}h"
    return f"{hour}{NO_BREAK}{value.minute:02d}" if value.minute else hour


def join_list(items: Iterable[object]) -> str:
    """« a, b et c »."""
    *head, last = [str(item) for item in items] or [""]
    return f"{', '.join(head)} et {last}" if head else last
