"""The central calculation (pure): the base, plus a column for each hypothesis, to the cent. docs/simulateur.md §§ 2 to 6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from apps.simulator.effects import base_moves, effect
from apps.simulator.money import EXACT, rounded
from apps.simulator.moves import UNPAID, Moves
from apps.simulator.outcome import AllianceValue, Effect, Flows, Pillars, Projection, Years
from apps.simulator.plan import COSTS, RESOURCES, Plan, Settings

GIVERS = ("mecenat", "fondations")
TERMS = ("avoided", "given", "levered", "engineering")


def yearly(months: Sequence[int]) -> Years:
    return tuple(sum(months[start : start + 12]) for start in range(0, len(months), 12))


def added(rows: Iterable[Sequence[int]], count: int) -> tuple[int, ...]:
    """Term by term; zeros without any row."""
    total = [0] * count
    for row in rows:
        for place, amount in enumerate(row):
            total[place] += amount
    return tuple(total)


def project(plan: Plan, at: Mapping[str, Decimal] | None = None) -> Projection:
    """``at``: hypothesis → its v instead of its mid. Hypotheses with a fault (``checks``) are not to be there."""
    values = at or {}
    moves = {
        one.key: effect(plan, one, Fraction(values.get(one.key, one.mid)), EXACT) for one in plan.hypotheses
    }
    return gather(plan, base_moves(plan, EXACT), moves)


def gather(plan: Plan, base: Moves, moves: Mapping[str, Moves]) -> Projection:
    """``moves``: by hypothesis, all of ``plan``."""
    every = [base, *moves.values()]
    count, months = plan.settings.years, plan.settings.months
    resources = {code: years_of(every, "resources", code, count) for code in RESOURCES}
    costs = {code: years_of(every, "costs", code, count) for code in COSTS}
    income, spent = added(resources.values(), count), added(costs.values(), count)
    results = tuple(won - lost for won, lost in zip(income, spent, strict=True))
    receipts = added((one.receipts for one in every), months)
    payments = added((one.payments for one in every), months)
    flows = flows_of(every, costs)
    treasury = tuple(
        accumulate(
            (came - went for came, went in zip(receipts, payments, strict=True)), initial=plan.base.treasury
        )
    )[1:]
    low = min(treasury)
    memo = {code: memo_of(every, code, count) for code in ("avoided", "given", "levered")}
    value = tuple(base_value(plan) + more for more in memo_of(moves.values(), "volunteer_value", count))
    outside = memo_of(
        [moves[one.key] for one in plan.hypotheses if levers_elsewhere(plan, one.key)], "levered", count
    )
    return Projection(
        years=tuple(plan.base.year + t for t in range(1, count + 1)),
        resources=resources,
        costs=costs,
        total_resources=income,
        total_costs=spent,
        results=results,
        equity=tuple(accumulate(results, initial=plan.base.equity))[1:],
        treasury=treasury,
        receipts=receipts,
        payments=payments,
        months_of_cash=tuple(
            cash_months(treasury[12 * t + 11], spent[t] - costs[UNPAID][t]) for t in range(count)
        ),
        lowest=(treasury.index(low) + 1, low),
        break_even_year=break_even_year(plan.base.year, results),
        break_even_sales=tuple(
            sales_needed(income[t], spent[t], resources["ventes"][t], costs["purchases"][t]) for t in range(count)
        ),
        pillars=tuple(
            pillars(plan, t, resources, costs, income, value, memo, outside) for t in range(count)
        ),
        volunteer_hours=hours(plan, moves.values(), count),
        volunteer_value=value,
        in_kind=(plan.base.in_kind,) * count,
        given=memo["given"],
        avoided=memo["avoided"],
        levered=memo["levered"],
        alliances=alliances(plan, moves, spent, count),
        effects={one.key: effect_of(one.title, moves[one.key], count) for one in plan.hypotheses},
        receivables_end=sum(one.late_receipts for one in every),
        payables_end=sum(one.late_payments for one in every),
        flows=flows,
    )  # fmt: skip


def years_of(moves: Iterable[Moves], side: str, code: str, count: int) -> Years:
    return yearly(
        added((getattr(one, side)[code] for one in moves if code in getattr(one, side)), 12 * count)
    )


def memo_of(moves: Iterable[Moves], code: str, count: int) -> Years:
    return yearly(added((one.memo[code] for one in moves if code in one.memo), 12 * count))


def flows_of(moves: Iterable[Moves], costs: Mapping[str, Years]) -> Flows:
    names = ("written_back", "invested", "borrowed", "repaid", "granted")
    totals = {name: sum(one.flows.get(name, 0) for one in moves) for name in names}
    return Flows(depreciation=sum(costs[UNPAID]), **totals)


# --- what is shown ------------------------------------------------------------------------------------------------------
def cash_months(treasury: int, paid: int) -> Fraction | None:
    return Fraction(12 * treasury, paid) if paid > 0 else None


def break_even_year(base: int, results: Sequence[int]) -> int | None:
    """The first year from which no result is negative."""
    last_loss = max((t for t, result in enumerate(results, 1) if result < 0), default=0)
    return base + last_loss + 1 if last_loss < len(results) else None


def sales_needed(income: int, spent: int, sales: int, purchases: int) -> int | None:
    if sales <= 0 or purchases >= sales:
        return None
    needed = Fraction(spent - purchases - (income - sales)) / (1 - Fraction(purchases, sales))
    return max(0, rounded(needed))


def base_value(plan: Plan) -> int:
    """A year of the base’s volunteering, in cents."""
    return rounded(Fraction(plan.base.volunteer_hours) * plan.settings.hour_value)


def hours(plan: Plan, moves: Iterable[Moves], count: int) -> tuple[Decimal, ...]:
    more = memo_of(moves, "hours", count)
    return tuple(plan.base.volunteer_hours + Decimal(hundredths) / 100 for hundredths in more)


def levers_elsewhere(plan: Plan, key: str) -> bool:
    """Whether this alliance brings money that is not already counted among the givers."""
    said = next(one for one in plan.hypotheses if one.key == key)
    return said.sort == "alliance" and (said.choices.get("nature") or "fondations") not in GIVERS


def pillars(
    plan: Plan,
    t: int,
    resources: Mapping[str, Years],
    costs: Mapping[str, Years],
    income: Years,
    value: Years,
    memo: Mapping[str, Years],
    outside: Years,
) -> Pillars:
    """Each euro once: what pays people is human, what partners bring is alliances, the rest is money."""
    settings: Settings = plan.settings
    givers = sum(resources[code][t] for code in GIVERS)
    kind = value[t] if settings.with_in_kind else 0
    given = plan.base.in_kind + memo["given"][t] if settings.with_in_kind else 0
    return Pillars(
        human=max(0, costs["payroll"][t] + kind),
        financial=max(0, income[t] - givers - outside[t] - costs["payroll"][t]),
        alliances=max(0, givers + given + memo["avoided"][t] + outside[t]),
    )


def alliances(plan: Plan, moves: Mapping[str, Moves], spent: Years, count: int) -> tuple[AllianceValue, ...]:
    found = []
    for one in plan.hypotheses:
        if one.sort == "alliance":
            terms = {code: memo_of([moves[one.key]], code, count) for code in TERMS}
            found.append(AllianceValue(key=one.key, title=one.title, costs=spent, **terms))
    return tuple(found)


def effect_of(title: str, moves: Moves, count: int) -> Effect:
    resources = {code: yearly(months) for code, months in moves.resources.items()}
    costs = {code: yearly(months) for code, months in moves.costs.items()}
    won, lost = added(resources.values(), count), added(costs.values(), count)
    return Effect(title, resources, costs, tuple(a - b for a, b in zip(won, lost, strict=True)))
