"""What the base and each sort of hypothesis bring (pure): docs/simulateur.md §§ 3 to 5. Each works on the base alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from apps.simulator.money import Amount, Counting
from apps.simulator.moves import UNPAID, Moves, Timing, annual, timing, year_of_cost, year_of_resource
from apps.simulator.plan import COSTS, RESOURCES, Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import SORTS

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Case:
    """A hypothesis at ``v``, its uncertain quantity as typed. ``v`` may be any number of the way of counting."""

    said: Hypothesis
    v: Amount
    base: Base
    settings: Settings
    counting: Counting
    when: Timing
    moves: Moves

    def euros(self, code: str) -> Amount:
        """In cents; an empty one is zero."""
        return self.counting.of(self.said.amounts.get(code, ZERO) * 100)

    def rate(self, code: str) -> Amount:
        return self.counting.of(self.said.amounts.get(code, ZERO)) / 100

    def whole(self, code: str) -> int:
        return int(self.said.amounts.get(code, ZERO))

    @property
    def cents(self) -> Amount:
        return self.v * 100

    @property
    def share(self) -> Amount:
        return self.v / 100

    def choice(self, code: str) -> str:
        default = next(one.default for one in SORTS[self.said.sort].choices if one.code == code)
        return self.said.choices.get(code) or default

    # --- what happens every month, and once -----------------------------------------------------------------------
    def earn(self, code: str, yearly: Amount, growth: Amount = 0) -> None:
        delay = self.whole("delay")
        for month, amounts in annual(self.counting, self.when, yearly, growth):
            self.moves.earn(code, month, amounts, delay)

    def spend(self, code: str, yearly: Amount, growth: Amount = 0) -> None:
        for month, amounts in annual(self.counting, self.when, yearly, growth):
            self.moves.spend(code, month, amounts)

    def note(self, code: str, yearly: Amount, growth: Amount = 0) -> None:
        for month, amounts in annual(self.counting, self.when, yearly, growth):
            self.moves.note(code, month, amounts)

    def spend_once(self, code: str, amount: Amount, note: str = "") -> None:
        if self.when.happens:
            once = [self.counting.round(amount)]
            self.moves.spend(code, self.when.first, once)
            if note:
                self.moves.note(note, self.when.first, once)


def effect(plan: Plan, said: Hypothesis, v: Amount, counting: Counting) -> Moves:
    """``v``: of the way of counting (a Fraction when exact). KeyError for a sort that does not exist."""
    case = case_of(plan, said, v, counting)
    EFFECTS[said.sort](case)
    return case.moves


def case_of(plan: Plan, said: Hypothesis, v: Amount, counting: Counting) -> Case:
    when = timing(said, plan.base, plan.settings)
    return Case(said, v, plan.base, plan.settings, counting, when, Moves(plan.settings.months))


def base_moves(plan: Plan, counting: Counting) -> Moves:
    """The base, year after year, and the settling of what was owed."""
    base, settings = plan.base, plan.settings
    moves = Moves(settings.months)
    for year in range(1, settings.years + 1):
        for code in filter(base.of, RESOURCES):
            year_of_resource(moves, counting, settings, code, year, counting.of(base.of(code)))
        for code in filter(base.of, COSTS):
            year_of_cost(moves, counting, settings, code, year, counting.of(base.of(code)))
    moves.receive(1, *counting.parts(counting.of(base.receivables), settings.settle_months))
    moves.pay(1, *counting.parts(counting.of(base.payables), settings.settle_months))
    return moves


# --- the twelve sorts ---------------------------------------------------------------------------------------------------
def funder_won(case: Case) -> None:
    case.earn(case.choice("nature"), case.cents, case.rate("growth"))


def funder_lost(case: Case) -> None:
    case.earn(case.choice("nature"), -case.cents, case.rate("growth"))


def agreement(case: Case) -> None:
    """Counted month after month, received by an advance and a balance for each year of the agreement."""
    counted: list[Amount] = []  # from the first month on
    for month, amounts in annual(case.counting, case.when, case.cents, case.rate("growth")):
        case.moves.earn(case.choice("nature"), month, amounts)
        counted += amounts
    for number in range(case.said.lasts or 0):
        start = case.when.first + 12 * number
        year = sum(counted[12 * number : 12 * number + 12])
        advance = case.counting.round(year * case.rate("advance"))
        case.moves.receive(start, advance)
        case.moves.receive(start + 11 + case.whole("delay"), year - advance)


def indexation(case: Case) -> None:
    for year, steps in steps_of(case.said, case.when):
        index_year(case, year, (1 + case.share) ** steps - 1)


def steps_of(said: Hypothesis, when: Timing) -> list[tuple[int, int]]:
    """(year from 1, how many times the change was applied), by whole years; the level reached at the end stays."""
    years = range(when.first_year, when.months // 12 + 1)
    counted = ((year, year - when.first_year + 1) for year in years)
    return [(year, min(steps, said.lasts or steps)) for year, steps in counted]


def index_year(case: Case, year: int, grown: Amount) -> None:
    nature = case.choice("nature")
    for code in (code for code in COSTS if code != UNPAID) if nature == "all_costs" else (nature,):
        put = year_of_resource if code in RESOURCES else year_of_cost
        amount = case.counting.round(case.base.of(code) * grown)
        put(case.moves, case.counting, case.settings, code, year, amount)


def hiring(case: Case) -> None:
    fte = case.counting.of(case.said.amounts.get("fte", ZERO))
    case.spend("payroll", case.cents * fte * (1 + case.rate("employer_rate")), case.rate("growth"))
    case.spend_once("outside_services", case.euros("once"))
    case.earn(case.choice("nature"), case.euros("aid"), case.rate("growth"))


def activity(case: Case) -> None:
    nature = case.choice("nature")
    named = "concerned" in case.said.amounts
    concerned = case.euros("concerned") if named else case.counting.of(case.base.of(nature))
    case.earn(nature, concerned * ((1 + case.rate("price")) * (1 + case.share) - 1))
    case.spend(case.choice("saved_on"), concerned * case.share * case.rate("cost_rate"))


def membership(case: Case) -> None:
    case.earn("cotisations", case.v * case.euros("each"))


def giving(case: Case) -> None:
    case.earn(case.choice("nature"), case.cents, case.rate("growth"))
    case.spend_once("outside_services", case.euros("once"))
    case.spend("outside_services", case.euros("upkeep"), case.rate("growth"))


def pooling(case: Case) -> None:
    case.spend(case.choice("saved_on"), -case.cents, case.rate("growth"))
    case.spend("outside_services", case.euros("upkeep"), case.rate("growth"))
    case.spend_once("outside_services", case.euros("once"))
    case.note("avoided", case.cents, case.rate("growth"))


def volunteering(case: Case) -> None:
    case.note("hours", case.cents)  # hundredths of an hour
    case.note("volunteer_value", case.v * case.settings.hour_value)
    case.spend("outside_services", case.euros("upkeep"))


def investment(case: Case) -> None:
    first, counting, moves = case.when.first, case.counting, case.moves
    if not case.when.happens:
        return
    price = counting.round(case.cents)
    moves.pay(first, price)
    moves.flow("invested", price)
    moves.spend("depreciation", first, counting.parts(price, 12 * case.whole("term")))
    loan(case)
    grant(case)
    case.spend("services", case.euros("upkeep"))


def loan(case: Case) -> None:
    """Equal parts of capital from the month after; the interest of what was left before each."""
    moves, counting, left = case.moves, case.counting, case.counting.round(case.euros("borrowed"))
    if not left:
        return
    moves.receive(case.when.first, left)
    moves.flow("borrowed", left)
    for place, capital in enumerate(counting.parts(left, 12 * case.whole("loan_years")), case.when.first + 1):
        if place > moves.months:
            break
        moves.spend("other_costs", place, [counting.round(left * case.rate("loan_rate") / 12)])
        moves.pay(place, capital)
        moves.flow("repaid", capital)
        left -= capital


def grant(case: Case) -> None:
    """A grant for equipment: received once, counted as the equipment wears out."""
    moves, granted = case.moves, case.counting.round(case.euros("granted"))
    if not granted:
        return
    first = case.when.first
    if first + case.whole("delay") <= moves.months:
        moves.receive(first + case.whole("delay"), granted)
        moves.flow("granted", granted)
    worn = case.counting.parts(granted, 12 * case.whole("term"))[: moves.months - first + 1]
    moves.earn("autres_produits", first, worn)
    moves.flow("written_back", sum(worn))


def alliance(case: Case) -> None:
    avoided, levered = case.share * case.euros("avoided"), case.share * case.euros("levered")
    case.spend(case.choice("saved_on"), -avoided)
    case.note("avoided", avoided)
    case.earn(case.choice("nature"), levered)
    case.note("levered", levered)
    case.note("given", case.share * case.euros("given"))
    case.spend("outside_services", case.euros("engineering"))
    case.note("engineering", case.euros("engineering"))
    case.spend_once("outside_services", case.euros("once"), "engineering")


EFFECTS: dict[str, Callable[[Case], None]] = {
    "funder_won": funder_won,
    "funder_lost": funder_lost,
    "agreement": agreement,
    "indexation": indexation,
    "hiring": hiring,
    "activity": activity,
    "membership": membership,
    "giving": giving,
    "pooling": pooling,
    "volunteering": volunteering,
    "investment": investment,
    "alliance": alliance,
}
