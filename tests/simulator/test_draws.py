"""Ten thousand futures: the law announced, the same ones each time, and chances that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from apps.simulator.draws import draw, drawn
from apps.simulator.plan import Base, Plan
from apps.simulator.project import project
from tests.simulator.plans import plan, said

GIFT = said("funder_won", 6000, nature="dons", low=0, high=12000)


@pytest.mark.parametrize(("low", "mid", "high"), [(0, 6, 12), (-4, -4, 8), (2, 10, 10)])
def test_the_law_is_triangular(low: int, mid: int, high: int) -> None:
    one = replace(GIFT, low=Decimal(low), mid=Decimal(mid), high=Decimal(high))
    values = drawn("a", one, 40_000)
    assert low <= values.min() <= values.max() <= high
    assert values.mean() == pytest.approx((low + mid + high) / 3, abs=0.05)
    variance = (low**2 + mid**2 + high**2 - low * mid - low * high - mid * high) / 18
    assert values.var() == pytest.approx(variance, rel=0.03)
    assert (values <= mid).mean() == pytest.approx((mid - low) / (high - low), abs=0.01)


def test_the_same_scenario_shows_the_same_band_and_another_one_its_own() -> None:
    one = plan(GIFT)
    assert draw(one, 500) == draw(one, 500)
    assert draw(replace(one, key="autre"), 500) != draw(one, 500)
    beside = plan(said("giving", 300, low=100, high=500), GIFT)
    assert np.array_equal(drawn(one.key, GIFT, 500), drawn(beside.key, beside.hypotheses[1], 500))
    other = drawn(one.key, replace(GIFT, key="autre"), 500)
    assert abs(np.corrcoef(drawn(one.key, GIFT, 500), other)[0, 1]) < 0.15


def test_a_chance_worked_by_hand() -> None:
    """1 000 a month are spent; a gift of 6 000 to 12 000 a year, even law on each side: half the futures hold the year.

    The treasury at the end of the year is 12 000 + gift − 12 000; below one month when the gift is below 1 000.
    """
    base = Base(2025, {"payroll": 12_000_00}, treasury=12_000_00)
    found = draw(Plan("main", base, plan(years=3).settings, (replace(GIFT, lasts=1),)), 40_000)
    under = 1000**2 / (12000 * 6000)  # the triangle’s area below 1 000
    assert found.under_one.by_year[0] == pytest.approx(under, abs=0.003)
    # Without the gift, the second year ends below whatever was drawn.
    assert found.under_one.by_year[1] == 1
    assert found.under_one.whole == 1
    assert found.result_mid[0] == pytest.approx(-6_000_00, abs=60_00)


def test_the_band_holds_the_futures_it_announces() -> None:
    one = plan(GIFT)
    found = draw(one)
    gifts = np.sort(drawn(one.key, GIFT, 10_000))
    base = project(plan()).results[0]
    for name, rank in (("result_low", 1000), ("result_high", 8999)):
        assert getattr(found, name)[0] == pytest.approx(base + gifts[rank] * 100, abs=1)


@pytest.mark.parametrize("nature", ["payroll", "ventes", "all_costs"])
def test_an_indexation_is_drawn_by_powers(nature: str) -> None:
    """At the ends of a law without width but for a hair, the band meets the exact calculation."""
    one = said("indexation", 5, nature=nature, low="4.9999", high="5.0001")
    found, central = draw(plan(one, years=7), 400), project(plan(one, years=7))
    assert found.result_mid == pytest.approx(central.results, rel=1e-4)
    assert found.treasury_mid == pytest.approx(central.treasury, rel=1e-3)
