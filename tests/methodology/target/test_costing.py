"""Step 3: what each activity costs in full, from the years the team typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.methodology.models import Seat
from apps.methodology.target import costing
from apps.methodology.target.costing import Activity
from apps.methodology.target.sums import Year
from tests.methodology.target.support import address, item, plain
from tests.support.client import StrictClient

LISTED = [Activity("a", "Ateliers", Decimal(60)), Activity("b", "Boutique", Decimal(40))]


def year(number: int, scope: str = "", **amounts: int) -> Year:
    return Year(number, scope, {code: Decimal(value) for code, value in amounts.items()})


WHOLE = year(2025, payroll=1000, purchases=500, ventes=900, dons=700)
PARTS = [year(2025, "a", payroll=400, ventes=100, dons=650), year(2025, "b", purchases=200, ventes=800)]


def told(made: costing.Costing) -> dict[str, tuple[str, str, str]]:
    assert made.table
    return {row.name: (plain(row.share), plain(row.full), plain(row.brings)) for row in made.table.rows}


def test_common_costs_are_what_the_whole_holds_beside_the_activities() -> None:
    made = costing.build([WHOLE, *PARTS], LISTED, "")
    assert made.table
    assert plain(made.table.common) == "900,00 €"
    assert told(made) == {
        "Ateliers": ("600,00 €", "1 000,00 €", "-250,00 €".replace("-", "−")),
        "Boutique": ("300,00 €", "500,00 €", "+300,00 €"),
    }
    assert made.table.gap == ""
    assert made.table.loose
    assert plain(made.table.loose.paid) == "50,00 €"
    assert made.notes == ""


@pytest.mark.parametrize(
    ("key", "shares"),
    [
        ("effort", {"Ateliers": "540,00 €", "Boutique": "360,00 €"}),
        ("equal", {"Ateliers": "450,00 €", "Boutique": "450,00 €"}),
        ("payroll", {"Ateliers": "900,00 €", "Boutique": "0,00 €"}),
        ("../../etc", {"Ateliers": "600,00 €", "Boutique": "300,00 €"}),
    ],
)
def test_the_reader_chooses_how_they_are_split(key: str, shares: dict[str, str]) -> None:
    made = costing.build([WHOLE, *PARTS], LISTED, key)
    assert {name: share for name, (share, _, _) in told(made).items()} == shares
    assert [code for code, _, chosen in made.keys if chosen] == [key if key in costing.KEYS else "direct"]


def test_the_parts_of_the_time_are_offered_only_when_each_has_its_own() -> None:
    listed = [LISTED[0], Activity("b", "Boutique", None)]
    made = costing.build([WHOLE, *PARTS], listed, "effort")
    assert "effort" not in [code for code, _, _ in made.keys]
    assert told(made)["Ateliers"][0] == "600,00 €"


def test_the_last_year_where_both_have_costs() -> None:
    later = [year(2026, payroll=5), year(2026, "a", ventes=3), year(0, payroll=9), year(0, "a", payroll=1)]
    made = costing.build([*later, WHOLE, *PARTS], LISTED, "")
    assert made.table
    assert made.table.year == 2025


def test_an_activity_off_the_map_or_without_costs_is_not_an_activity() -> None:
    made = costing.build([WHOLE, *PARTS, year(2025, "gone", payroll=9999)], [LISTED[0]], "")
    assert list(told(made)) == ["Ateliers"]
    more = [*LISTED, Activity("c", "Café", Decimal(0))]
    assert "« Café » n’a pas de charges en 2025" in plain(costing.build([WHOLE, *PARTS], more, "").notes)
    assert costing.build([WHOLE], LISTED, "").table is None
    assert "Une activité suffit pour commencer." in plain(costing.build([], [], "").said)


def test_activities_that_make_more_than_the_whole_are_not_split() -> None:
    made = costing.build(
        [WHOLE, *PARTS, year(2025, "c", payroll=601)], [*LISTED, Activity("c", "C", None)], ""
    )
    assert made.table is None
    assert "les activités dépassent l’ensemble pour « Salaires et charges sociales »" in plain(made.said)


def test_two_activities_of_one_name_stay_two() -> None:
    made = costing.build([WHOLE, *PARTS], [LISTED[0], Activity("b", "Ateliers", None)], "equal")
    assert sorted(told(made)) == ["Ateliers", "Ateliers (2)"]


def test_a_year_typed_twice_counts_once() -> None:
    again = year(2025, "a", payroll=1)
    assert told(costing.build([WHOLE, *PARTS, again], LISTED, "")) == told(
        costing.build([WHOLE, *PARTS], LISTED, "")
    )


# --- the page -----------------------------------------------------------------------------------------------------------
def fill(lead: Seat, activities: int) -> None:
    item(lead, "year", year=2025, payroll="1000", purchases="500", ventes="900", dons="700")
    for number in range(activities):
        made = item(lead, "activity", title=f"Activité {number}", share_of_effort=10)
        item(lead, "year", year=2025, activity=str(made.pk), payroll="100", ventes="90")


def test_the_page_of_the_whole_shows_it_and_keeps_the_choice(lead: Seat) -> None:
    fill(lead, 2)
    person = StrictClient()
    assert lead.user
    person.force_login(lead.user)
    said = plain(person.get(address(lead.engagement, "comptes/") + "?cle=effort").content.decode())
    assert "Coût complet par activité en 2025, au centime" in said
    assert 'value="effort" checked' in said
    assert "650,00 €" in said  # 100 of its own, half of 1 300 in common is 650
    one = said[said.index("Activité par activité") :]
    assert "Activité 0" in one


def test_the_number_of_queries_does_not_grow(lead: Seat) -> None:
    person = StrictClient()
    assert lead.user
    person.force_login(lead.user)
    counts = []
    fill(lead, 1)
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert person.get(address(lead.engagement, "comptes/")).status_code == 200
        counts.append(len(seen))
        for number in range(2):
            made = item(lead, "activity", title=f"Autre {number}")
            item(lead, "year", year=2025, activity=str(made.pk), payroll="10")
    assert counts[0] == counts[1]
