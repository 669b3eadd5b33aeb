"""What is simulated (pure): the shapes of docs/simulateur.md §§ 1–2. Money in whole cents, rates in per cent as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

RESOURCES = (
    "cotisations", "ventes", "commande_publique", "subv_etat", "subv_region", "subv_departement",
    "subv_bloc_communal", "subv_europe", "dons", "mecenat", "fondations", "financiers", "autres_produits",
)  # fmt: skip
COSTS = (
    "payroll", "purchases", "services", "outside_services", "taxes", "depreciation", "other_costs",
)  # fmt: skip
FEWEST_YEARS, MOST_YEARS = 3, 7


@dataclass(frozen=True, slots=True)
class Base:
    """The year ``year`` = B. ``amounts``: a code of RESOURCES or COSTS → cents; what is left out is zero."""

    year: int
    amounts: Mapping[str, int]
    treasury: int = 0
    equity: int = 0
    receivables: int = 0
    payables: int = 0
    volunteer_hours: Decimal = Decimal(0)
    in_kind: int = 0

    def of(self, code: str) -> int:
        return self.amounts.get(code, 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """Delays in months; ``hour_value`` in cents."""

    years: int = 5
    delay_public: int = 0
    delay_sales: int = 0
    delay_suppliers: int = 0
    public_month: int | None = None
    settle_months: int = 3
    hour_value: int = 0
    with_in_kind: bool = True

    @property
    def months(self) -> int:
        return 12 * self.years


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """``sort``: a key of ``sorts.SORTS``. ``amounts``: the other quantities of the sort, as typed (euros, %, months, years);
    those left empty are left out. ``choices``: ``nature`` and ``saved_on``.
    """

    key: str
    sort: str
    title: str
    mid: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    starts: date | None = None
    lasts: int | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """An empty one is the mid."""
        return (self.mid if self.low is None else self.low, self.mid if self.high is None else self.high)

    def at(self, v: Decimal) -> Hypothesis:
        low, high = self.bounds
        return replace(self, mid=v, low=min(low, v), high=max(high, v))


@dataclass(frozen=True, slots=True)
class Plan:
    """A scenario: ``key`` is its seed."""

    key: str
    base: Base
    settings: Settings
    hypotheses: tuple[Hypothesis, ...] = ()

    def tried(self, at: Mapping[str, Decimal]) -> Plan:
        """With these v (hypothesis → what is tried) as mids; a bound that the v passes follows it."""
        return replace(
            self, hypotheses=tuple(one.at(at[one.key]) if one.key in at else one for one in self.hypotheses)
        )
