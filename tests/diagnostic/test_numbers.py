"""Amounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from apps.diagnostic.forms.numbers import FrenchNumberField, NumberInput, read_number

MONEY = FrenchNumberField(highest=1_000_000_000, unit="€")
SIGNED = FrenchNumberField(lowest=-1_000_000_000, highest=1_000_000_000, unit="€")
cents = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12500", "12500"),
        ("12 500", "12500"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("12\u00a0500,5 euros", "12500.5"),
        ("12.500,50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("1.234.567", "1234567"),
        ("1'234'567", "1234567"),
        ("0,125", "0.125"),
        ("0.5", "0.5"),
        ("12,50", "12.50"),
        ("−1 500", "-1500"),
        ("–800", "-800"),
        ("-0,5", "-0.5"),
        ("850 heures", "850"),
        ("2,5 ETP", "2.5"),
    ],
)
def test_french_ways_of_writing_a_number_are_read(written: str, meant: str) -> None:
    assert read_number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    ["douze", "12 mille", "1e5", "NaN", "Infinity", "1_000", "12.05.2024", "1.2.3", "1,234,56", "1.234.567.8",
     "--5", "5-", "12,", ",5", "€", "=1+1", "1.234,567.8", "1" * 61, "12 500" + " " * 60 + "ou plus"],
)  # fmt: skip
def test_what_is_not_a_number_is_quoted_and_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="n’est pas un nombre") as refusal:
        read_number(written)
    assert len(refusal.value.message) < 140


@pytest.mark.parametrize(
    ("written", "one", "other"), [("12.500", "12 500", "12,5"), ("-1,000", "-1 000", "-1,0")]
)
def test_a_number_that_could_be_two_is_asked_again(written: str, one: str, other: str) -> None:
    with pytest.raises(ValidationError, match="de deux façons") as refusal:
        read_number(written)
    assert one in refusal.value.message
    assert other in refusal.value.message


@pytest.mark.parametrize("empty", ["", "   ", None])
def test_empty_is_unknown_and_zero_is_zero(empty: str | None) -> None:
    assert MONEY.clean(empty) is None
    assert MONEY.clean("0") == 0


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        (MONEY, "-1", "ne peut pas être négatif"),
        (MONEY, "1 000 000 001", "Cela dépasse 1 000 000 000 €"),
        (SIGNED, "-1 000 000 001", "Cela dépasse"),
        (MONEY, "12345,678", "Deux chiffres après la virgule"),
        (FrenchNumberField(highest=100), "101", "Cela dépasse 100."),
    ],
)
def test_absurd_amounts_are_refused_in_french(field: FrenchNumberField, written: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(written)
    assert sentence in refusal.value.messages[0].replace("\u202f", " ")


def test_a_loss_is_accepted_where_a_sign_means_something() -> None:
    assert SIGNED.clean("−1 500,25 €") == Decimal("-1500.25")


@given(cents)
def test_every_saved_amount_is_shown_in_a_form_that_reads_back_as_itself(amount: Decimal) -> None:
    shown = NumberInput().format_value(amount)
    assert shown is not None
    if abs(amount) <= 1_000_000_000:
        assert SIGNED.clean(shown) == amount


def test_what_was_typed_is_shown_again_as_it_was() -> None:
    assert NumberInput().format_value("douze euros") == "douze euros"
    assert NumberInput().format_value(None) is None


@given(
    cents, st.sampled_from([" ", "\u00a0", "\u202f", "'"]), st.sampled_from(["", " €", " euros", "\u00a0€"])
)
def test_any_grouping_and_unit_reads_the_same(amount: Decimal, mark: str, unit: str) -> None:
    whole, _, part = f"{amount:,.2f}".partition(".")
    assert read_number(whole.replace(",", mark) + "," + part + unit) == amount


@given(st.text(max_size=80))
@example("\x00")
@example("²")
@example("١٢")
def test_any_text_is_a_finite_amount_or_a_sentence(written: str) -> None:
    try:
        value = MONEY.clean(written)
    except ValidationError:
        return
    assert value is None or (value.is_finite() and 0 <= value <= 1_000_000_000)
