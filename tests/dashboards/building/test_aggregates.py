"""Each table of a release equals the one that plain Python counts, association by association."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.course.enums import DoneHow
from apps.course.models import Learner, Page, Progress
from apps.dashboards.building.aggregates import exact_tables
from apps.dashboards.building.changes import LIVE_TABLES
from apps.dashboards.building.labels import ALERTS, RESOURCES, all_rows
from apps.dashboards.building.population import forget, populate
from apps.dashboards.disclosure import Exact, ExactTable
from apps.dashboards.models import Release
from apps.dashboards.tables import BANDS, BY_KEY, TABLES
from apps.diagnostic.presenters_alerts import WRITERS
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.methodology.enums import StepStage, Verdict
from apps.methodology.models import Engagement, Field, Item, StepState, Validation
from tests.dashboards.building import plain
from tests.dashboards.building.crowd import QUARTER, crowd
from tests.factories.accounts import member

pytestmark = pytest.mark.django_db


def counted() -> dict[str, ExactTable]:
    names = all_rows()
    keys = {table.key: [row.key for row in names[table.rows]] for table in TABLES}
    with transaction.atomic(), connection.cursor() as cursor:
        populate(cursor, Release(year=QUARTER.year, quarter_number=QUARTER.number))
        tables = exact_tables(cursor, keys)
        forget(cursor)
    return tables


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_cell_is_what_plain_python_counts(seed: int) -> None:
    crowd(40, seed)
    expected = plain.membership(plain.counted(QUARTER, lambda _: True))
    tables = counted()
    found = {
        (key, *cell): exact
        for key, table in tables.items()
        for cell, exact in table.cells.items()
        if exact.n and key not in LIVE_TABLES
    }
    assert {cell: exact.n for cell, exact in found.items()} == {c: len(m) for c, m in expected.items()}
    for cell, members in expected.items():
        assert dict(found[cell].values) == plain.value_of(cell, members), cell
    # The draw is worth something: no table is empty but those of what people do.
    assert {cell[0] for cell in found} == {table.key for table in TABLES} - LIVE_TABLES


@pytest.mark.parametrize("seed", [1, 2])
def test_who_is_in_two_rows_at_once_is_counted_by_axis(seed: int) -> None:
    crowd(60, seed)
    expected = plain.membership(plain.counted(QUARTER, lambda _: True))
    table = counted()["axes-fragilite"]
    both = {
        (one, other, axis): len(
            set(expected.get((table.key, one, axis), ())) & set(expected.get((table.key, other, axis), ()))
        )
        for one, other in combinations(sorted(table.rows), 2)
        for axis in table.columns
    }
    assert any(both.values())
    assert {place: n for place, n in table.shared.items() if n} == {
        place: n for place, n in both.items() if n
    }


def test_every_cell_of_every_table_is_there_also_with_nobody() -> None:
    names = all_rows()
    for key, table in counted().items():
        rows, columns = [r.key for r in names[BY_KEY[key].rows]], [c.key for c in BY_KEY[key].columns]
        assert list(table.cells) == [(row, column) for row in rows for column in columns]
        assert all(cell == Exact(0) for cell in table.cells.values())
        assert table.bases == dict.fromkeys(rows, 0)


def test_bases_are_who_could_have_been_counted() -> None:
    crowd(40, 4)
    tables = counted()
    n = tables["participation"].cells[("tout", "n")].n
    assert tables["alertes"].bases["cash_tight"] == n
    assert tables["axes-profil"].bases["a_consolider"] == n
    profiles = tables["profils"]
    assert set(profiles.bases.values()) == {sum(cell.n for cell in profiles.cells.values())}
    for row in tables["axes-region"].rows:
        assert tables["axes-region"].bases[row] == tables["participation-region"].cells[(row, "n")].n
    bands = tables["finances"]
    assert bands.bases["months_of_cash"] == sum(
        bands.cells[("months_of_cash", column.key)].n for column in BANDS
    )
    quarters = tables["reperes"]
    assert quarters.bases["tout"] == n
    sized = sum(cell.n for cell in tables["participation-taille"].cells.values())
    assert quarters.bases["salaries-oui"] + quarters.bases["salaries-non"] == sized < n


def test_steps_of_the_course_count_an_association_once_whoever_did_them() -> None:
    one, other, alone = crowd(3, 5)
    first = Page.objects.get(slug="etape-1")
    for organisation in (one, one, other):
        learner = Learner.objects.create(user=member(organisation))
        Progress.objects.create(learner=learner, page=first, done_at=timezone.now(), done_how=DoneHow.SAID)
    begun = Learner.objects.create(user=member(alone))
    Progress.objects.create(learner=begun, page=Page.objects.get(slug="etape-2"))
    cells = counted()["parcours"].cells
    there = {a.campaign.organisation_id for a in plain.counted(QUARTER, lambda _: True)}
    assert cells[("etape-1", "n")].n == len({one.pk, other.pk} & there)
    assert cells[("etape-2", "n")].n == 0


def test_a_step_of_the_method_counts_when_it_is_done_or_validated_last() -> None:
    organisations = crowd(6, 6)
    there = {a.campaign.organisation_id for a in plain.counted(QUARTER, lambda _: True)}
    done, validated, sent_back, doing = [o for o in organisations if o.pk in there][:4]
    rows = {
        o: Engagement.objects.create(organisation=o, title="Vers 2030")
        for o in (done, validated, sent_back, doing)
    }
    StepState.objects.create(engagement=rows[done], step=2, stage=StepStage.DONE)
    StepState.objects.create(engagement=rows[doing], step=2, stage=StepStage.DOING)
    said(rows[validated], Verdict.SENT_BACK, 2)
    said(rows[validated], Verdict.VALIDATED, 1)
    said(rows[sent_back], Verdict.VALIDATED, 2)
    said(rows[sent_back], Verdict.SENT_BACK, 1)
    assert counted()["methode"].cells[("2", "n")].n == 2


def said(engagement: Engagement, verdict: str, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    Validation.objects.create(
        engagement=engagement, step=2, verdict=verdict, name="Une présidente", reason="Parce que.", at=at
    )


def test_partnerships_count_an_association_once_a_type_and_forget_removed_ones() -> None:
    organisations = crowd(6, 7)
    there = {a.campaign.organisation_id for a in plain.counted(QUARTER, lambda _: True)}
    engagement = Engagement.objects.create(
        organisation=next(o for o in organisations if o.pk in there), title="Vers 2030"
    )
    for kind, gone in (("mecenat", None), ("mecenat", None), ("cooperation-economique", timezone.now())):
        item = Item.objects.create(pk=uuid.uuid4(), engagement=engagement, kind="partnership", gone_at=gone)
        Field.objects.create(item=item, code="type", value=kind)
    cells = counted()["partenariats"].cells
    assert {key[0]: cell.n for key, cell in cells.items() if cell.n} == {"mecenat": 1}


def test_lists_name_all_that_the_diagnostic_may_find() -> None:
    assert set(ALERTS) == set(WRITERS)
    assert set(RESOURCES) == set(RESOURCE_KEYS)
