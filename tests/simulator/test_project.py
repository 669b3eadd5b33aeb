"""Each sort on a base one can count in one’s head: 12 000 of sales, 6 000 of pay, 3 000 of purchases. docs/simulateur.md §§ 3 to 6."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.simulator.money import parts, rounded
from apps.simulator.plan import Base
from apps.simulator.project import project
from tests.simulator.plans import SMALL, plan, said

JULY = date(2026, 7, 1)


def euros(*amounts: int) -> tuple[int, ...]:
    return tuple(100 * amount for amount in amounts)


def test_roundings_are_those_of_a_spreadsheet() -> None:
    assert [rounded(Fraction(x, 2)) for x in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]
    assert parts(100, 3) == [33, 34, 33]
    assert parts(-100, 3) == [-33, -34, -33]


def test_the_base_alone() -> None:
    found = project(plan())
    assert found.years == (2026, 2027, 2028)
    assert found.results == euros(3000, 3000, 3000)
    assert found.equity == euros(3500, 6500, 9500)
    assert (found.treasury[0], found.treasury[11]) == euros(1250, 4000)
    assert found.months_of_cash[0] == Fraction(4000, 750)
    assert (found.break_even_year, found.lowest) == (2026, (1, 1250_00))
    # 6 000 of pay over a margin of 75 %.
    assert found.break_even_sales == euros(8000, 8000, 8000)


def test_sales_paid_late_are_owed_at_the_end_and_what_was_owed_comes_first() -> None:
    base = Base(2025, {"ventes": 12_000_00}, receivables=2_000_00, payables=600_00)
    found = project(plan(base=base, delay_sales=2, settle_months=2))
    assert found.receipts[:4] == euros(1000, 1000, 1000, 1000)
    assert found.payments[:3] == euros(300, 300, 0)
    assert found.receivables_end == 2_000_00


def test_grants_that_come_in_one_month() -> None:
    base = Base(2025, {"subv_region": 9_000_00})
    found = project(plan(base=base, public_month=6, delay_public=4))
    assert (found.receipts[4], found.receipts[5], found.receipts[6]) == euros(0, 9000, 0)
    assert found.resources["subv_region"] == euros(9000, 9000, 9000)


def test_a_funder_from_july_that_grows() -> None:
    found = project(plan(said("funder_won", 1200, nature="subv_region", starts=JULY, growth=10, delay=1)))
    assert found.resources["subv_region"] == euros(600, 1320, 1452)
    assert found.receipts[6] == 1000_00
    assert found.receipts[7] == 1100_00
    assert found.receivables_end == 121_00


def test_a_funder_lost_takes_its_payments_with_the_same_delay() -> None:
    base = Base(2025, {"subv_etat": 1_200_00})
    lost = said("funder_lost", 1200, nature="subv_etat", delay=2)
    found = project(plan(lost, base=base, delay_public=2))
    assert found.resources["subv_etat"] == (0, 0, 0)
    assert set(found.receipts) == {0}
    assert found.receivables_end == 0


def test_an_agreement_pays_an_advance_then_a_balance() -> None:
    found = project(
        plan(said("agreement", 1200, nature="fondations", lasts=2, advance=60, delay=3), base=Base(2025, {}))
    )
    assert found.resources["fondations"] == euros(1200, 1200, 0)
    paid = {month: amount for month, amount in enumerate(found.receipts, 1) if amount}
    assert paid == {1: 720_00, 13: 720_00, 15: 480_00, 27: 480_00}


def test_an_agreement_that_the_horizon_cuts_is_owed_for_its_part() -> None:
    last = said("agreement", 1200, nature="fondations", lasts=3, starts=date(2028, 7, 1), advance=50)
    found = project(plan(last, base=Base(2025, {})))
    assert found.resources["fondations"] == euros(0, 0, 600)
    assert (found.treasury[-1], found.receivables_end) == (300_00, 300_00)


def test_an_indexation_by_whole_years_on_the_base_alone() -> None:
    found = project(plan(said("indexation", 10, nature="payroll", starts=date(2027, 9, 1), lasts=1)))
    assert found.costs["payroll"] == euros(6000, 6600, 6600)
    every = project(plan(said("indexation", 10, nature="all_costs"), said("funder_won", 100, nature="dons")))
    assert every.total_costs == euros(9900, 10890, 11979)


def test_a_hiring_with_its_employer_s_share_and_its_aid() -> None:
    made = said(
        "hiring", 20000, fte="0.5", employer_rate=40, once=300, aid=4000, starts=JULY, nature="subv_etat"
    )
    found = project(plan(made, base=Base(2025, {})))
    assert found.costs["payroll"] == euros(7000, 14000, 14000)
    assert found.costs["outside_services"] == euros(300, 0, 0)
    assert found.resources["subv_etat"] == euros(2000, 4000, 4000)


def test_price_and_volume_of_one_activity() -> None:
    made = said("activity", 10, price=20, concerned=10000, cost_rate=30)
    found = project(plan(made))
    assert found.resources["ventes"][0] == euros(12000 + 3200)[0]
    assert found.costs["purchases"][0] == euros(3000 + 300)[0]
    whole = project(plan(said("activity", -50)))
    assert whole.resources["ventes"] == euros(6000, 6000, 6000)


def test_members_gifts_and_a_pooled_function() -> None:
    found = project(
        plan(
            said("membership", -10, each=12),
            said("giving", 500, once=100, upkeep=50),
            said("pooling", 800, saved_on="payroll", upkeep=200, once=60),
        )
    )
    assert found.resources["cotisations"] == euros(-120, -120, -120)
    assert found.resources["dons"] == euros(500, 500, 500)
    assert found.costs["payroll"] == euros(5200, 5200, 5200)
    assert found.costs["outside_services"] == euros(410, 250, 250)
    assert found.avoided == euros(800, 800, 800)


def test_volunteering_counts_in_hours_and_in_value_not_in_the_result() -> None:
    base = Base(2025, {}, volunteer_hours=Decimal(100))
    found = project(plan(said("volunteering", 24, upkeep=60, starts=JULY), base=base, hour_value=10_00))
    assert found.volunteer_hours == (Decimal(112), Decimal(124), Decimal(124))
    assert found.volunteer_value == euros(1120, 1240, 1240)
    assert found.results == euros(-30, -60, -60)


def test_an_investment_with_its_loan_and_its_grant() -> None:
    made = said(
        "investment", 3600, term=3, borrowed=2400, loan_rate=12, loan_years=2, granted=720, delay=2, upkeep=24
    )
    found = project(plan(made, base=Base(2025, {}, treasury=2_000_00)))
    assert found.costs["depreciation"] == euros(1200, 1200, 1200)
    # 1 % a month of what is left: 2 400, 2 300, … the first capital is paid a month later.
    assert found.costs["other_costs"] == (
        sum(24_00 - n * 1_00 for n in range(11)),
        sum(13_00 - n * 1_00 for n in range(12)),
        1_00,
    )
    assert found.resources["autres_produits"] == euros(240, 240, 240)
    assert found.treasury[0] == euros(2000 - 3600 + 2400 - 2)[0]
    assert found.receipts[2] == 720_00
    assert (found.flows.repaid, found.flows.written_back, found.flows.invested) == euros(2400, 720, 3600)


def test_the_value_of_an_alliance_has_four_terms() -> None:
    made = said(
        "alliance",
        50,
        avoided=2000,
        given=1000,
        levered=3000,
        engineering=400,
        once=100,
        nature="subv_region",
    )
    found = project(plan(made))
    (value,) = found.alliances
    assert (value.avoided[0], value.given[0], value.levered[0], value.engineering[0]) == euros(
        1000, 500, 1500, 500
    )
    assert value.values == euros(2500, 2600, 2600)
    assert value.per_euro == (Fraction(3), Fraction(15, 4), Fraction(15, 4))
    assert value.shares[0] == Fraction(2500, 8500)
    assert found.costs["services"] == euros(-1000, -1000, -1000)


def test_each_euro_counts_once_in_the_barycentre() -> None:
    base = Base(
        2025,
        {"ventes": 10_000_00, "mecenat": 2_000_00, "payroll": 6_000_00},
        volunteer_hours=Decimal(100),
        in_kind=500_00,
    )
    (pillars, *_) = project(plan(base=base, hour_value=10_00)).pillars
    assert (pillars.human, pillars.financial, pillars.alliances) == euros(7000, 4000, 2500)
    (pillars, *_) = project(plan(base=base, hour_value=10_00, with_in_kind=False)).pillars
    assert (pillars.human, pillars.financial, pillars.alliances) == euros(6000, 4000, 2000)
    levered = said("alliance", 100, levered=800, nature="dons")
    (pillars, *_) = project(plan(levered, base=base, with_in_kind=False)).pillars
    assert (pillars.financial, pillars.alliances) == euros(4000, 2800)
    assert project(plan(base=Base(2025, {}))).pillars[0].shares == (Fraction(1, 3),) * 3


def test_what_starts_before_starts_with_the_horizon_and_what_starts_after_does_nothing() -> None:
    early = project(plan(said("funder_won", 1200, nature="dons", starts=date(2024, 3, 1), lasts=1)))
    assert early.resources["dons"] == euros(1200, 0, 0)
    late = project(plan(said("investment", 900, term=2, starts=date(2029, 1, 1))))
    assert late.treasury == project(plan()).treasury


def test_no_balance_and_no_costs_say_so() -> None:
    found = project(plan(base=Base(2025, {"dons": 5})))
    assert found.months_of_cash == (None, None, None)
    assert found.break_even_sales == (None, None, None)
    losing = project(
        plan(said("funder_won", 2000, nature="dons", lasts=1), base=Base(2025, {"payroll": 1_000_00}))
    )
    assert losing.break_even_year is None
    assert (
        project(
            plan(
                said("funder_won", 500, nature="dons", starts=date(2027, 1, 1)),
                base=Base(2025, {"payroll": 500_00}),
            )
        ).break_even_year
        == 2027
    )


def test_the_v_that_is_tried_replaces_the_mid() -> None:
    made = said("funder_won", 1200, nature="dons", low=600, high=1800)
    assert project(plan(made), {made.key: Decimal(600)}).resources["dons"][0] == 600_00
    tried = plan(made).tried({made.key: Decimal(2000)}).hypotheses[0]
    assert (tried.low, tried.mid, tried.high) == (Decimal(600), Decimal(2000), Decimal(2000))
    assert SMALL.of("dons") == 0
