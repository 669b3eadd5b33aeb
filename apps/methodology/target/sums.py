"""Years of accounts: totals, and whether the parts make the whole (pure). Amounts in euros, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.bars import share_text
from apps.core.typography import join_list
from apps.methodology.tools.photograph import COSTS, RESOURCES

RESOURCE_CODES = tuple(code for code, _ in RESOURCES)
COST_CODES = tuple(code for code, _ in COSTS)
CODES = {"costs": COST_CODES, "resources": RESOURCE_CODES}
NAMES = {"costs": "des charges", "resources": "des ressources"}


@dataclass(frozen=True, slots=True)
class Year:
    """``scope``: the key of an activity, "" for the whole. Amounts that nobody typed are left out."""

    year: int
    scope: str
    amounts: Mapping[str, Decimal]

    def total(self, what: str) -> Decimal | None:
        """``what``: a key of ``CODES``. None when nothing was typed."""
        typed = [self.amounts[code] for code in CODES[what] if code in self.amounts]
        return sum(typed, Decimal(0)) if typed else None

    @property
    def result(self) -> Decimal | None:
        resources, costs = self.total("resources"), self.total("costs")
        return None if resources is None or costs is None else resources - costs

    def blanks(self) -> int:
        return sum(code not in self.amounts for code in (*RESOURCE_CODES, *COST_CODES))


def doubles(years: Iterable[Year]) -> list[int]:
    """Years typed twice for one scope, in order."""
    seen: set[tuple[int, str]] = set()
    twice = set()
    for year in years:
        if (year.year, year.scope) in seen:
            twice.add(year.year)
        seen.add((year.year, year.scope))
    return sorted(twice)


def checks(years: Sequence[Year], activities: Sequence[str]) -> list[str]:
    """A sentence a year where activities and whole can be compared, oldest first. ``activities``: keys that count."""
    said = []
    for number in sorted({year.year for year in years}):
        whole = next((year for year in years if year.year == number and not year.scope), None)
        parts = [year for year in years if year.year == number and year.scope in activities]
        if parts:
            said.append(_compared(number, whole, parts))
    return [sentence for sentence in said if sentence]


def _compared(number: int, whole: Year | None, parts: Sequence[Year]) -> str:
    shares = {what: share for what in CODES if (share := _share(what, whole, parts)) is not None}
    if not shares:
        typed = any(part.total(what) is not None for part in parts for what in CODES)
        return f"En {number}, des activités ont leurs montants, l’ensemble pas encore." if typed else ""
    said = join_list(
        f"{share_text(share) if share <= 1 else over(share)} {NAMES[what]}" for what, share in shares.items()
    )
    if max(shares.values()) > 1:
        return f"En {number}, les activités font {said} de l’ensemble : c’est plus que le tout, un montant est compté deux fois ou l’ensemble est incomplet."
    return f"En {number}, les activités font {said} de l’ensemble."


def over(share: Fraction) -> str:
    """« 112 % »; a little more than the whole never reads « 100 % »."""
    said = share_text(share)
    return f"un peu plus de {said}" if share < Fraction(1005, 1000) else said


def _share(what: str, whole: Year | None, parts: Sequence[Year]) -> Fraction | None:
    base = whole.total(what) if whole else None
    typed = [total for part in parts if (total := part.total(what)) is not None]
    return Fraction(sum(typed, Decimal(0))) / Fraction(base) if base and typed else None
