"""Accounts added up by nature: to the cent, in any order, nothing dropped."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.ledger import chart
from apps.ledger.chart.natures import NATURES, side_of
from apps.ledger.chart.statement import Statement, gap, state


@dataclass(frozen=True)
class Row:
    number: str
    label: str = ""
    opening: int = 0
    debit: int = 0
    credit: int = 0


# A small association, worked by hand: 61 250,00 € of resources, 60 560,10 € of costs, so 689,90 € of result.
BOOKS = [
    Row("1068", "Réserves", opening=-1_500_000),
    Row("120", "Résultat", opening=-200_000, debit=200_000),
    Row("110", "Report à nouveau", credit=200_000),
    Row("164", "Emprunt", opening=-400_000, debit=100_000),
    Row("194", "Fonds dédiés", opening=-300_000, debit=300_000, credit=250_000),
    Row("2183", "Ordinateurs", opening=600_000),
    Row("28183", "Amortissements", opening=-350_000, credit=120_000),
    Row("411", "Clients", opening=80_000, debit=900_000, credit=930_000),
    Row("401", "Fournisseurs", opening=-60_000, debit=1_500_000, credit=1_540_010),
    Row("512", "Banque", opening=2_110_000, debit=5_895_000, credit=5_766_000),
    Row("519", "Découvert", opening=20_000, debit=0, credit=20_000),
    Row("6061", "Énergie", debit=310_000),
    Row("609", "Ristournes", credit=10_000),
    Row("6132", "Loyers", debit=900_000),
    Row("6226", "Honoraires", debit=330_010),
    Row("6311", "Taxe sur les salaires", debit=40_000),
    Row("6411", "Salaires", debit=3_200_000),
    Row("6451", "Urssaf", debit=1_000_000, credit=5_000),
    Row("649", "Remboursement de formation", credit=79_000),
    Row("68112", "Dotations", debit=120_000),
    Row("6894", "Report en fonds dédiés", debit=250_000),
    Row("706", "Participations", credit=905_000),
    Row("709", "Rabais", debit=30_000),
    Row("7411", "DRAC", credit=1_500_000),
    Row("7414", "Mairie", credit=2_000_000),
    Row("7418", "Subvention", credit=1_000_000),
    Row("7542", "Mécénat", credit=250_000),
    Row("756", "Cotisations", debit=2_000, credit=202_000),
    Row("7894", "Fonds dédiés utilisés", credit=300_000),
    Row("864", "Bénévoles", debit=800_000),
    Row("875", "Bénévolat", credit=800_000),
]  # fmt: skip


def test_a_small_association_worked_by_hand() -> None:
    done = state(BOOKS, chart.current())
    assert done.totals == {
        "equity": 1_700_000, "borrowings": 300_000, "dedicated_funds": 250_000, "fixed_assets": 130_000,
        "third_parties": -50_010, "treasury": 2_239_000,
        "purchases": 300_000, "services": 900_000, "outside_services": 330_010, "taxes": 40_000,
        "payroll": 4_116_000, "depreciation": 120_000, "other_costs": 250_000,
        "ventes": 875_000, "subv_etat": 1_500_000, "subv_bloc_communal": 2_000_000, "mecenat": 250_000,
        "cotisations": 200_000, "reprises": 300_000,
        "in_kind_used": 800_000, "in_kind_volunteering": 800_000,
    }  # fmt: skip
    assert [(line.number, line.amount) for line in done.unmapped] == [("7418", 1_000_000)]
    assert done.resources == 5_125_000
    assert done.costs == 6_056_010
    assert done.result == 5_125_000 + 1_000_000 - 6_056_010 == 68_990
    assert done.treasury == 2_239_000
    assert (done.receivables, done.payables) == (50_000, 100_010)
    assert done.gap == 0
    assert len(done.lines) == len(BOOKS)
    # The file is balanced: what the balance gained is the result.
    assert 1_700_000 + 300_000 + 250_000 + done.result == 130_000 - 50_010 + 2_239_000


def test_amounts_that_go_against_their_class_are_negative() -> None:
    lines = {line.number: line.amount for line in state(BOOKS, chart.current()).lines}
    assert lines["709"] == -30_000
    assert lines["609"] == -10_000
    assert lines["649"] == -79_000
    assert lines["28183"] == -470_000
    assert lines["519"] == 0


def test_a_resource_in_debit_and_an_overdraft_are_negative_totals() -> None:
    done = state([Row("756", debit=500), Row("519", credit=900), Row("129", opening=700)], chart.current())
    assert done.totals == {"cotisations": -500, "treasury": -900, "equity": -700}
    assert done.result == -500


def test_an_opening_entry_counts_in_the_result_too() -> None:
    """Some programs reverse last year’s accruals in the journal of openings."""
    assert state([Row("6061", opening=-300, debit=1_000)], chart.current()).totals == {"purchases": 700}


def test_without_accounts_nothing_is_known() -> None:
    assert state([], chart.current()) == Statement({}, [], [], 0, 0)
    assert state([], chart.current()).treasury is None


@pytest.mark.parametrize(
    ("twelve", "booked"),
    [
        ([], None),
        ([Row("120", opening=-400)], None),
        ([Row("120", opening=-400, debit=400)], None),
        ([Row("120", credit=1_000)], 1_000),
        ([Row("120", opening=-400, debit=400, credit=1_000)], 1_000),
        ([Row("120", opening=-400, credit=1_000)], 1_000),
        ([Row("129", debit=300)], -300),
        ([Row("120", credit=900), Row("129", opening=50, credit=50)], 900),
    ],
)
def test_account_12_is_compared_when_it_speaks_of_the_same_year(
    twelve: list[Row], booked: int | None
) -> None:
    done = state([Row("706", credit=1_000), *twelve], chart.current())
    assert (done.result, done.booked_result) == (1_000, booked)
    assert done.booked_gap == (None if booked is None else booked - 1_000)


def test_sections_are_added_up_by_code() -> None:
    accounts = [Row("706", credit=900), Row("641", debit=700), Row("74", "Subvention", credit=300)]
    sections = {
        ("706", "A"): (0, 600), ("706", "B"): (50, 350), ("641", "A"): (700, 0), ("74", "A"): (0, 300),
        ("6061", "B"): (40, 0),
    }  # fmt: skip
    done = state(accounts, chart.current(), {}, sections)
    assert done.sections == {"A": {"ventes": 600, "payroll": 700}, "B": {"ventes": 300, "purchases": 40}}
    assert done.unmapped_sections == {"A": 300}


def test_sections_follow_the_corrections() -> None:
    corrections = {"7418": "subv_region", "641": "outside_services"}
    sections = {("7418", "A"): (0, 300), ("641", "A"): (700, 0)}
    done = state([Row("7418", credit=300), Row("641", debit=700)], chart.current(), corrections, sections)
    assert done.sections == {"A": {"subv_region": 300, "outside_services": 700}}


def test_a_gap_is_said_to_the_cent() -> None:
    """What would happen if a total lost something: the check does not use what it checks."""
    done = state(BOOKS, chart.current())
    assert gap(list(BOOKS), {**done.totals, "payroll": done.totals["payroll"] - 1}, done.unmapped) == 1
    assert gap(list(BOOKS), done.totals, []) == 1_000_000
    moved = {**done.totals, "payroll": done.totals["payroll"] + 5, "ventes": done.totals["ventes"] + 5}
    assert gap(list(BOOKS), moved, done.unmapped) == 10


CENTS = st.integers(0, 10**12)
NUMBER = st.from_regex(r"[1-9][0-9]{1,7}|8[67][0-9]{0,4}|74[0-9]{0,4}", fullmatch=True)
LABEL = st.sampled_from(
    ["", "DRAC", "Région", "État et CAF", "Subvention", "Dons", "Bénévolat", "Divers", "VNC cédé"]
)
ROW = st.builds(Row, NUMBER, LABEL, st.integers(-(10**12), 10**12), CENTS, CENTS)
ROWS = st.lists(ROW, max_size=12, unique_by=lambda row: row.number)


def signed(nature: str, cents: int) -> int:
    """As debit − credit."""
    return -cents * NATURES[nature].sign


@given(ROWS)
def test_totals_and_what_is_left_are_those_of_the_file_to_the_cent(rows: list[Row]) -> None:
    done = state(rows, chart.current())
    file = sum(row.opening + row.debit - row.credit for row in rows)
    left = sum(-line.amount if line.number.startswith(("7", "87")) else line.amount for line in done.unmapped)
    assert sum(signed(nature, cents) for nature, cents in done.totals.items()) + left == file
    assert done.gap == 0
    lost = {digit: sum(line.amount for line in done.unmapped if line.number[0] == digit) for digit in "67"}
    assert done.resources + lost["7"] - done.costs - lost["6"] == done.result
    assert len(done.lines) == len(rows)


@given(ROWS, st.randoms())
def test_the_order_of_the_accounts_does_not_matter(rows: list[Row], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert state(mixed, chart.current()) == state(rows, chart.current())


@given(ROWS, st.data())
def test_a_correction_moves_exactly_its_amount(rows: list[Row], data: st.DataObject) -> None:
    fitting = [row for row in rows if side_of(row.number)]
    if not fitting:
        return
    row = data.draw(st.sampled_from(fitting))
    choices = sorted(code for code, nature in NATURES.items() if nature.side == side_of(row.number))
    chosen = data.draw(st.sampled_from(choices))
    before, after = state(rows, chart.current()), state(rows, chart.current(), {row.number: chosen})
    cents = row.opening + row.debit - row.credit
    was = next(line.placing.nature for line in before.lines if line.number == row.number)
    for nature in NATURES:
        moved = signed(nature, after.totals.get(nature, 0)) - signed(nature, before.totals.get(nature, 0))
        assert moved == cents * ((nature == chosen) - (nature == was)), nature
    assert (after.result, after.gap) == (before.result, 0)
    assert [line.number for line in after.unmapped] == [
        line.number for line in before.unmapped if line.number != row.number
    ]


@given(ROWS)
def test_receivables_less_payables_are_the_third_parties(rows: list[Row]) -> None:
    third = [Row("4" + row.number[1:], "", row.opening, row.debit, row.credit) for row in rows]
    done = state(third, chart.current())
    shifted = sum(r.opening + r.debit - r.credit for r in third if r.number.startswith(("481", "486", "487")))
    assert (done.receivables or 0) - (done.payables or 0) == done.totals.get("third_parties", 0) - shifted


def test_income_received_for_next_year_is_owed_to_nobody() -> None:
    done = state(
        [Row("487000", "", 0, 0, 9_00), Row("486000", "", 0, 5_00, 0), Row("411", "", 0, 7_00, 0)],
        chart.current(),
    )
    assert (done.receivables, done.payables) == (7_00, 0)
