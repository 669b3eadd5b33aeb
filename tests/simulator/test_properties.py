"""What holds for every plan: money is conserved to the cent, order does not matter, no hypothesis gives the base."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings

from apps.simulator.checks import faults, remarks
from apps.simulator.draws import draw
from apps.simulator.outcome import Band
from apps.simulator.plan import COSTS, RESOURCES, Hypothesis, Plan
from apps.simulator.project import project
from apps.simulator.study import study
from tests.simulator.plans import hypotheses, plans
from tests.simulator.plans import plan as small

# Quantities that have no effect by themselves.
KEPT = ("fte", "each", "employer_rate", "term", "delay", "cost_rate", "advance", "growth")
NO_SAVING = ("funder_won", "funder_lost", "agreement", "membership", "giving", "volunteering", "investment")
LIGHT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def terms_of(plan: Plan) -> int:
    """One cent for each term that is rounded: a few a year and a hypothesis."""
    return 12 * (2 + len(plan.hypotheses) * 3)


@LIGHT
@given(plans())
def test_money_is_conserved_to_the_cent(plan: Plan) -> None:
    found = project(plan)
    base, flows = plan.base, found.flows
    law = (
        base.treasury + base.receivables - base.payables
        + sum(found.results) + flows.depreciation - flows.written_back
        - flows.invested + flows.borrowed - flows.repaid + flows.granted
        - found.receivables_end + found.payables_end
    )  # fmt: skip
    assert found.treasury[-1] == law
    assert flows.depreciation == sum(found.costs["depreciation"])
    before = (base.treasury, *found.treasury)
    assert list(found.treasury) == [
        was + came - went for was, came, went in zip(before, found.receipts, found.payments, strict=False)
    ]


@LIGHT
@given(plans())
def test_without_any_delay_nothing_is_owed_at_the_end(plan: Plan) -> None:
    """The law above takes what is owed from what was paid: here it is known otherwise."""
    prompt = replace(plan.settings, delay_public=0, delay_sales=0, delay_suppliers=0)
    kept = tuple(
        replace(one, amounts={**one.amounts, "delay": Decimal(0)})
        for one in plan.hypotheses
        if one.sort != "agreement" and one.sort != "investment"
    )
    found = project(replace(plan, settings=prompt, hypotheses=kept))
    assert (found.receivables_end, found.payables_end) == (0, 0)


@LIGHT
@given(plans())
def test_the_order_of_hypotheses_does_not_matter(plan: Plan) -> None:
    mixed = list(plan.hypotheses)
    Random(7).shuffle(mixed)
    other = replace(plan, hypotheses=tuple(mixed))
    one, two = study(plan, 300), study(other, 300)
    assert replace(one.projection, alliances=()) == replace(two.projection, alliances=())
    assert {a.key: a for a in one.projection.alliances} == {a.key: a for a in two.projection.alliances}
    assert one.swings == two.swings
    # Sums of floats in another order: the last cent may differ.
    for name in ("treasury_low", "treasury_high", "result_mid", "equity_low"):
        pairs = zip(getattr(one.band, name), getattr(two.band, name), strict=True)
        assert all(abs(a - b) <= 1 for a, b in pairs), name


@LIGHT
@given(plans(most=0))
def test_no_hypothesis_gives_the_base_every_year(plan: Plan) -> None:
    found = project(plan)
    for codes, side in ((RESOURCES, found.resources), (COSTS, found.costs)):
        for code in codes:
            assert side[code] == (plan.base.of(code),) * plan.settings.years
    assert found.effects == {}
    assert found.volunteer_hours == (plan.base.volunteer_hours,) * plan.settings.years


@LIGHT
@given(plans())
def test_effects_add_up_to_what_differs_from_the_base(plan: Plan) -> None:
    alone, found = project(replace(plan, hypotheses=())), project(plan)
    for t in range(plan.settings.years):
        moved = sum(effect.result[t] for effect in found.effects.values())
        assert found.results[t] - alone.results[t] == moved
    assert found.equity[-1] == plan.base.equity + sum(found.results)


@LIGHT
@given(hypotheses())
def test_a_hypothesis_at_nothing_changes_nothing(one: Hypothesis) -> None:
    left = {code: value for code, value in one.amounts.items() if code in KEPT}
    plan = small(replace(one, mid=Decimal(0), low=None, high=None, amounts=left), years=7)
    found, alone = project(plan), project(replace(plan, hypotheses=()))
    assert (found.results, found.treasury) == (alone.results, alone.treasury)


@LIGHT
@given(plans())
def test_bands_and_risks_are_in_order(plan: Plan) -> None:
    found = draw(plan, 200)
    for name in ("treasury", "result", "equity"):
        low, mid, high = (getattr(found, f"{name}_{part}") for part in ("low", "mid", "high"))
        assert all(a <= b <= c for a, b, c in zip(low, mid, high, strict=True)), name
    for risk in (found.under_one, found.under_three):
        assert 0 <= max(risk.by_year) <= risk.whole <= min(1, sum(risk.by_year) + 1e-9)


@LIGHT
@given(plans())
def test_three_months_of_cash_are_lost_before_one(plan: Plan) -> None:
    """As long as nothing brings the charges below zero."""
    kept = tuple(one for one in plan.hypotheses if one.sort in NO_SAVING)
    found = draw(replace(plan, hypotheses=kept), 200)
    assert found.under_one.whole <= found.under_three.whole
    pairs = zip(found.under_one.by_year, found.under_three.by_year, strict=True)
    assert all(one <= three for one, three in pairs)


@LIGHT
@given(plans())
def test_a_law_as_thin_as_a_hair_is_the_central_calculation(plan: Plan) -> None:
    """Here every v is drawn: constants, slopes and powers meet the calculation to the cent, whatever the sort."""
    hair = Decimal("0.0000001")
    thin = tuple(replace(one, low=one.mid - hair, high=one.mid + hair) for one in plan.hypotheses)
    found, central = draw(replace(plan, hypotheses=thin), 50), project(plan)
    near = terms_of(plan)
    for name, exact in (
        ("treasury", central.treasury),
        ("result", central.results),
        ("equity", central.equity),
    ):
        for part in ("low", "mid", "high"):
            pairs = zip(getattr(found, f"{name}_{part}"), exact, strict=True)
            assert all(abs(a - b) <= near for a, b in pairs), (name, part)


@LIGHT
@given(plans())
def test_without_uncertainty_the_band_is_the_central_calculation(plan: Plan) -> None:
    certain = replace(plan, hypotheses=tuple(replace(one, low=None, high=None) for one in plan.hypotheses))
    found, central = draw(certain, 50), project(certain)
    assert found.treasury_low == found.treasury_high
    terms = terms_of(plan)
    pairs = zip(found.treasury_mid, central.treasury, strict=True)
    assert all(abs(a - b) <= terms for a, b in pairs)
    assert all(abs(a - b) <= terms for a, b in zip(found.result_mid, central.results, strict=True))


@LIGHT
@given(plans())
def test_every_valid_plan_is_found_valid_and_counted(plan: Plan) -> None:
    for one in plan.hypotheses:
        assert faults(one) == []
        assert all(sentence.endswith(".") for sentence in remarks(one, plan.base, plan.settings))
    found = study(plan, 20)
    assert isinstance(found.band, Band)
    for pillar in found.projection.pillars:
        assert sum(pillar.shares) == 1
        assert min(pillar.shares) >= 0
    assert len(found.projection.treasury) == plan.settings.months
    assert found.projection.lowest[1] == min(found.projection.treasury)


@LIGHT
@given(plans())
def test_a_swing_is_the_scenario_with_that_one_moved(plan: Plan) -> None:
    found = study(plan, 2)
    assert list(found.swings) == sorted(found.swings, key=lambda swing: (-swing.width, swing.title))
    for swing in found.swings[:2]:
        one = next(one for one in plan.hypotheses if one.key == swing.key)
        for bound, result, low in zip(
            one.bounds, (swing.low, swing.high), (swing.lowest_low, swing.lowest_high), strict=True
        ):
            moved = project(plan, {one.key: bound})
            assert (moved.total_result, moved.lowest[1]) == (result, low)
