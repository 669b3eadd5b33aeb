"""Amounts counted and paid month by month (pure): what the base or one hypothesis brings. docs/simulateur.md §§ 2 and 4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    ``late_receipts``, ``late_payments``: what falls beyond the horizon, owed at the end.
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
        self.late_receipts: Amount = 0
        self.late_payments: Amount = 0

    def _add(self, row: list[Amount], month: int, amounts: Sequence[Amount]) -> None:
        """One after the other from ``month`` on; what falls beyond the horizon is left out."""
        for place, amount in enumerate(amounts[: max(0, self.months - month + 1)], month - 1):
            row[place] += amount

    def _row(self, of: dict[str, list[Amount]], code: str) -> list[Amount]:
        return of.setdefault(code, [0] * self.months)

    def receive(self, month: int, *amounts: Amount) -> None:
        """Beyond the horizon it is a debt to us at the end: nothing comes."""
        self._add(self.receipts, month, amounts)
        if month + len(amounts) - 1 > self.months:
            self.late_receipts += sum(amounts[max(0, self.months - month + 1) :])

    def pay(self, month: int, *amounts: Amount) -> None:
        self._add(self.payments, month, amounts)
        if month + len(amounts) - 1 > self.months:
            self.late_payments += sum(amounts[max(0, self.months - month + 1) :])

    def earn(self, code: str, month: int, amounts: Sequence[Amount], delay: int | None = None) -> None:
        """``delay``: how many months later each comes; None for what never does."""
        self._add(self._row(self.resources, code), month, amounts)
        if delay is not None:
            self.receive(month + delay, *amounts)

    def spend(self, code: str, month: int, amounts: Sequence[Amount], delay: int = 0) -> None:
        """Paid in its month unless told otherwise; depreciation never is."""
        self._add(self._row(self.costs, code), month, amounts)
        if code != UNPAID:
            self.pay(month + delay, *amounts)

    def note(self, code: str, month: int, amounts: Sequence[Amount]) -> None:
        self._add(self._row(self.memo, code), month, amounts)

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
) -> Iterator[tuple[int, list[Amount]]]:
    """« Annuel »: (month, an amount for it and each of the next active ones), year by year."""
    for year, start, count in when.active():
        grown = amount * (1 + growth) ** (year - when.first_year) if growth else amount
        yield start, counting.parts(counting.months(grown, count), count)


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
    moves.earn(code, start + 1, counting.parts(amount, 12), None if at_once else delay_of(code, settings))
    if at_once:
        moves.receive(start + at_once, counting.round(amount))


def year_of_cost(
    moves: Moves, counting: Counting, settings: Settings, code: str, year: int, amount: Amount
) -> None:
    moves.spend(code, 12 * year - 11, counting.parts(amount, 12), delay_of(code, settings))
