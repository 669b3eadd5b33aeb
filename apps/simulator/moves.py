"""Amounts counted and paid month by month (pure): what the base or one hypothesis brings. docs/simulateur.md §§ 2 and 4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.simulator.money import Amount, Counting
from apps.simulator.plan import Base, Hypothesis, Settings

PUBLIC = (
    "commande_publique",
    "subv_etat",
    "subv_region",
    "subv_departement",
    "subv_bloc_communal",
    "subv_europe",
)
SUPPLIERS = ("purchases", "services", "outside_services", "other_costs")
UNPAID = "depreciation"


class Moves:
    """Lists of one amount a month. A saving is a negative cost, and a negative payment.

    ``memo``: what is shown without being in the result. ``flows``: money that is neither income nor cost.
    """

    def __init__(self, months: int) -> None:
        self.months = months
        self.resources: dict[str, list[Amount]] = {}
        self.costs: dict[str, list[Amount]] = {}
        self.memo: dict[str, list[Amount]] = {}
        self.flows: dict[str, Amount] = {}
        self.receipts: list[Amount] = [0] * months
        self.payments: list[Amount] = [0] * months

    def _put(self, into: dict[str, list[Amount]], code: str, month: int, amount: Amount) -> None:
        into.setdefault(code, [0] * self.months)[month - 1] += amount

    def receive(self, month: int, amount: Amount) -> None:
        """Beyond the horizon it is a debt to us at the end: nothing comes."""
        if month <= self.months:
            self.receipts[month - 1] += amount

    def pay(self, month: int, amount: Amount) -> None:
        if month <= self.months:
            self.payments[month - 1] += amount

    def earn(self, code: str, month: int, amount: Amount, paid: int | None = None) -> None:
        """``paid``: the month when it comes; None for what never does."""
        self._put(self.resources, code, month, amount)
        if paid is not None:
            self.receive(paid, amount)

    def spend(self, code: str, month: int, amount: Amount, paid: int | None = None) -> None:
        """Paid in its month unless told otherwise; depreciation never is."""
        self._put(self.costs, code, month, amount)
        if code != UNPAID:
            self.pay(paid or month, amount)

    def note(self, code: str, month: int, amount: Amount) -> None:
        self._put(self.memo, code, month, amount)

    def flow(self, code: str, amount: Amount) -> None:
        self.flows[code] = self.flows.get(code, 0) + amount


@dataclass(frozen=True, slots=True)
class Timing:
    """``first``, ``last``: months from 1; ``first`` may lie beyond the horizon, and nothing happens."""

    first: int
    last: int
    months: int

    @property
    def happens(self) -> bool:
        return self.first <= self.months

    @property
    def first_year(self) -> int:
        return (self.first + 11) // 12

    def active(self) -> Iterator[tuple[int, int, int]]:
        """(year from 1, its first active month, how many are active), of the years that have some."""
        for year in range(1, self.months // 12 + 1):
            start, end = max(12 * year - 11, self.first), min(12 * year, self.last)
            if end >= start:
                yield year, start, end - start + 1


def timing(hypothesis: Hypothesis, base: Base, settings: Settings) -> Timing:
    first = 1
    if hypothesis.starts is not None:
        first = max(1, (hypothesis.starts.year - base.year - 1) * 12 + hypothesis.starts.month)
    lasts = hypothesis.lasts
    last = settings.months if lasts is None else min(settings.months, first + 12 * lasts - 1)
    return Timing(first, last, settings.months)


def annual(
    counting: Counting, when: Timing, amount: Amount, growth: Amount = 0
) -> Iterator[tuple[int, Amount]]:
    """« Annuel »: (month, amount) of each active month."""
    for year, start, count in when.active():
        grown = amount * (1 + growth) ** (year - when.first_year) if growth else amount
        yearly = counting.round(grown * count / 12)
        for place, part in enumerate(counting.parts(yearly, count)):
            yield start + place, part


# --- the base, whose rhythm an indexation follows ---------------------------------------------------------------------
def delay_of(code: str, settings: Settings) -> int:
    if code in PUBLIC:
        return settings.delay_public
    if code == "ventes":
        return settings.delay_sales
    return settings.delay_suppliers if code in SUPPLIERS else 0


def year_of_resource(
    moves: Moves, counting: Counting, settings: Settings, code: str, year: int, amount: Amount
) -> None:
    """A whole year of a resource: twelve equal parts, received as the settings say."""
    at_once = settings.public_month if code.startswith("subv_") else None
    start = 12 * (year - 1)
    for place, part in enumerate(counting.parts(amount, 12), 1):
        paid = None if at_once else start + place + delay_of(code, settings)
        moves.earn(code, start + place, part, paid)
    if at_once:
        moves.receive(start + at_once, counting.round(amount))


def year_of_cost(
    moves: Moves, counting: Counting, settings: Settings, code: str, year: int, amount: Amount
) -> None:
    start = 12 * (year - 1)
    for place, part in enumerate(counting.parts(amount, 12), 1):
        moves.spend(code, start + place, part, start + place + delay_of(code, settings))
