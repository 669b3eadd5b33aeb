"""What a simulation gives (pure): the shapes of docs/simulateur.md §§ 6–7. Money in whole cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

Years = tuple[int, ...]  # one amount a year
Months = tuple[int, ...]  # one amount a month, 12 times as many


@dataclass(frozen=True, slots=True)
class Pillars:
    """What each pillar carries in a year, never below zero."""

    human: int
    financial: int
    alliances: int

    @property
    def shares(self) -> tuple[Fraction, Fraction, Fraction]:
        """A third each when there is nothing."""
        total = self.human + self.financial + self.alliances
        if not total:
            third = Fraction(1, 3)
            return third, third, third
        return Fraction(self.human, total), Fraction(self.financial, total), Fraction(self.alliances, total)


@dataclass(frozen=True, slots=True)
class AllianceValue:
    """The four terms of one alliance, by year; ``costs``: the whole charges of those years."""

    key: str
    title: str
    avoided: Years
    given: Years
    levered: Years
    engineering: Years
    costs: Years

    @property
    def values(self) -> Years:
        terms = zip(self.avoided, self.given, self.levered, self.engineering, strict=True)
        return tuple(avoided + given + levered - spent for avoided, given, levered, spent in terms)

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """Value over the charges of the year; None without charges."""
        return tuple(Fraction(v, c) if c > 0 else None for v, c in zip(self.values, self.costs, strict=True))

    @property
    def per_euro(self) -> tuple[Fraction | None, ...]:
        """Resources mobilised for one euro of engineering; None without engineering."""
        return tuple(
            Fraction(won, spent) if spent > 0 else None
            for won, spent in zip(self.levered, self.engineering, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What one hypothesis changes, by nature and by year; natures it leaves alone are left out."""

    title: str
    resources: Mapping[str, Years]
    costs: Mapping[str, Years]
    result: Years


@dataclass(frozen=True, slots=True)
class Flows:
    """The terms of the conservation law beside results, over the whole horizon."""

    depreciation: int = 0
    written_back: int = 0
    invested: int = 0
    borrowed: int = 0
    repaid: int = 0
    granted: int = 0


@dataclass(frozen=True, slots=True)
class Projection:
    """``treasury``: at each month’s end; ``lowest``: (month from 1, cents), the first one of several."""

    years: Years
    resources: Mapping[str, Years]
    costs: Mapping[str, Years]
    total_resources: Years
    total_costs: Years
    results: Years
    equity: Years
    treasury: Months
    receipts: Months
    payments: Months
    months_of_cash: tuple[Fraction | None, ...]
    lowest: tuple[int, int]
    break_even_year: int | None
    break_even_sales: tuple[int | None, ...]
    pillars: tuple[Pillars, ...]
    volunteer_hours: tuple[Decimal, ...]
    volunteer_value: Years
    in_kind: Years
    given: Years
    avoided: Years
    levered: Years
    alliances: tuple[AllianceValue, ...]
    effects: Mapping[str, Effect]
    receivables_end: int
    payables_end: int
    flows: Flows = field(default_factory=Flows)

    @property
    def total_result(self) -> int:
        return sum(self.results)


@dataclass(frozen=True, slots=True)
class Risk:
    """Shares of the drawings, 0 to 1: over the whole horizon, and in each year."""

    whole: float
    by_year: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """10th, 50th and 90th centiles; cents."""

    number: int
    treasury_low: Months
    treasury_mid: Months
    treasury_high: Months
    result_low: Years
    result_mid: Years
    result_high: Years
    equity_low: Years
    equity_mid: Years
    equity_high: Years
    under_one: Risk
    under_three: Risk


@dataclass(frozen=True, slots=True)
class Swing:
    """Results of the horizon added up with this hypothesis at its low then its high, the others at their mid;
    ``lowest_low``, ``lowest_high``: the lowest treasury of a month’s end.
    """

    key: str
    title: str
    low: int
    high: int
    lowest_low: int
    lowest_high: int

    @property
    def width(self) -> int:
        return abs(self.high - self.low)
