"""One year of accounts: what is accepted, warned about, kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.diagnostic.forms.finances import FinanceYearForm
from apps.diagnostic.models import FinanceYear
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.diagnostic.scoring.case import FIGURES

ALL_RESOURCES = dict.fromkeys(RESOURCE_KEYS, "1 000")


def form(**data: Any) -> FinanceYearForm:
    return FinanceYearForm(data)


def test_every_figure_of_the_arithmetic_has_its_field_and_its_place() -> None:
    asked = {field.name for group in form().groups() for field in group.fields}
    assert asked == set(FinanceYearForm.base_fields) == {*FIGURES, *RESOURCE_KEYS, "resources_complete"}


def test_a_blank_is_unknown_and_a_zero_is_zero() -> None:
    year = form(charges="1 234,50 €", depreciation="0", payroll="")
    assert year.is_valid()
    assert (year.cleaned_data["charges"], year.cleaned_data["depreciation"]) == (Decimal("1234.50"), 0)
    assert year.cleaned_data["payroll"] is None
    assert "resources_complete" not in year.cleaned_data


def test_blanks_are_zero_only_when_she_says_so() -> None:
    said = form(cotisations="500", resources_complete="on")
    assert said.is_valid()
    assert {said.cleaned_data[key] for key in RESOURCE_KEYS} == {Decimal(500), Decimal(0)}
    assert said.cleaned_data["treasury"] is None
    silent = form(cotisations="500")
    assert silent.is_valid()
    assert silent.cleaned_data["ventes"] is None


def test_an_unreadable_amount_is_not_taken_for_an_empty_one() -> None:
    year = form(cotisations="beaucoup", resources_complete="on")
    assert "n’est pas un nombre" in year.errors["cotisations"][0]
    assert 'value="beaucoup"' in str(year["cotisations"])


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"charges": "1000", "payroll": "1501"}, "payroll", "masse salariale dépasse"),
        ({"charges": "1000", "depreciation": "1001"}, "depreciation", "plus que le total des charges"),
        ({**ALL_RESOURCES, "top_funder": "12 001"}, "top_funder", "plus que le total de vos ressources"),
        ({**ALL_RESOURCES, "multi_year": "12 001"}, "multi_year", "plus que le total de vos ressources"),
        ({"treasury": "deux mois"}, "treasury", "n’est pas un nombre"),
        ({"dons": "-5"}, "dons", "ne peut pas être négatif"),
        ({"volunteer_hours": "10 000 001"}, "volunteer_hours", "Cela dépasse"),
    ],
)
def test_totals_that_cannot_be_are_named_beside_their_field(
    data: dict[str, str], field: str, sentence: str
) -> None:
    year = form(**data)
    assert list(year.errors) == [field]
    assert sentence in year.errors[field][0]


@pytest.mark.parametrize(
    "data",
    [
        {"charges": "1000", "payroll": "1500"},  # a payroll above charges may come from another perimeter
        {"charges": "1000", "depreciation": "1000"},
        {**ALL_RESOURCES, "top_funder": "12 000"},
        {"cotisations": "10", "top_funder": "500"},  # an unknown total refuses nothing
        {"payroll": "500"},
    ],
)
def test_what_may_be_true_is_accepted(data: dict[str, str]) -> None:
    assert form(**data).is_valid()


@pytest.mark.parametrize("data", [{}, {"charges": "  "}])
def test_a_year_without_a_figure_is_refused(data: dict[str, str]) -> None:
    assert "Aucun chiffre" in form(**data).non_field_errors()[0]


def test_a_saved_year_is_shown_as_it_was_typed() -> None:
    whole = FinanceYear(
        year=2024, charges=Decimal("1234.50"), result=Decimal(-80), **dict.fromkeys(RESOURCE_KEYS, Decimal(0))
    )
    initial = FinanceYearForm.figures_of(whole)
    assert initial["resources_complete"] is True
    shown = FinanceYearForm(initial=initial)
    assert 'value="1\u202f234,50"' in str(shown["charges"])
    assert 'value="\u221280"' in str(shown["result"])
    assert "value" not in str(shown["payroll"])
    assert FinanceYearForm.figures_of(FinanceYear(year=2024, dons=Decimal(1)))["resources_complete"] is False


@given(
    st.dictionaries(st.sampled_from([*FIGURES, *RESOURCE_KEYS, "resources_complete"]), st.text(max_size=20))
)
def test_whatever_is_typed_gives_figures_or_errors_and_never_a_fault(data: dict[str, str]) -> None:
    year = form(**data)
    if year.is_valid():
        assert set(year.cleaned_data) == {*FIGURES, *RESOURCE_KEYS}
        assert any(value is not None for value in year.cleaned_data.values())
    for name, typed in data.items():
        if name != "resources_complete":
            assert year[name].value() == typed
