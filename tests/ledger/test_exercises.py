"""From what was read to the exercises that count: corrected, accepted, replaced, removed, completed; five at most."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.ledger import comparison, selectors, services
from apps.ledger.check import Check
from apps.ledger.enums import ImportState, Source
from apps.ledger.errors import Refused, YearTaken
from apps.ledger.models import AccountLine, Correction, Exercise, Import, NatureAmount
from tests.ledger.support import (
    BALANCE,
    RESULT,
    Place,
    accepted,
    fec,
    kept,
    pasted,
    place,
    read,
    to_check,
    values,
)


def euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def correct(at: Place, row: Import, **chosen: str) -> int:
    said = {number.removeprefix("n"): nature for number, nature in chosen.items()}
    return services.correct(accounts=row, by=at.people["admin"], chosen=said)


def read_of(exercise: Exercise) -> Import:
    """Where it was read."""
    assert exercise.accounts
    return exercise.accounts


def check(row: Import) -> Check:
    row.refresh_from_db()
    return Check(row, selectors.lines_of(row), {})


def test_the_check_meets_the_file_to_the_cent(at: Place) -> None:
    found = check(to_check(at))
    products, costs = found.proofs
    assert values(products.in_file, products.placed, products.unmapped, products.gap) == (1000, 1000, 0, 0)
    assert values(costs.in_file, costs.placed + costs.unmapped, costs.gap) == (750, 750, 0)
    assert found.result == euros(RESULT)
    assert found.is_exact
    assert not found.doubts


def test_an_account_without_nature_is_first_and_counted(at: Place) -> None:
    found = check(
        pasted(at, accounts=kept(("580000", "Virements", 0, 0), ("991000", "Suivi", 0, 700), *BALANCE))
    )
    assert found.unmapped is not None
    assert found.unmapped.forms[0].rows[0].number == "991000"
    # neither in the result nor in the balance: nothing to choose
    assert not found.unmapped.forms[0].is_open


def test_a_balance_that_does_not_meet_the_result_is_said_to_the_cent(at: Place) -> None:
    row = pasted(at, accounts=kept(("706000", "Ateliers", 0, -100_000), ("512000", "Banque", 0, 99_901)))
    (doubt,) = check(row).doubts
    assert "0,99" in doubt


def test_a_correction_changes_the_account_and_is_remembered(at: Place) -> None:
    row = to_check(at)
    assert correct(at, row, n706000="commande_publique", n641100="outside_services") == 2
    line = AccountLine.objects.get(number="706000")
    assert (line.nature, line.how, line.corrected_for) == ("commande_publique", "correction", 2025)
    assert {one.number: (one.nature, one.year) for one in Correction.objects.all()} == {
        "706000": ("commande_publique", 2025),
        "641100": ("outside_services", 2025),
    }
    later = to_check(at, 2026)
    line = AccountLine.objects.get(accounts=later, number="706000")
    assert (line.nature, line.corrected_for) == ("commande_publique", 2025)
    assert [r.reason for r in check(later).groups[0].forms[0].rows] == [
        "Corrigé par vous pour l’exercice 2025"
    ]


def test_a_correction_is_undone(at: Place) -> None:
    row = to_check(at)
    correct(at, row, n706000="commande_publique")
    assert correct(at, row, n706000="") == 1
    assert AccountLine.objects.get(number="706000").nature == "ventes"
    assert not Correction.objects.exists()
    assert correct(at, row, n706000="") == 0


def test_a_nature_of_the_other_side_is_refused_and_nothing_changes(at: Place) -> None:
    row = to_check(at)
    with pytest.raises(Refused, match="706000"):
        correct(at, row, n641100="services", n706000="payroll")
    assert not Correction.objects.exists()


def test_an_account_that_is_not_there_is_ignored(at: Place) -> None:
    assert correct(at, to_check(at), n123456="equity") == 0


def test_a_correction_of_another_association_changes_nothing_here(at: Place) -> None:
    other = place()
    correct(other, to_check(other), n706000="commande_publique")
    to_check(at)
    assert AccountLine.objects.get(accounts__organisation=at.organisation, number="706000").nature == "ventes"


def test_accepted_accounts_are_an_exercise_with_all_its_figures(at: Place) -> None:
    made = accepted(at)
    (year,) = selectors.years_of(at.organisation)
    assert (year.key, year.year, year.source, year.months) == (made.pk, 2025, "fec", 12)
    assert (year.starts_on, year.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert year.amounts["ventes"] == 1000
    assert year.amounts["payroll"] == 600
    assert year.costs + year.unmapped_costs == 750
    assert year.result == euros(RESULT)
    assert values(year.treasury, year.equity) == (
        12_250,
        12_250,
    )  # the result of the year is in the own funds
    assert values(year.receivables, year.payables) == (0, 0)


def test_what_has_no_nature_is_kept_apart_and_counts_in_the_result(at: Place) -> None:
    row = pasted(at)
    AccountLine.objects.filter(accounts=row, number="699999").update(number="60ZZZ", label="")
    lost = pasted(at, 2024, kept(("6", "", 0, 0), ("706000", "Ateliers", 0, -100), ("600", "", 0, 0)))
    assert lost.state == ImportState.TO_CHECK
    services.accept(accounts=row, by=at.people["admin"])
    (year,) = selectors.years_of(at.organisation)
    assert year.result == euros(RESULT)


def test_accepting_twice_is_once(at: Place) -> None:
    row = to_check(at)
    first = services.accept(accounts=row, by=at.people["admin"])
    assert services.accept(accounts=row, by=at.people["lead"]).pk == first.pk
    assert NatureAmount.objects.filter(exercise=first, nature="ventes").count() == 1


def test_a_correction_after_acceptance_moves_the_amounts(at: Place) -> None:
    made = accepted(at)
    correct(at, read_of(made), n706000="commande_publique")
    (year,) = selectors.years_of(at.organisation)
    assert "ventes" not in year.amounts
    assert year.amounts["commande_publique"] == 1000


def test_a_correction_of_one_year_leaves_the_others_as_they_were(at: Place) -> None:
    accepted(at, 2024)
    correct(at, read_of(accepted(at, 2025)), n706000="commande_publique")
    before, after = selectors.years_of(at.organisation)
    assert before.amounts["ventes"] == after.amounts["commande_publique"] == 1000


def test_a_year_that_stands_is_compared_then_replaced_and_keeps_what_was_said_beside(at: Place) -> None:
    made = accepted(at)
    services.complete(exercise=made, said={"volunteer_hours": Decimal(120)})
    row = pasted(at, accounts=kept(("706000", "Ateliers", 0, -50_000), ("606000", "Achats", 0, 10_000)))
    with pytest.raises(YearTaken) as taken:
        services.accept(accounts=row, by=at.people["admin"])
    assert taken.value.exercise == made.pk
    again = services.accept(accounts=row, by=at.people["admin"], replacing=made.pk)
    assert list(Import.objects.all()) == [row]
    (year,) = selectors.years_of(at.organisation)
    assert values(year.key, year.source, year.result, year.volunteer_hours) == (again.pk, "pasted", 400, 120)


def test_the_comparison_tells_each_line(at: Place) -> None:
    made = accepted(at)
    row = pasted(at, accounts=kept(("706000", "Ateliers", 0, -50_000), ("756000", "Cotisations", 0, -1_000)))
    exercise = selectors.exercise_or_404(at.organisation, made.pk)
    parts = comparison.by_nature(exercise, selectors.lines_of(row))
    pairs = {
        pair.title: values(pair.before, pair.after, pair.difference) for part in parts for pair in part.pairs
    }
    assert pairs["Ventes et participations des usagers"] == (1000, 500, -500)
    assert pairs["Cotisations"] == (None, 10, 10)
    assert pairs["Salaires et charges sociales"] == (600, None, -600)
    accounts = comparison.by_account(selectors.lines_of(made.accounts), selectors.lines_of(row))  # type: ignore[arg-type]
    assert [(pair.title, pair.detail) for pair in accounts][-2:] == [
        ("706000 Ateliers", ""),
        ("756000 Cotisations", "Nouveau"),
    ]


def test_a_sixth_exercise_asks_to_remove_one(at: Place) -> None:
    first, *_ = [accepted(at, year) for year in range(2020, 2025)]
    row = to_check(at, 2025)
    with pytest.raises(Refused, match="Cinq exercices"):
        services.accept(accounts=row, by=at.people["admin"])
    with pytest.raises(Refused, match="Cinq exercices"):
        services.save_typed(
            organisation=at.organisation, by=at.people["admin"], days=DAYS, amounts={"ventes": Decimal(1)}
        )
    assert services.remove(exercise=first)
    services.accept(accounts=row, by=at.people["admin"])
    assert [year.year for year in selectors.years_of(at.organisation)] == [2021, 2022, 2023, 2024, 2025]


def test_removing_twice_is_once_and_leaves_no_account(at: Place) -> None:
    made = accepted(at)
    assert services.remove(exercise=made)
    assert not services.remove(exercise=made)
    assert not AccountLine.objects.exists()


def test_accounts_set_aside_leave_nothing_and_cannot_be_accepted(at: Place) -> None:
    row = to_check(at)
    assert services.drop(accounts=row)
    assert not services.drop(accounts=row)
    assert not AccountLine.objects.exists()
    with pytest.raises(Refused, match="ne sont plus à vérifier"):
        services.accept(accounts=row, by=at.people["admin"])


def test_an_exercise_is_not_set_aside_by_an_old_page(at: Place) -> None:
    made = accepted(at)
    with pytest.raises(Refused):
        services.drop(accounts=made.accounts)  # type: ignore[arg-type]
    assert Exercise.objects.filter(pk=made.pk).exists()


def test_a_refused_file_leaves_the_list(at: Place) -> None:
    assert services.drop(accounts=read(at, b"non\n"))
    assert not Import.objects.exists()


def test_the_same_file_read_before_is_known(at: Place) -> None:
    made = accepted(at)
    again = to_check(at, content=fec())
    found = selectors.read_before(again)
    assert found
    assert found.pk == made.accounts_id
    assert selectors.read_before(pasted(at)) is None


DAYS = (date(2025, 9, 1), date(2026, 8, 31))


def typed(at: Place, **amounts: Any) -> Exercise:
    values = {name: None if value is None else Decimal(value) for name, value in amounts.items()}
    return services.save_typed(organisation=at.organisation, by=at.people["lead"], days=DAYS, amounts=values)


def test_a_year_typed_by_hand_knows_what_was_typed(at: Place) -> None:
    typed(at, ventes=100, dons=0, payroll=None, treasury=-5, equity=30, receivables=7)
    (year,) = selectors.years_of(at.organisation)
    assert (year.year, year.source) == (2026, "typed")
    assert year.amounts == {"ventes": 100, "dons": 0}
    assert values(year.treasury, year.equity, year.receivables, year.payables) == (-5, 30, 7, None)
    typed(at, ventes=None, dons=3)
    (year,) = selectors.years_of(at.organisation)
    assert year.amounts == {"dons": 3}
    assert year.treasury is None


def test_typing_does_not_overwrite_what_was_read(at: Place) -> None:
    row = to_check(at, 2026)
    services.accept(accounts=row, by=at.people["admin"])
    with pytest.raises(Refused, match="vient de vos comptes"):
        typed(at, ventes=1)


def test_a_typed_year_may_be_replaced_by_accounts(at: Place) -> None:
    old = typed(at, ventes=100)
    services.accept(accounts=to_check(at, 2026), by=at.people["admin"], replacing=old.pk)
    (year,) = selectors.years_of(at.organisation)
    assert str(year.source) == Source.FEC


def test_years_are_for_members_only(at: Place) -> None:
    accepted(at)
    assert [
        len(selectors.years_readable_by(at.people[role], at.organisation)) for role in ("staff", "stranger")
    ] == [1, 0]


@pytest.mark.parametrize("size", [1, 3])
def test_the_years_cost_two_queries(at: Place, size: int, django_assert_num_queries: Any) -> None:
    for year in range(2026 - size, 2026):
        accepted(at, year)
    with django_assert_num_queries(2):
        assert len(selectors.years_of(at.organisation)) == size
