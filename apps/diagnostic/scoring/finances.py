"""Financial indicators and alerts. A missing figure gives a missing indicator, never zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

RESOURCE_KEYS = (
    "cotisations",
    "ventes",
    "commande_publique",
    "subv_etat",
    "subv_region",
    "subv_departement",
    "subv_bloc_communal",
    "subv_europe",
    "dons",
    "mecenat",
    "fondations",
    "financiers",
)
ANNUAL_HOURS = 1607

Amount = Fraction | None


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figures in euros (hours and full-time equivalents for people); None when unknown."""

    year: int
    figures: Mapping[str, Amount]
    resources: Mapping[str, Amount]

    def get(self, key: str) -> Amount:
        return self.figures.get(key)

    @property
    def total(self) -> Amount:
        """Sum of the twelve categories; unknown as soon as one of them is."""
        amounts = [self.resources.get(key) for key in RESOURCE_KEYS]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Fraction()) if len(known) == len(amounts) else None

    @property
    def public_subsidies(self) -> Amount:
        amounts = [self.resources.get(key) for key in RESOURCE_KEYS if key.startswith("subv_")]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Fraction()) if len(known) == len(amounts) else None


def divide(numerator: Amount, denominator: Amount) -> Amount:
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return numerator / denominator


def plus(left: Amount, right: Amount) -> Amount:
    return None if left is None or right is None else left + right


def months(stock: Amount, yearly: Amount) -> Amount:
    return divide(stock, None if yearly is None else yearly / 12)


def concentration(year: Year) -> Amount:
    shares = [divide(year.resources.get(key), year.total) for key in RESOURCE_KEYS]
    known = [share for share in shares if share is not None]
    return sum((share**2 for share in known), Fraction()) if len(known) == len(shares) else None


def indicators(years: Sequence[Year]) -> dict[str, Amount]:
    """Exact indicators of the latest year, in the order of ``expected.indicators``."""
    ordered = sorted(years, key=lambda y: y.year)
    last = ordered[-1] if ordered else Year(0, {}, {})
    depreciation = last.get("depreciation")
    spent = plus(last.get("charges"), None if depreciation is None else -depreciation)
    hhi = concentration(last)
    volunteers = divide(last.get("volunteer_hours"), Fraction(ANNUAL_HOURS))
    first = ordered[0] if len(ordered) >= 2 else Year(0, {}, {})
    growth = divide(last.total, first.total)
    return {
        "months_of_cash": months(last.get("treasury"), spent),
        "months_of_equity": months(last.get("equity"), last.get("charges")),
        "top_funder_share": divide(last.get("top_funder"), last.total),
        "resource_concentration": hhi,
        "effective_sources": divide(Fraction(1), hhi),
        "public_subsidy_share": divide(last.public_subsidies, last.total),
        "public_order_share": divide(last.resources.get("commande_publique"), last.total),
        "multi_year_share": divide(last.get("multi_year"), last.total),
        "payroll_share": divide(last.get("payroll"), last.get("charges")),
        "volunteer_fte": volunteers,
        "volunteer_per_employee": divide(volunteers, last.get("employees_fte")),
        "in_kind_share": divide(last.get("in_kind"), plus(last.get("charges"), last.get("in_kind"))),
        "resources_change": None if growth is None else growth - 1,
    }


def losses_in_a_row(years: Sequence[Year]) -> int:
    count = 0
    for year in sorted(years, key=lambda y: y.year, reverse=True):
        result = year.get("result")
        if result is None or result >= 0:
            break
        count += 1
    return count


def alerts(years: Sequence[Year], years_since_board_renewal: int | None) -> list[tuple[str, str]]:
    """(code, level) in the order of ``diagnostic.md`` § 2.7; thresholds on unrounded values."""
    found: list[tuple[str, str]] = []
    values = indicators(years)
    last = max(years, key=lambda y: y.year) if years else Year(0, {}, {})
    cash, equity, top = values["months_of_cash"], last.get("equity"), values["top_funder_share"]
    if cash is not None and cash < 1:
        found.append(("cash_critical", "red"))
    elif cash is not None and cash < 3:
        found.append(("cash_tight", "orange"))
    if equity is not None and equity < 0:
        found.append(("negative_equity", "red"))
    losses = losses_in_a_row(years)
    if losses >= 2:
        found.append(("repeated_losses", "red" if losses >= 3 else "orange"))
    if top is not None and top > Fraction(1, 2):
        found.append(("funder_dependency", "orange"))
    if years_since_board_renewal is not None and years_since_board_renewal > 6:
        found.append(("board_not_renewed", "orange"))
    return found
