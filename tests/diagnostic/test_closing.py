"""Closing freezes one result, whatever is clicked and however often."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from apps.accounts.models import Organisation
from apps.diagnostic.errors import CampaignClosed, Refused
from apps.diagnostic.models import Answer, Result
from apps.diagnostic.results import as_row
from apps.diagnostic.scoring import RESOURCE_KEYS, SCORING_VERSION
from apps.diagnostic.services import close_campaign, open_campaign, record_answer
from tests.diagnostic.conftest import Place
from tests.factories import OrganisationFactory
from tests.factories.diagnostic import answer, answer_all, campaign, finance_year, respondent

EXAMPLE = json.loads((Path(__file__).parents[1] / "data" / "example-diagnostic.json").read_text())


@pytest.mark.django_db
def test_the_worked_example_through_the_database() -> None:
    opened = campaign(years_since_board_renewal=EXAMPLE["case"]["context"]["years_since_board_renewal"])
    for row in EXAMPLE["case"]["respondents"]:
        answer_all(
            respondent(opened, row["role"]), {code: str(reply) for code, reply in row["answers"].items()}
        )
    for row in EXAMPLE["case"]["finances"]:
        figures = {key: value for key, value in row.items() if key not in ("year", "resources")}
        finance_year(opened, row["year"], **figures, **row["resources"])
    result = close_campaign(campaign=opened, by=None)
    assert result.payload == EXAMPLE["expected"]
    assert result.finances == EXAMPLE["case"]["finances"]
    assert (result.respondent_count, result.scoring_version) == (4, SCORING_VERSION)
    assert result.instrument_sha256 == opened.instrument.sha256
    assert [row["code"] for row in result.statements][:2] == ["A1", "A2"]
    opened.refresh_from_db()
    assert (opened.state, opened.closed_at is None) == ("closed", False)


@pytest.mark.django_db
def test_suggestions_and_empty_copies_are_not_counted() -> None:
    opened = campaign()
    answer_all(respondent(opened), "3")
    empty = respondent(opened)
    answer(empty, "A1", "0", suggestion=True)
    answer(respondent(opened), "B1", "nsp")
    result = close_campaign(campaign=opened, by=None)
    assert result.respondent_count == 2
    assert result.payload["axes"]["A"]["score"] == 100.0


@pytest.mark.django_db
def test_under_three_people_the_result_holds_nothing_by_statement() -> None:
    opened = campaign()
    for _ in range(2):
        answer_all(respondent(opened), "3")
    result = close_campaign(campaign=opened, by=None)
    assert result.payload["strengths"] == result.payload["weaknesses"] == result.payload["divergences"] == []
    assert {row["median"] for row in result.statements} == {None}
    assert {row["spread"] for row in result.statements} == {None}


@pytest.mark.django_db
@pytest.mark.parametrize("suggested", [False, True])
def test_nobody_answered_nothing_is_closed(suggested: bool) -> None:
    opened = campaign()
    if suggested:
        answer(respondent(opened), suggestion=True)
    with pytest.raises(Refused, match="rien à calculer"):
        close_campaign(campaign=opened, by=None)
    opened.refresh_from_db()
    assert opened.is_open
    assert not Result.objects.exists()


@pytest.mark.django_db
def test_closing_twice_gives_the_same_result(place: Place) -> None:
    answer(place.guest)
    first = close_campaign(campaign=place.campaign, by=place.people["admin"])
    assert close_campaign(campaign=place.campaign, by=place.people["lead"]) == first
    place.campaign.refresh_from_db()
    with pytest.raises(CampaignClosed):
        record_answer(respondent=place.guest, statement="A2", value="1")
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_cents_and_unknown_figures_stay_what_they_are() -> None:
    row = as_row(finance_year(campaign(), 2025, charges=Decimal("1200.50"), result=Decimal("-3.00")))
    assert (row["charges"], row["result"], row["treasury"]) == (1200.5, -3, None)
    assert set(row["resources"]) == set(RESOURCE_KEYS)


def together(*calls: Any) -> list[Any]:
    """The results or errors of calls made at the same time, each with its own connection."""
    barrier, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(rank: int, call: Any) -> None:
        barrier.wait()
        try:
            found[rank] = call()
        except Exception as error:
            found[rank] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organisation]:
    """An organisation that other connections see, removed after the test.

    Not ``transaction=True``: its flush would empty the published content, and stops on a table of knox's.
    """
    with django_db_blocker.unblock():
        organisation = OrganisationFactory.create()
        yield organisation
        organisation.delete()


def test_two_closes_at_once_make_one_result(lasting: Organisation) -> None:
    opened = campaign(lasting)
    answer_all(respondent(opened), "1")
    results = together(*[lambda: close_campaign(campaign=opened, by=None)] * 4)
    assert len({r.pk for r in results}) == 1
    assert Result.objects.filter(campaign=opened).count() == 1


def test_two_openings_at_once_make_one_campaign(lasting: Organisation) -> None:
    opened = together(*[lambda: open_campaign(organisation=lasting, by=None)] * 3)
    assert len({c.pk for c in opened}) == lasting.campaigns.count() == 1


def test_an_answer_that_crosses_the_closing_is_counted_or_refused(lasting: Organisation) -> None:
    opened = campaign(lasting)
    first = respondent(opened)
    answer(first)
    closed, recorded = together(
        lambda: close_campaign(campaign=opened, by=None),
        lambda: record_answer(respondent=first, statement="A2", value="3"),
    )
    counted = closed.payload["axes"]["A"]["coverage"]
    assert counted == (0.111 if isinstance(recorded, CampaignClosed) else 0.222)
