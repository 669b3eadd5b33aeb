"""What is given without money: three methods, each with what it lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from apps.ledger.picture.in_kind import METHODS, method_for, value
from apps.ledger.picture.smic import VALUES, smic_on
from tests.ledger.picture.cases import euros, exercise, plain


def test_the_accounts() -> None:
    year = exercise(2025, euros(in_kind_volunteering="1200.50", in_kind_goods=300))
    found = value(year, METHODS["comptes"])
    assert (found.volunteering, found.total, found.missing) == (Decimal("1200.50"), Decimal("1500.50"), "")


def test_hours_at_the_value_chosen() -> None:
    year = exercise(2025, volunteer_hours=Decimal("100.5"), hour_value=Decimal("18.33"))
    found = value(year, METHODS["heure"])
    assert found.volunteering == Decimal("1842.17")  # 1842,165, half up
    assert "18,33 € de l’heure" in plain(found.rate)


def test_hours_at_the_loaded_smic_of_the_last_day() -> None:
    found = value(exercise(2025, volunteer_hours=Decimal(1000)), METHODS["smic"])
    assert found.volunteering == Decimal("15570.00")  # 11,88 × 1,311 = 15,57468
    assert "11,88 € depuis le 1er novembre 2024 (décret n° 2024-951" in plain(found.rate)
    assert "31,1 % de cotisations patronales : 15,57 €" in plain(found.rate)


@pytest.mark.parametrize(
    ("method", "fields", "missing"),
    [
        ("comptes", {}, "Aucun bénévolat dans les comptes 87 de 2025."),
        ("heure", {"volunteer_hours": Decimal(10)}, "Il manque la valeur d’une heure en 2025."),
        ("heure", {"hour_value": Decimal(10)}, "Il manque les heures de bénévolat en 2025."),
        ("smic", {}, "Il manque les heures de bénévolat en 2025."),
    ],
)
def test_what_is_missing_is_said_and_is_not_zero(method: str, fields: dict[str, Any], missing: str) -> None:
    found = value(exercise(2025, **fields), METHODS[method])
    assert (found.volunteering, found.total, found.missing) == (None, None, missing)


def test_no_smic_before_2019() -> None:
    found = value(exercise(2018, volunteer_hours=Decimal(10)), METHODS["smic"])
    assert found.volunteering is None
    assert "avant 2019" in found.missing


def test_zero_hours_are_worth_zero() -> None:
    assert value(exercise(2025, volunteer_hours=Decimal(0)), METHODS["smic"]).volunteering == 0


def test_the_smic_only_grows_and_each_value_names_its_text() -> None:
    assert all(one.since < other.since and one.gross < other.gross for one, other in pairwise(VALUES))
    assert all(one.text.startswith(("décret n° 20", "arrêté du ")) for one in VALUES)


@pytest.mark.parametrize(
    ("day", "gross"),
    [
        (date(2018, 12, 31), None),
        (date(2019, 1, 1), "10.03"),
        (date(2022, 4, 30), "10.57"),
        (date(2024, 10, 31), "11.65"),
        (date(2025, 12, 31), "11.88"),
        (date(2030, 1, 1), "12.02"),
    ],
)
def test_the_smic_in_force(day: date, gross: str | None) -> None:
    found = smic_on(day)
    assert (None if found is None else found.gross) == (None if gross is None else Decimal(gross))


def test_the_method_is_the_one_asked_or_the_first_that_says_something() -> None:
    accounts = exercise(
        2025, euros(in_kind_volunteering=10), volunteer_hours=Decimal(1), hour_value=Decimal(1)
    )
    hours = exercise(2024, volunteer_hours=Decimal(1), hour_value=Decimal(1))
    bare = exercise(2023, volunteer_hours=Decimal(1))
    assert method_for([bare], "heure").code == "heure"
    assert method_for([bare, hours, accounts], "autre").code == "comptes"
    assert method_for([bare, hours], "").code == "heure"
    assert method_for([bare], "").code == "smic"
    assert method_for([exercise(2022)], "").code == "comptes"
