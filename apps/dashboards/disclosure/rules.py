"""Thresholds, and how a number is rounded before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

LEAST_K = 5
# A quarter of the associations on each side of a quartile: each quarter is a group of its own.
QUARTERS = 4
# Points of a hundred: what a reader may at most be left to guess of one association from a mean.
ROOM = 50
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Rules:
    """``p``: the p % rule, a secret of the operator; None leaves the dominance rule alone. ValueError below five."""

    k: int = 11
    rounding: int = 5
    dominance: Fraction = Fraction(85, 100)
    p: Fraction | None = None

    def __post_init__(self) -> None:
        if self.k < LEAST_K:
            raise ValueError(f"k may not go below {LEAST_K}")

    def need(self, held: int = 0) -> int:
        """Associations a group must count: each of them knows its own answer, and ``held`` told theirs to a funder."""
        return self.k + 1 + held

    def least(self, held: int = 0) -> int:
        """Associations from which a cell is shown: as many as ``need``, and never printed as a number under k."""
        first = self.need(held)
        return next(
            n for n in range(first, first + self.rounding + 1) if round_count(n, self.rounding) >= self.k
        )

    def as_json(self) -> dict[str, int]:
        """What may be published of them: p is not."""
        return {"k": self.k, "rounding": self.rounding, "dominance": int(self.dominance * 100)}


def round_count(n: int, base: int = 5) -> int:
    """To the nearest ``base``: 12 gives 10, 13 gives 15."""
    return (n + base // 2) // base * base


def whole(value: Fraction) -> int:
    """Half up."""
    return floor(value + Fraction(1, 2))


def nearest_five(value: Fraction) -> int:
    return floor(value / 5 + Fraction(1, 2)) * 5


def band(total: Fraction) -> tuple[int, int]:
    """Euros: the step of 1, 2, 5, 10… thousands that holds ``total`` (lower bound in)."""
    if total < THOUSAND:
        return 0, THOUSAND
    low = THOUSAND
    while True:
        for step, following in ((1, 2), (2, 5), (5, 10)):
            if total < low * following:
                return low * step, low * following
        low *= 10


TOO_CLOSE = (
    "Cette publication compterait, à quelques associations près, les mêmes qu’une autre déjà parue\u202f: en les "
    "comparant, on trouverait ces quelques-unes. Attendez que l’écart grandisse."
)
TOO_CLOSE_TOGETHER = (
    "Cette publication et d’autres déjà parues, mises ensemble, compteraient les mêmes associations à quelques-unes "
    "près\u202f: en les comparant, on les trouverait. Attendez que l’écart grandisse."
)


def refused(
    n: int, elsewhere: Mapping[str, int], rules: Rules, held: int = 0, together: bool = False
) -> str | None:
    """Why a whole release may not be published, in French; None when it may.

    ``elsewhere``: by published release of another scope, the associations counted in one of the two only (rule 9);
    ``together``: what ``leaves_few_together`` says.
    """
    need, least = rules.need(held), rules.least(held)
    if n < least:
        return (
            f"Cette publication compterait moins de {least}\u00a0associations dont les réponses sont inconnues de qui "
            "lit\u202f: même une moyenne de toutes en dirait trop. Elle sera possible quand davantage auront répondu."
        )
    if any(0 < moved < need for moved in elsewhere.values()):
        return TOO_CLOSE
    return TOO_CLOSE_TOGETHER if together else None
