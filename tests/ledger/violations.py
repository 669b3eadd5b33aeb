"""What the database refuses of the accounts (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.accounts.models import Organisation
from apps.ledger.models import AccountLine, Correction, Exercise, Import, NatureAmount, SectionLine
from tests.factories import OrganisationFactory

Act = Callable[[], Any]
DAYS = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}


def read(organisation: Organisation | None = None, **fields: Any) -> Import:
    values = {"source": "fec", "state": "to_check", **DAYS, **fields}
    return Import.objects.create(organisation=organisation or OrganisationFactory.create(), **values)


def exercise(organisation: Organisation | None = None, **fields: Any) -> Exercise:
    values = {"source": "typed", "year": 2025, **DAYS, **fields}
    return Exercise.objects.create(organisation=organisation or OrganisationFactory.create(), **values)


def line(accounts: Import | None = None, **fields: Any) -> AccountLine:
    values = {"number": "706000", **fields}
    return AccountLine.objects.create(accounts=accounts or read(), **values)


def correction(organisation: Organisation, nature: str = "ventes") -> Correction:
    return Correction.objects.create(organisation=organisation, number="706000", nature=nature, year=2025)


def one_import_per_form() -> None:
    first = read()
    read(first.organisation, key=first.key)


def one_exercise_per_year() -> None:
    exercise(exercise().organisation)


def one_line_per_account() -> None:
    line(line().accounts)


def one_line_per_section() -> None:
    accounts = read()
    for _ in range(2):
        SectionLine.objects.create(accounts=accounts, section="VELO", number="706000")


def one_correction() -> None:
    organisation = OrganisationFactory.create()
    correction(organisation)
    correction(organisation, "dons")


def one_amount() -> None:
    made = exercise()
    for _ in range(2):
        NatureAmount.objects.create(exercise=made, nature="ventes", amount=1)


VIOLATIONS: dict[str, Act] = {
    "one_import_per_form": one_import_per_form,
    "waiting_import_has_a_file": lambda: read(state="requested"),
    "read_import_keeps_no_file": lambda: read(file="ledger/x.txt"),
    "read_import_has_its_days": lambda: read(starts_on=None),
    "refused_import_says_why": lambda: read(state="refused"),
    "import_comes_from_accounts": lambda: read(source="typed"),
    "one_exercise_per_year": one_exercise_per_year,
    "exercise_is_read_or_typed": lambda: exercise(source="fec"),
    "exercise_ends_in_its_year": lambda: exercise(year=2024),
    "one_line_per_account": one_line_per_account,
    "account_line_has_a_number": lambda: line(number=""),
    "third_parties_have_no_label": lambda: line(number="411", label="Dupont"),
    "corrected_line_says_since_when": lambda: line(how="correction"),
    "one_line_per_account_and_section": one_line_per_section,
    "one_correction_per_account": one_correction,
    "correction_has_a_nature": lambda: correction(OrganisationFactory.create(), ""),
    "one_amount_per_nature_and_section": one_amount,
}
