"""Per activity, as the page says it."""

from __future__ import annotations

from decimal import Decimal

from apps.ledger.picture import full_cost
from tests.ledger.picture.cases import SECTIONS, euros, exercise, plain, three


def test_the_whole_is_found_again_to_the_cent() -> None:
    table = full_cost.build(three()[-1], "direct", ["SIEGE"])
    assert table is not None
    assert [row.name for row in table.rows] == ["ATELIERS", "JARDIN"]
    assert table.gap == ""
    assert plain(table.total.full) == "155 000,90 €"
    assert plain(table.total.paid) == "162 200,00 €"
    assert plain(table.total.brings) == "+7 199,10 €"
    assert table.loose is not None
    assert plain(table.loose.paid) == "59 000,00 €"


def test_who_pays_largest_first() -> None:
    table = full_cost.build(three()[-1], "equal", [])
    assert table is not None
    payers = {row.name: plain(row.payers) for row in table.rows}
    assert payers["JARDIN"] == "Dons, mécénat, fondations 26 000 € ; Subventions publiques 15 000 €"


def test_an_activity_carried_by_another() -> None:
    year = exercise(
        2025,
        euros(ventes=150, dons=20, payroll=110),
        sections={"A": euros(ventes=150, payroll=50), "B": euros(dons=20, payroll=60)},
    )
    table = full_cost.build(year, "direct", [])
    assert table is not None
    assert plain(table.title) == "« B » coûte 40 € de plus que ce qui la paie."
    assert plain(table.text).startswith("« A » apporte 100 €, et en porte une partie.")
    assert [row.is_short for row in table.rows] == [True, False]


def test_each_pays_for_itself_or_none_does() -> None:
    good = exercise(2025, euros(ventes=9, payroll=5), sections={"A": euros(ventes=9, payroll=5)})
    bad = exercise(2025, euros(ventes=9, payroll=5), sections={"A": euros(payroll=5)})
    first, second = (full_cost.build(year, "direct", []) for year in (good, bad))
    assert first is not None
    assert second is not None
    assert first.title == "Chaque activité paie son coût complet."
    assert "Aucune activité n’apporte plus" in second.text


def test_what_has_no_nature_is_split_or_stays_apart() -> None:
    year = exercise(
        2025,
        euros(ventes=10, payroll=5),
        sections={"A": euros(ventes=10, payroll=5)},
        unmapped_costs=Decimal("3.00"),
        unmapped_resources=Decimal("1.00"),
    )
    table = full_cost.build(year, "direct", [])
    assert table is not None
    assert plain(table.rows[0].full) == "8,00 €"
    assert table.loose is not None
    assert plain(table.loose.payers) == "Sans nature encore 1 €"
    assert (table.gap, plain(table.total.brings)) == ("", "+3,00 €")


def test_a_section_that_serves_all_is_guessed_by_its_name() -> None:
    assert [code for code in SECTIONS if full_cost.looks_common(code)] == ["SIEGE"]
    assert plain(full_cost.guessed(["SIEGE"])) == (
        "« SIEGE » est comptée comme commune : son nom le laisse penser. À corriger ci-dessous."
    )
    assert plain(full_cost.guessed(["ADM", "SIEGE"])).startswith(
        "« ADM » et « SIEGE » sont comptées comme communes"
    )
    assert full_cost.guessed([]) == ""


def test_nothing_to_show() -> None:
    year = exercise(2025, euros(payroll=5), sections={"A": euros(in_kind_volunteering=4, treasury=3)})
    assert full_cost.sections_of(year) == []
    assert full_cost.build(year, "direct", []) is None
    assert full_cost.build(three()[-1], "direct", list(SECTIONS)) is None
