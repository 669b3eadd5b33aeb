"""Who is counted: the last campaign closed in two years, of those that agree, and never an invented association."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.dashboards.building.population import FLAT, Window, forget, populate
from apps.dashboards.models import Consent, Objection, Programme, Release
from apps.dashboards.quarters import Quarter
from tests.dashboards import world
from tests.dashboards.building.crowd import QUARTER, close, inside, organisations
from tests.factories.diagnostic import answer_all, campaign, respondent

pytestmark = pytest.mark.django_db


def flat(programme: Programme | None = None, quarter: Quarter = QUARTER) -> dict[Any, dict[str, Any]]:
    """The flat rows, by organisation."""
    release = Release(programme=programme, year=quarter.year, quarter_number=quarter.number)
    with transaction.atomic(), connection.cursor() as cursor:
        n = populate(cursor, release)
        cursor.execute(f"SELECT * FROM {FLAT}")
        names = [column.name for column in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
        forget(cursor)
    assert n == len(rows)
    return rows


@pytest.mark.parametrize(
    ("moment", "is_in"),
    [
        (Window.of(QUARTER).since, True),
        (Window.of(QUARTER).since - timedelta(seconds=1), False),
        (Window.of(QUARTER).until - timedelta(seconds=1), True),
        (Window.of(QUARTER).until, False),
    ],
)
def test_the_window_is_of_two_years_to_the_second(moment: Any, is_in: bool) -> None:
    (one,) = organisations(1)
    close(one, moment, Random(1))
    assert (one.pk in flat()) is is_in


def test_the_window_is_read_in_paris() -> None:
    window = Window.of(Quarter(2026, 3))
    assert window.since.isoformat() == "2024-10-01T00:00:00+02:00"
    assert window.until.isoformat() == "2026-10-01T00:00:00+02:00"


def test_an_association_counts_once_by_its_last_campaign() -> None:
    (one,) = organisations(1)
    rng = Random(2)
    close(one, inside(days=300), rng)
    last = close(one, inside(days=20), rng)
    close(one, inside(days=-5), rng)
    assert [row["campaign"] for row in flat().values()] == [last.pk]


def test_an_open_campaign_hides_nothing() -> None:
    (one,) = organisations(1)
    last = close(one, inside(days=200), Random(3))
    answer_all(respondent(campaign(one)))
    assert flat()[one.pk]["campaign"] == last.pk


def test_who_objected_is_in_no_national_release() -> None:
    one, other = organisations(2)
    for organisation in (one, other):
        close(organisation, inside(), Random(4))
    Objection.objects.create(organisation=one)
    assert set(flat()) == {other.pk}


def test_a_programme_counts_those_that_agree_today_objection_or_not() -> None:
    agreed, withdrew, stranger, objects = organisations(4)
    for organisation in (agreed, withdrew, stranger, objects):
        close(organisation, inside(), Random(5))
    programme = world.programme()
    for organisation in (agreed, withdrew, objects):
        Consent.objects.create(programme=programme, organisation=organisation, words="accord-1")
    withdrew.programme_consents.update(withdrawn_at=timezone.now())
    Objection.objects.create(organisation=objects)
    assert set(flat(programme)) == {agreed.pk, objects.pk}


def test_a_report_given_to_any_funder_is_held_even_once_the_consent_is_withdrawn() -> None:
    given, kept, withdrew = organisations(3)
    programme = world.programme()
    for organisation in (given, kept, withdrew):
        close(organisation, inside(), Random(6))
        Consent.objects.create(
            programme=programme,
            organisation=organisation,
            words="accord-1",
            report_given=organisation != kept,
        )
    withdrew.programme_consents.update(withdrawn_at=timezone.now())
    assert {pk for pk, row in flat().items() if row["held"]} == {given.pk, withdrew.pk}


def test_invented_associations_are_counted_only_where_the_setting_says_so(settings: Any) -> None:
    real, invented = [*organisations(1), *organisations(1, is_demo=True)]
    for organisation in (real, invented):
        close(organisation, inside(), Random(7))
    settings.RELEASES_COUNT_DEMO = False
    assert set(flat()) == {real.pk}
    settings.RELEASES_COUNT_DEMO = True
    assert set(flat()) == {real.pk, invented.pk}


@pytest.mark.parametrize(
    ("shares", "cell"),
    [
        ((0.334, 0.333, 0.333), "1-1-1"),
        ((0.25, 0.3, 0.45), "1-1-2"),
        ((1.0, 0.0, 0.0), "4-0-0"),
        ((0.0, 1.0, 0.0), "0-4-0"),
        ((0.2, 0.4, 0.4), "1-1-2"),
        ((0.4, 0.2, 0.4), "1-1-2"),
        ((0.2, 0.2, 0.6), "1-1-2"),
        ((0.0, 0.4, 0.6), "0-2-2"),
    ],
)
def test_a_balance_is_in_one_of_the_25_cells(shares: tuple[float, float, float], cell: str) -> None:
    from apps.dashboards.building.labels import balances

    keys = [row.key for row in balances()]
    assert len(keys) == len(set(keys)) == 25
    (one,) = organisations(1)
    made = close(one, inside(), Random(8))
    named = dict(zip(("human", "financial", "alliances"), shares, strict=True))
    made.result.payload = {**made.result.payload, "barycentre": named}
    made.result.save()
    found = flat()[one.pk]["balance"]
    assert found == cell
    assert found in keys
