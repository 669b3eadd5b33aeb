"""Which hypothesis moves the result most (pure): each one alone at its low, then at its high. docs/simulateur.md § 7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from apps.simulator.effects import base_moves, effect
from apps.simulator.money import EXACT
from apps.simulator.moves import Moves
from apps.simulator.outcome import Swing
from apps.simulator.plan import Hypothesis, Plan
from apps.simulator.project import added


def sensitivity(plan: Plan) -> tuple[Swing, ...]:
    return swings_of(plan, base_moves(plan, EXACT), mids_of(plan))


def mids_of(plan: Plan) -> dict[str, Moves]:
    return {one.key: effect(plan, one, Fraction(one.mid), EXACT) for one in plan.hypotheses}


def swings_of(plan: Plan, base: Moves, mids: Mapping[str, Moves]) -> tuple[Swing, ...]:
    """The widest first, then by title. Effects add up: only the hypothesis that moves is counted again."""
    months = plan.settings.months
    every = [base, *mids.values()]
    result = sum(map(result_of, every))
    cash = added((net(one) for one in every), months)
    swings = []
    for one in plan.hypotheses:
        ends = [end(plan, one, bound, mids[one.key], result, cash) for bound in one.bounds]
        swings.append(Swing(one.key, one.title, ends[0][0], ends[1][0], ends[0][1], ends[1][1]))
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.title, swing.key)))


def end(
    plan: Plan, one: Hypothesis, bound: Decimal, mid: Moves, result: int, cash: Sequence[int]
) -> tuple[int, int]:
    """(results added up, lowest treasury) with this hypothesis at ``bound``."""
    moved = mid if bound == one.mid else effect(plan, one, Fraction(bound), EXACT)
    change = [after - before for after, before in zip(net(moved), net(mid), strict=True)]
    treasury = accumulate((a + b for a, b in zip(cash, change, strict=True)), initial=plan.base.treasury)
    return result + result_of(moved) - result_of(mid), min(list(treasury)[1:])


def result_of(moves: Moves) -> int:
    return sum(map(sum, moves.resources.values())) - sum(map(sum, moves.costs.values()))


def net(moves: Moves) -> list[int]:
    return [came - went for came, went in zip(moves.receipts, moves.payments, strict=True)]
