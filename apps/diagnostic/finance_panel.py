"""The list of years of accounts, and which ones may be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from apps.diagnostic.models import FinanceYear
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.diagnostic.scoring.case import FIGURES
from apps.diagnostic.services.finances import MOST_YEARS, TOO_MANY

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class YearSummary:
    """``resources`` is None when a category is unknown; ``given`` counts the figures."""

    year: int
    charges: Decimal | None
    resources: Decimal | None
    result: Decimal | None
    given: int
    total: int


def summary(row: FinanceYear) -> YearSummary:
    amounts = [getattr(row, key) for key in RESOURCE_KEYS]
    known = [a for a in amounts if a is not None]
    figures = [getattr(row, key) for key in FIGURES]
    return YearSummary(
        year=row.year,
        charges=row.charges,
        resources=sum(known, Decimal(0)) if len(known) == len(amounts) else None,
        result=row.result,
        given=len(known) + sum(f is not None for f in figures),
        total=len(RESOURCE_KEYS) + len(FIGURES),
    )


def year_refusal(asked: str, years: Sequence[FinanceYear]) -> str:
    """Why this year cannot be added, or ""."""
    this_year = timezone.localdate().year
    if len(asked) != 4 or not asked.isdecimal() or not FIRST_YEAR <= int(asked) <= this_year:
        return f"Écrivez une année en quatre chiffres, entre {FIRST_YEAR} et {this_year}."
    known = [y.year for y in years]
    if int(asked) not in known and len(known) >= MOST_YEARS:
        return TOO_MANY
    return ""


def add_choices(years: Sequence[FinanceYear]) -> list[int]:
    """The last closed years that are not given yet, newest first."""
    last = timezone.localdate().year - 1
    known = {y.year for y in years}
    return [year for year in range(last, last - MOST_YEARS - 1, -1) if year not in known][
        : MOST_YEARS - len(known)
    ]
