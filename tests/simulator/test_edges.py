"""At the edges of the horizon and of good sense: what is cut is owed or forgotten as docs/simulateur.md says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apps.simulator.draws import draw
from apps.simulator.plan import Base
from apps.simulator.project import project
from apps.simulator.study import study
from tests.simulator.plans import plan, said

EMPTY = Base(2025, {})


def test_a_duration_is_cut_by_the_horizon() -> None:
    found = project(
        plan(said("funder_won", 1200, nature="dons", lasts=5, starts=date(2028, 3, 15)), base=EMPTY)
    )
    assert found.resources["dons"] == (0, 0, 1000_00)
    short = project(
        plan(said("funder_won", 1200, nature="dons", lasts=1, starts=date(2026, 10, 1)), base=EMPTY)
    )
    assert short.resources["dons"] == (300_00, 900_00, 0)


def test_a_delay_beyond_the_end_leaves_everything_owed() -> None:
    found = project(plan(said("funder_won", 1200, nature="dons", delay=60), base=EMPTY))
    assert set(found.receipts) == {0}
    assert found.receivables_end == 3 * 1200_00
    lost = project(plan(said("funder_lost", 1200, nature="dons", delay=60), base=EMPTY))
    assert lost.receivables_end == -3 * 1200_00


def test_the_balance_of_an_agreement_may_come_after_the_end() -> None:
    promised = said("agreement", 1000, nature="subv_etat", lasts=3, advance=25, delay=1)
    found = project(plan(promised, base=EMPTY))
    assert found.treasury[-1] == 3 * 250_00 + 2 * 750_00
    assert found.receivables_end == 750_00


def test_a_loan_longer_than_the_horizon_is_still_owed() -> None:
    """The bank’s money is neither income nor a debt of the account: only what was paid back of it counts."""
    found = project(plan(said("investment", 1200, term=10, borrowed=1200, loan_years=10), base=EMPTY))
    assert found.costs["depreciation"] == (120_00, 120_00, 120_00)
    assert found.flows.borrowed == 1200_00
    assert found.flows.repaid == 35 * 10_00  # from the second month on
    assert found.treasury[-1] == -350_00
    assert (found.receivables_end, found.payables_end) == (0, 0)


def test_an_equipment_worn_out_and_paid_back_before_the_end_stops_counting() -> None:
    bought = said("investment", 1200, term=1, borrowed=600, loan_years=1, loan_rate=12, granted=240)
    found = project(plan(bought, base=EMPTY))
    assert found.costs["depreciation"] == (1200_00, 0, 0)
    assert found.resources["autres_produits"] == (240_00, 0, 0)
    # 1 % of 600, 550, … 100 in the first year, then of the last 50.
    assert found.costs["other_costs"] == (sum(6_00 - 50 * n for n in range(11)), 50, 0)
    assert found.flows.repaid == 600_00


def test_a_grant_that_has_not_come_is_only_counted_as_it_is_written_back() -> None:
    found = project(plan(said("investment", 3600, term=3, granted=720, delay=48), base=EMPTY))
    assert found.resources["autres_produits"] == (240_00, 240_00, 240_00)
    assert (found.flows.granted, found.receivables_end) == (0, 0)
    assert found.treasury[-1] == -3600_00


def test_more_lost_than_there_was_goes_below_zero() -> None:
    found = project(plan(said("activity", -100, concerned=20000)))
    assert found.resources["ventes"] == (-8000_00,) * 3
    assert found.break_even_sales == (None, None, None)
    assert found.break_even_year is None
    assert found.pillars[0].financial == 0
    spared = project(plan(said("pooling", 20000, saved_on="payroll")))
    assert spared.months_of_cash == (None, None, None)
    assert spared.pillars[0].human == 0


def test_an_empty_base_can_be_studied() -> None:
    found = study(plan(base=EMPTY), 100)
    assert set(found.projection.treasury) == {0}
    assert found.projection.break_even_year == 2026
    assert (found.band.under_one.whole, found.band.under_three.whole) == (0, 0)
    assert found.swings == ()


def test_volunteers_and_saved_depreciation_move_no_money() -> None:
    base = Base(2025, {"depreciation": 900_00}, treasury=100_00)
    quiet = plan(
        said("volunteering", -50, low=-90, high=10), said("pooling", 300, saved_on="depreciation"), base=base
    )
    found, futures = project(quiet), draw(quiet, 100)
    assert found.costs["depreciation"] == (600_00,) * 3
    assert set(found.treasury) == {100_00}
    assert set(futures.treasury_low + futures.treasury_high) == {100_00}
    assert found.volunteer_hours == (Decimal(-50),) * 3


def test_the_money_of_the_past_settles_within_its_months() -> None:
    base = Base(2025, {}, receivables=100, payables=-50)
    found = project(plan(base=base, settle_months=3))
    assert found.receipts[:4] == (33, 34, 33, 0)
    assert found.payments[:4] == (-17, -16, -17, 0)
