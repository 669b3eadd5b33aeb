"""Indicators and alerts from accounts: the diagnostic's own, on twelve months, with what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from apps.diagnostic.presenters_references import References
from apps.diagnostic.scoring.finances import indicators
from apps.ledger.picture import gauges
from tests.ledger.picture.cases import euros, exercise, plain, three

NONE = References((), None)


def one(key: str, years: Any, given: Any = None) -> gauges.Gauge:
    return next(g for g in gauges.gauges(years, given or {}, NONE) if g.indicator.key == key)


def test_the_indicators_of_the_last_year_and_those_before() -> None:
    cash = one("months_of_cash", three())
    assert plain(cash.indicator.value) == "1,6 mois"  # 20 000 ÷ ((155 000,90 − 5 600) ÷ 12)
    assert [plain(said) for said in cash.before] == ["3,6 mois en 2024", "5,1 mois en 2023"]
    assert cash.fix is None


def test_missing_is_missing_with_the_year_to_complete() -> None:
    years = three()
    top = one("top_funder_share", years)
    assert (top.indicator.value, top.fix) == ("", years[-1])
    assert plain(top.indicator.missing) == "Il manque le montant du premier financeur en 2025."


def test_growth_needs_two_years_and_nothing_to_complete() -> None:
    found = one("resources_change", three()[-1:])
    assert (found.indicator.missing, found.fix, found.before) == ("Il faut deux exercices.", None, ())
    assert plain(one("resources_change", three()).indicator.value) == "+62,2 %"


def test_what_is_given_in_kind_follows_the_method_chosen() -> None:
    years = three()
    without, with_ = one("in_kind_share", years), one("in_kind_share", years, {2025: Decimal("155000.90")})
    assert plain(without.indicator.value) == "6 %"  # 9 600 of services, in the accounts
    assert plain(with_.indicator.value) == "50 %"


def test_a_longer_exercise_is_brought_to_twelve_months() -> None:
    amounts = euros(ventes=180, payroll=150, depreciation=30)
    long = exercise(
        2025, amounts, starts_on=date(2024, 7, 1), treasury=Decimal(20), volunteer_hours=Decimal("2410.5")
    )
    assert long.months == 18
    found = indicators([gauges.scored(long, None)])
    assert found["months_of_cash"] == Fraction(20) / (Fraction(150) / 18)
    assert found["volunteer_fte"] == 1
    assert found["payroll_share"] == Fraction(150, 180)
    assert plain(gauges.annual([long])) == "Ramené à douze mois pour ces indicateurs : 2025 (18 mois)."
    assert gauges.annual(three()) == ""


def test_a_resource_below_zero_does_not_break_the_page() -> None:
    found = gauges.gauges([exercise(2025, euros(ventes=-50, dons=200, payroll=10))], {}, NONE)
    assert len(found) == 12


def test_the_alerts_of_the_diagnostic() -> None:
    found = gauges.warnings(three(), NONE)
    assert [alert.code for alert in found.items] == ["cash_tight"]
    assert "DLA" in found.helpers


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"treasury": Decimal(8)}, ["cash_critical"]),
        ({"treasury": Decimal(2000), "equity": Decimal(-1)}, ["negative_equity"]),
        ({"treasury": Decimal(2000), "top_funder": Decimal(60)}, ["funder_dependency"]),
        ({}, []),
    ],
)
def test_each_alert(fields: dict[str, Decimal], codes: list[str]) -> None:
    year = exercise(2025, euros(ventes=100, payroll=100), **fields)
    assert [alert.code for alert in gauges.warnings([year], NONE).items] == codes


def test_a_funder_larger_than_the_whole_is_no_alert_but_a_figure_to_look_at() -> None:
    year = exercise(
        2025,
        euros(ventes=100, payroll=100),
        top_funder=Decimal(150),
        multi_year=Decimal(101),
        treasury=Decimal(90),
    )
    assert gauges.warnings([year], NONE).items == ()
    for key in ("top_funder_share", "multi_year_share"):
        found = one(key, [year])
        assert (found.indicator.value, found.fix) == ("", year)
        assert "dépasse toutes vos ressources de 2025" in plain(found.indicator.missing)
    whole = exercise(2025, euros(ventes=100, payroll=100), top_funder=Decimal(100), treasury=Decimal(90))
    assert plain(one("top_funder_share", [whole]).indicator.value) == "100 %"


def lost(of: int) -> Any:
    return exercise(of, euros(ventes=90, payroll=100))


def test_losses_in_a_row_only_count_exercises_that_follow() -> None:
    following = gauges.warnings([lost(2023), lost(2024), lost(2025)], NONE)
    assert [(a.code, a.level) for a in following.items] == [("repeated_losses", "red")]
    assert gauges.warnings([lost(2021), lost(2022), lost(2025)], NONE).items == ()
    two = gauges.warnings([lost(2021), lost(2024), lost(2025)], NONE)
    assert [(a.code, a.level) for a in two.items] == [("repeated_losses", "orange")]


def test_employer_or_not() -> None:
    assert gauges.has_employees(exercise(2025, euros(payroll=5), employees_fte=Decimal(0))) is False
    assert gauges.has_employees(exercise(2025, euros(payroll=5))) is True
    assert gauges.has_employees(exercise(2025)) is False
    assert gauges.has_employees(exercise(2025, source="typed")) is None
