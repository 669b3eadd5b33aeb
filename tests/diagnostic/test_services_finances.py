"""Up to three years of accounts, each replaced as a whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import FieldError

from apps.diagnostic.errors import CampaignClosed, Refused
from apps.diagnostic.services import close_campaign, delete_finance_year, save_finance_year
from tests.factories.diagnostic import answer, campaign, finance_year, respondent

pytestmark = pytest.mark.django_db


def test_a_year_is_replaced_as_a_whole() -> None:
    made = campaign()
    save_finance_year(campaign=made, year=2024, figures={"charges": Decimal(10), "dons": Decimal(0)})
    save_finance_year(campaign=made, year=2024, figures={"payroll": Decimal(5)})
    row = made.finances.get()
    assert (row.payroll, row.charges, row.dons) == (Decimal(5), None, None)


def test_a_fourth_year_is_refused_and_a_known_one_may_change() -> None:
    made = campaign()
    for year in (2022, 2023, 2024):
        save_finance_year(campaign=made, year=year, figures={"charges": Decimal(1)})
    for year in (2021, 2025):
        with pytest.raises(Refused, match="supprimez-en un"):
            save_finance_year(campaign=made, year=year, figures={"charges": Decimal(1)})
    save_finance_year(campaign=made, year=2023, figures={"charges": Decimal(7)})
    assert dict(made.finances.values_list("year", "charges")) == {2022: 1, 2023: 7, 2024: 1}
    assert delete_finance_year(campaign=made, year=2022)
    assert not delete_finance_year(campaign=made, year=2022)
    save_finance_year(campaign=made, year=2025, figures={})
    assert made.finances.count() == 3


def test_the_years_of_another_campaign_do_not_count_and_are_not_touched() -> None:
    other = finance_year(campaign(), 2024, charges=Decimal(9))
    made = campaign()
    save_finance_year(campaign=made, year=2024, figures={"charges": Decimal(1)})
    delete_finance_year(campaign=made, year=2024)
    other.refresh_from_db()
    assert other.charges == 9


def test_a_figure_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(FieldError):
        save_finance_year(campaign=campaign(), year=2024, figures={"chiffre": Decimal(1)})


def test_the_accounts_of_a_closed_campaign_are_frozen() -> None:
    made = campaign()
    finance_year(made, 2024)
    answer(respondent(made))
    close_campaign(campaign=made, by=None)
    with pytest.raises(CampaignClosed):
        save_finance_year(campaign=made, year=2024, figures={"charges": Decimal(1)})
    with pytest.raises(CampaignClosed):
        delete_finance_year(campaign=made, year=2024)
    assert made.finances.get().charges is None
