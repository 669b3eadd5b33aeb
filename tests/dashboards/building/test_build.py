"""One building: all the tables or none, the same bytes each time, and never two at once."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.outbox import Outbox
from apps.dashboards import tasks
from apps.dashboards.audit import services as audits
from apps.dashboards.building import build, storing
from apps.dashboards.building.headline import headline
from apps.dashboards.disclosure import ProtectedTable, Published, State
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import releases
from apps.dashboards.tables import TABLES
from tests.dashboards.building import plain
from tests.dashboards.building.crowd import QUARTER, crowd
from tests.dashboards.building.support import built, drafted, published
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def attacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tried for true in tests/dashboards/audit; here they find nothing, at once."""

    def audit(release: Release) -> AuditRun:
        return AuditRun.objects.create(release=release, attacks=[], is_clean=True)

    monkeypatch.setattr(audits, "audit", audit)


def again(release: Release) -> Release:
    release.refresh_from_db()
    return release


def kept(release: Release) -> list[Any]:
    """All that a release says, as the database writes it."""
    found: list[Any] = []
    with connection.cursor() as cursor:
        for table, what in (
            ("releasetable", "key, protected::text, since::text"),
            ("exacttable", "key, exact::text"),
            ("suppression", '"table", "row", "column", reason'),
            ("releasemember", "campaign_id, organisation_id"),
        ):
            cursor.execute(f"SELECT {what} FROM dashboards_{table} WHERE release_id = %s", [release.pk])
            found.append(sorted(cursor.fetchall()))
    return found


def test_a_release_is_built_with_all_its_tables(settings: Any) -> None:
    settings.RELEASE_P_PERCENT = Fraction(15)
    crowd(40, 31)
    release = drafted(QUARTER)
    tasks.build(str(release.pk))
    again(release)
    assert (release.state, release.claim, release.error, release.refusal) == (
        ReleaseState.BUILT,
        None,
        "",
        "",
    )
    assert [table.key for table in release.tables.all()] == [table.key for table in TABLES]
    assert release.exact_tables.count() == len(TABLES)
    assert release.rules == {"k": 11, "rounding": 5, "dominance": 85}
    population = plain.counted(QUARTER, lambda _: True)
    assert set(release.members.values_list("organisation", "campaign_id")) == {
        (one.campaign.organisation_id, one.campaign.pk) for one in population
    }
    assert release.size == 5 * round(len(population) / 5)
    assert "sur 100" in release.headline
    last = release.audits.get()
    assert release.built_at is not None
    assert last.run_at > release.built_at


def test_a_protected_table_has_the_shape_that_everything_reads() -> None:
    crowd(40, 32)
    release = built(QUARTER)
    for table, about in zip(release.tables.all(), TABLES, strict=True):
        told = table.protected
        assert set(told) == {"key", "title", "says", "kind", "columns", "rows", "total", "hidden"}
        assert [column["key"] for column in told["columns"]] == [column.key for column in about.columns]
        cells = [cell for row in told["rows"] for cell in row["cells"].values()]
        assert told["hidden"] == sum(cell["state"] == "hidden" for cell in cells)
        assert {cell["state"] for cell in cells} <= {"shown", "hidden", "zero", "missing"}
        assert all(cell["n"] % 5 == 0 for cell in cells if cell["state"] == "shown")
    by_region = release.tables.get(key="participation-region").protected
    shown = [row["cells"]["n"] for row in by_region["rows"] if row["cells"]["n"]["state"] == "shown"]
    assert by_region["total"] == {"n": sum(cell["n"] for cell in shown)}
    assert release.tables.get(key="alertes").protected["total"] is None
    bands = release.tables.get(key="finances").protected["rows"][0]
    assert bands["labels"]["b1"] == "moins d’un mois"
    assert bands["label"] == "Trésorerie, en mois de charges"


def test_each_hidden_cell_has_its_reason_and_no_shown_one_but_repeated() -> None:
    crowd(40, 33)
    release = built(QUARTER)
    reasons = {(s.table, s.row, s.column) for s in release.suppressions.all()}
    hidden = {
        (table.key, row["key"], column)
        for table in release.tables.all()
        for row in table.protected["rows"]
        for column, cell in row["cells"].items()
        if cell["state"] == "hidden"
    }
    assert hidden
    assert reasons == hidden


def test_built_again_it_is_the_same_to_the_byte() -> None:
    crowd(40, 34)
    published(QUARTER.before)
    release = built(QUARTER)
    first = kept(release)
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.REQUESTED)
    assert build.build_release(release.pk)
    assert kept(release) == first
    assert all(first)


def test_a_message_that_comes_twice_builds_once() -> None:
    release = drafted(QUARTER)
    assert build.build_release(release.pk)
    assert not build.build_release(release.pk)
    assert again(release).attempts == 1
    assert release.audits.count() == 1


def test_the_number_of_statements_does_not_depend_on_associations() -> None:
    counts = []
    for n in (4, 12):
        crowd(n, n)
        with CaptureQueriesContext(connection) as asked:
            release = built(QUARTER)
        counts.append(len(asked))
        releases.set_aside(release=release, by=UserFactory.create())
    assert counts[0] == counts[1]


def crash(*_: object, **__: object) -> None:
    raise RuntimeError("out of luck")


def test_a_building_that_crashes_leaves_nothing_and_fails_after_three_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowd(5, 35)
    release = drafted(QUARTER)
    with monkeypatch.context() as broken:
        broken.setattr(build, "describe", crash)
        for attempt in (1, 2):
            assert not build.build_release(release.pk)
            assert (again(release).state, release.attempts) == (ReleaseState.REQUESTED, attempt)
            assert release.due_at > timezone.now()
            assert not release.tables.exists()
            assert not release.members.exists()
        assert not build.build_release(release.pk)
    assert again(release).state == ReleaseState.FAILED
    assert "trois fois" in release.error
    releases.retry(release=release)
    assert build.build_release(release.pk)
    assert (again(release).state, release.error) == (ReleaseState.BUILT, "")


def test_a_building_without_its_attacks_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "audit", crash)
    release = drafted(QUARTER)
    assert not build.build_release(release.pk)
    assert (again(release).state, release.built_at) == (ReleaseState.REQUESTED, None)


def test_a_database_that_refuses_is_a_failure_like_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("no room left")

    monkeypatch.setattr(build, "populate", refuse)
    release = drafted(QUARTER)
    assert not build.build_release(release.pk)
    assert again(release).state == ReleaseState.REQUESTED
    monkeypatch.setattr(build, "give_back", refuse)
    Release.objects.filter(pk=release.pk).update(due_at=timezone.now())
    with pytest.raises(OperationalError):
        build.build_release(release.pk)


def test_a_killed_building_is_put_back_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "send", lambda _, pk: True)
    release = drafted(QUARTER)
    assert build.claim(release.pk)  # and the worker is gone
    assert not build.build_release(release.pk)
    tasks.put_back()
    assert again(release).state == ReleaseState.BUILDING
    Release.objects.filter(pk=release.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    assert releases.put_back() == 2  # taken back, then sent
    assert build.build_release(release.pk)
    assert again(release).attempts == 2


def test_a_building_killed_three_times_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "send", lambda _, pk: True)
    release = drafted(QUARTER)
    past = timezone.now() - timedelta(seconds=1)
    for _ in range(3):
        assert build.claim(release.pk)
        Release.objects.filter(pk=release.pk).update(due_at=past)
        releases.put_back()
    assert again(release).state == ReleaseState.FAILED
    assert "trois fois" in release.error


def test_a_draft_set_aside_while_it_is_built_stays_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(5, 36)
    release = drafted(QUARTER)

    def audit(_: Release) -> None:
        releases.set_aside(release=release, by=UserFactory.create())

    monkeypatch.setattr(audits, "audit", audit)
    assert not build.build_release(release.pk)
    assert again(release).state == ReleaseState.SET_ASIDE


def test_a_building_that_lost_its_claim_writes_nothing() -> None:
    crowd(5, 37)
    release = drafted(QUARTER)
    claimed = build.claim(release.pk)
    assert claimed is not None
    Release.objects.filter(pk=release.pk).update(claim=None)
    with pytest.raises(build.ClaimLostError):
        build.make(claimed)
    assert not release.tables.exists()


def test_a_population_too_small_is_refused_as_a_whole() -> None:
    crowd(8, 38)
    release = built(QUARTER)
    assert "associations" in release.refusal
    assert release.size == 0
    assert "sur 100" not in release.headline


def test_a_value_that_hardly_moved_says_since_when() -> None:
    crowd(40, 39, QUARTER.before)
    first = published(QUARTER.before)
    crowd(1, 40)
    second = built(QUARTER)
    table = second.tables.get(key="axes")
    cell = table.protected["rows"][0]["cells"]["A"]
    assert cell["since"] == QUARTER.before.slug
    assert table.since["tout/A"] == str(first.pk)
    assert second.size == first.size


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 1_000, "moins de 1\u00a0k€"),
        (1_000, 2_000, "de 1 à 2\u00a0k€"),
        (500_000, 1_000_000, "de 500\u00a0k€ à 1\u00a0M€"),
        (2_000_000, 5_000_000, "de 2 à 5\u00a0M€"),
        (500_000_000, 1_000_000_000, "de 500\u00a0M€ à 1\u00a0Md€"),
    ],
)
def test_a_band_of_euros_is_said_in_words(low: int, high: int, words: str) -> None:
    assert storing.band_name(low, high) == words


@pytest.mark.parametrize(
    ("means", "sentence"),
    [
        ((62, 58, 45), "Les alliances sont à 45 sur 100, sous les autres appuis."),
        ((62, 50, 49), "Les richesses humaines sont à 62 sur 100, au-dessus des autres appuis."),
        ((50, 51, 52), "Les trois appuis se tiennent, de 50 à 52 sur 100."),
        ((50, 50, 50), "Les trois appuis se tiennent, à 50 sur 100."),
        ((50, 50, None), "40 associations comptées au 3e trimestre 2026."),
    ],
)
def test_a_headline_says_what_the_table_shows(means: tuple[int | None, ...], sentence: str) -> None:
    cells = {
        ("tout", axis): Published(State.HIDDEN)
        if mean is None
        else Published(State.SHOWN, 40, {"mean": mean})
        for axis, mean in zip("ABC", means, strict=True)
    }
    assert headline(ProtectedTable("axes", ["tout"], list("ABC"), cells, {}), 40, QUARTER) == sentence


def test_a_headline_without_any_number_names_the_quarter() -> None:
    cells = {("tout", axis): Published(State.HIDDEN) for axis in "ABC"}
    found = headline(ProtectedTable("axes", ["tout"], list("ABC"), cells, {}), 0, Quarter(2026, 1))
    assert found == "Les associations comptées au 1er trimestre 2026."
