"""Accounts that were accepted arrive in the diagnostic's form and in step 3, for members of the association only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.accounts.models import User
from apps.diagnostic.known_years import known_years
from apps.ledger import services
from apps.methodology.enums import SeatRole
from apps.methodology.models import Field, Seat
from apps.methodology.target.selectors import known_years as known_in_step_3
from apps.methodology.target.services import take_up
from tests.factories.diagnostic import campaign, finance_year
from tests.ledger.support import Place, accepted, place
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.target.support import place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Place:
    made = place()
    accepted(made, 2025)
    return made


@pytest.fixture
def lead(at: Place) -> Seat:
    return seat_in(engagement_of(at.organisation), SeatRole.LEAD)


def plain(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_diagnostic_offers_a_year_of_the_accounts_and_keeps_nothing_by_itself(at: Place) -> None:
    made = campaign(at.organisation)
    client, address = at.client("lead"), f"/diagnostic/{made.pk}/finances/"
    assert "l’exercice 2025" in plain(client.get(address))
    form = client.get(f"{address}2025/")
    assert "Repris de vos comptes" in plain(form)
    assert (form.context["form"]["ventes"].value(), form.context["form"]["payroll"].value()) == (
        Decimal("1000.00"),
        Decimal("600.00"),
    )
    assert form.context["form"]["treasury"].value() == Decimal("12250.00")
    assert form.context["form"]["volunteer_hours"].value() is None
    assert not made.finances.exists()


def test_a_year_already_in_the_diagnostic_is_its_own(at: Place) -> None:
    made = campaign(at.organisation)
    finance_year(made, 2025, charges=Decimal(5))
    page = at.client("lead").get(f"/diagnostic/{made.pk}/finances/2025/")
    assert "Repris de vos comptes" not in plain(page)
    assert page.context["form"]["charges"].value() == Decimal(5)
    assert page.context["form"]["ventes"].value() is None


def test_what_was_sent_and_refused_wins_over_the_accounts(at: Place) -> None:
    made = campaign(at.organisation)
    sent = at.client("lead").post(f"/diagnostic/{made.pk}/finances/2025/", {"ventes": "beaucoup"})
    assert sent.status_code == 422
    assert sent.context["form"]["ventes"].value() == "beaucoup"
    assert not made.finances.exists()


def test_a_stranger_is_offered_nothing(at: Place) -> None:
    stranger: User = at.people["stranger"]
    assert known_years(at.people["staff"], at.organisation)[2025]["ventes"] == 1000
    assert known_years(stranger, at.organisation) == {}


def test_step_3_takes_the_accounts_first_and_the_diagnostic_for_the_rest(at: Place, lead: Seat) -> None:
    made = campaign(at.organisation)
    finance_year(made, 2025, ventes=Decimal(1), dons=Decimal(30))
    known = known_in_step_3(place_of(lead))
    assert known.source == "Les comptes et le diagnostic de l’association ont"
    figures = known.years[2025]
    assert (figures["ventes"], figures["payroll"], figures["dons"]) == (1000, 600, 30)
    assert take_up(seat=lead, figures=known.years) == len(figures)
    assert Field.objects.get(item__engagement=lead.engagement, code="ventes").value == "1000"


def test_somebody_from_outside_reads_no_accounts(at: Place, lead: Seat) -> None:
    outside = seat_in(lead.engagement, SeatRole.MEMBER, outside=True)
    assert known_in_step_3(place_of(outside)).years == {}
    assert known_in_step_3(place_of(lead)).source == "Les comptes de l’association ont"


def test_what_is_below_zero_stays_out_of_step_3(at: Place, lead: Seat) -> None:
    year = (date(2024, 1, 1), date(2024, 12, 31))
    amounts = {"ventes": Decimal(-20), "dons": Decimal(3), "in_kind_volunteering": Decimal(900)}
    made = services.save_typed(
        organisation=at.organisation, by=at.people["admin"], days=year, amounts=amounts
    )
    services.complete(exercise=made, said={"volunteer_hours": Decimal(60)})
    assert known_in_step_3(place_of(lead)).years[2024] == {"dons": Decimal(3), "volunteer_hours": Decimal(60)}
