"""A démarche to measure the slider on: run in a platform of the bench, prints what its browser needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.methodology.models import Item, Seat
from apps.methodology.simulation import figures
from apps.simulator.sorts import SORTS
from tests.factories import OrganisationFactory
from tests.methodology.simulation.support import base, hypothesis, scenario, settings
from tests.methodology.support import engagement_of, seat_in

FIELDS: dict[str, dict[str, Any]] = {
    "nature": {"indexation": "all_costs", "activity": "ventes", "giving": "dons"},
}


def make(sizes: Sequence[int]) -> None:
    seat = seat_in(engagement_of(OrganisationFactory.create()))
    base(seat)
    settings(seat, years="7", delay_public="4", delay_sales="1", delay_suppliers="1", public_month="6")
    made = [of_size(seat, size) for size in sizes]
    assert seat.user
    told = {"engagement": str(seat.engagement_id), "session": session(seat.user), "scenarios": made}
    print(json.dumps(told))  # noqa: T201


def of_size(seat: Seat, size: int) -> dict[str, Any]:
    """Every hypothesis with its low and its high, between which a slider moves."""
    parent = scenario(seat, f"{size} hypothèses")
    for number in range(size):
        one_of(seat, parent, number)
    told = figures.every(figures.sheet_for_files(seat.engagement))
    assert told
    plan = next(one.plan for one, _ in told[2] if one.row.id == parent.pk)
    assert len(plan.hypotheses) == size, "one of them is left out of the calculation"
    bounds = [(one.key, *map(float, one.bounds)) for one in plan.hypotheses]
    return {"key": str(parent.pk), "hypotheses": bounds}


def one_of(seat: Seat, parent: Item, number: int) -> Item:
    """One of each sort in turn, all of them uncertain."""
    sort = list(SORTS.values())[number % len(SORTS)]
    is_rate = sort.main.unit.startswith("%")
    bounds = (
        {"low": "1", "mid": "50", "high": "100"}
        if is_rate
        else {"low": "5000", "mid": "6000", "high": "9000"}
    )
    rest = {
        one.code: "4" if one.unit in ("mois", "ans", "%") else "1" if one.unit == "ETP" else "900"
        for one in sort.quantities
    }
    chosen = {
        one.code: FIELDS["nature"].get(sort.code, one.default or one.codes[0])
        if one.code == "nature"
        else one.default or one.codes[0]
        for one in sort.choices
    }
    when = {"starts": f"2026-{1 + number % 12:02}-01", "lasts": "4"}
    return hypothesis(
        seat, parent, sort.code, title=f"{sort.label} {number}", **bounds, **rest, **chosen, **when
    )


def session(user: User) -> str:
    browser = Client()
    browser.force_login(user)
    return str(browser.cookies["sessionid"].value)
