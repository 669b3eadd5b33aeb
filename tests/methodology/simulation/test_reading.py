"""From what is written to a plan: the base, cents, what is left out and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apps.methodology.models import Item, Seat
from apps.methodology.simulation import figures, reading
from apps.simulator.plan import Settings
from tests.methodology.simulation.support import base, hypothesis, settings, three
from tests.methodology.simulation.support import scenario as new_scenario
from tests.methodology.target.support import item, place_of, write_single

pytestmark = pytest.mark.django_db


def begin(seat: Seat) -> reading.Start:
    found = reading.start(figures.sheet_of(place_of(seat)))
    assert found
    return found


def test_no_exercise_no_start(lead: Seat) -> None:
    item(lead, "year", year="2025")  # without an amount
    activity = item(lead, "activity", title="Vélo")
    base(lead, activity=str(activity.pk))
    assert reading.start(figures.sheet_of(place_of(lead))) is None


def test_the_latest_exercise_of_the_whole_unless_another_is_chosen(lead: Seat) -> None:
    base(lead, year="2024", dons="1")
    base(lead, year="2025", dons="2.55")
    activity = item(lead, "activity", title="Vélo")
    base(lead, year="2026", activity=str(activity.pk))
    assert (begin(lead).base.year, begin(lead).base.of("dons")) == (2025, 255)
    assert begin(lead).years == (2025, 2024)
    write_single(lead, "simulation", "base_year", "2024")
    assert (begin(lead).base.year, begin(lead).base.of("dons")) == (2024, 100)


def test_amounts_in_cents_and_what_is_empty_is_said(lead: Seat) -> None:
    base(lead, payroll="226000,45", autres_produits="12")
    settings(lead, treasury="-1200,50")
    told = begin(lead)
    assert (told.base.of("payroll"), told.base.of("autres_produits")) == (22_600_045, 1200)
    assert (told.base.treasury, told.base.equity) == (-120_050, 4_060_000)
    assert (told.base.volunteer_hours, told.base.in_kind) == (Decimal(4700), 800_000)
    assert told.blanks == ("Subventions européennes", "Autres charges")
    assert told.lacking == ()
    assert told.settings == Settings(hour_value=1600)


def test_settings_as_they_are_chosen(lead: Seat) -> None:
    base(lead)
    chosen = {
        "years": "7",
        "delay_public": "4",
        "delay_sales": "1",
        "delay_suppliers": "2",
        "public_month": "6",
    }
    for code, value in (chosen | {"settle_months": "2", "with_in_kind": "no"}).items():
        write_single(lead, "simulation", code, value)
    assert begin(lead).settings == Settings(7, 4, 1, 2, 6, 2, 0, False)
    assert begin(lead).lacking == ("Trésorerie", "Fonds propres", "Ce qu’on nous doit", "Ce que nous devons")


def test_a_hypothesis_holds_only_what_its_sort_asks(lead: Seat, scenario: Item) -> None:
    hypothesis(
        lead, scenario, "funder_won", title="La région", nature="subv_region", low="8000", mid="12000,5",
        starts="2027-03-15", lasts="3", delay="4", growth="-2", employer_rate="42", saved_on="services",
    )  # fmt: skip
    told = reading.future(figures.sheet_of(place_of(lead)), begin(lead), rows(lead)[0])
    (one,) = told.plan.hypotheses
    assert (one.mid, one.low, one.high) == (Decimal("12000.5"), Decimal(8000), None)
    assert (one.starts, one.lasts) == (date(2027, 3, 15), 3)
    assert one.amounts == {"delay": Decimal(4), "growth": Decimal(-2)}
    assert one.choices == {"nature": "subv_region"}
    assert told.plan.key == str(scenario.pk)


def rows(seat: Seat) -> list[reading.Row]:
    return figures.sheet_of(place_of(seat)).rows("scenario")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"sort": "", "mid": "1"}, "sort"),
        ({"nature": "dons"}, "mid"),
        ({"nature": "dons", "mid": "10", "low": "11"}, "low"),
        ({"mid": "10"}, "nature"),
        ({"nature": "dons", "mid": "10", "lasts": "1,5"}, "lasts"),
    ],
)
def test_a_fault_leaves_it_out(lead: Seat, scenario: Item, fields: dict[str, str], code: str) -> None:
    hypothesis(lead, scenario, fields.pop("sort", "funder_won"), title="Une", **fields)
    told = reading.future(figures.sheet_of(place_of(lead)), begin(lead), rows(lead)[0])
    assert told.plan.hypotheses == ()
    (out,) = told.left_out
    assert code in [fault.code for fault in out.faults]
    assert all(fault.sentence for fault in out.faults)


def test_files_read_the_same_as_pages(lead: Seat, scenario: Item) -> None:
    three(lead, scenario)
    page, file = figures.sheet_of(place_of(lead)), figures.sheet_for_files(lead.engagement)
    assert figures.of(page, scenario.pk) == figures.of(file, scenario.pk)
    assert figures.of(page, scenario.pk) is not None


def test_every_scenario_has_its_own_hypotheses(lead: Seat, scenario: Item) -> None:
    three(lead, scenario)
    new_scenario(lead, "Ne rien changer")
    told = figures.every(figures.sheet_of(place_of(lead)))
    assert told
    _, alone, ((first, counted), (second, still)) = told
    assert (len(first.plan.hypotheses), len(second.plan.hypotheses)) == (3, 0)
    assert still.projection.results == alone.projection.results != counted.projection.results
