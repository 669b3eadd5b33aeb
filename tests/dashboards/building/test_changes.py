"""How many associations moved in each cell since an earlier release: never more than the truth, never 0 by mistake."""

from __future__ import annotations

from random import Random

import pytest

from apps.accounts.models import Organisation
from apps.dashboards.building.changes import LIVE_TABLES
from apps.dashboards.building.earlier import earlier_releases, exact, neighbours
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Programme, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import BY_KEY
from apps.diagnostic.models import Campaign
from tests.dashboards import world
from tests.dashboards.building import plain
from tests.dashboards.building.crowd import QUARTER, again, crowd
from tests.dashboards.building.support import built, published

pytestmark = pytest.mark.django_db

BEFORE = QUARTER.before


def by_association(population: list[plain.Association]) -> dict[plain.Cell, dict[object, object]]:
    """Of each cell, who is in it and by which campaign."""
    return {
        cell: {one.campaign.organisation_id: one.campaign.pk for one in members}
        for cell, members in plain.membership(population).items()
    }


def truly_moved(was: dict[object, object], now: dict[object, object], answers: bool) -> int:
    """Came, left, or there both times with another campaign; the last only where the cell tells an answer."""
    return sum(
        (one in was) != (one in now) or (answers and was[one] != now[one]) for one in was.keys() | now.keys()
    )


def found(release: Release, there: Release) -> dict[plain.Cell, int]:
    return {
        (table.key, *cell): told.moved[str(there.pk)]
        for table in release.exact_tables.all()
        for cell, told in exact(table.exact).items()
    }


def expected(was: list[plain.Association], now: list[plain.Association]) -> dict[plain.Cell, int]:
    then, here = by_association(was), by_association(now)
    return {
        cell: moved
        for cell in then.keys() | here.keys()
        if (moved := truly_moved(then.get(cell, {}), here.get(cell, {}), BY_KEY[cell[0]].tells_answers))
    }


def everybody(_: Organisation) -> bool:
    return True


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_moves_between_two_quarters_are_those_of_plain_python(share: float) -> None:
    """A few campaigns again: those that came are counted. Nearly all: those that stayed are."""
    people = crowd(30, 11, BEFORE)
    then = plain.counted(BEFORE, everybody)
    first = published(BEFORE)
    rng = Random(12)
    again(rng.sample(people, int(share * len(people))), rng, QUARTER)
    crowd(3, 13)
    second = built(QUARTER)
    moved = {cell: n for cell, n in found(second, first).items() if n}
    assert moved == expected(then, plain.counted(QUARTER, everybody))
    assert sum(cell[0] == "axes-region" for cell in moved) > 3


def test_moves_between_the_national_release_and_a_programme() -> None:
    people = crowd(24, 14)
    national = published(QUARTER)
    programme = world.programme()
    inside = people[:9]
    agree(programme, inside)
    release = built(QUARTER, programme)
    keys = {one.pk for one in inside}
    of_programme = plain.counted(QUARTER, lambda one: one.pk in keys)
    moved = {cell: n for cell, n in found(release, national).items() if n}
    assert moved == expected(plain.counted(QUARTER, everybody), of_programme)


def agree(programme: Programme, people: list[Organisation]) -> None:
    for one in people:
        Consent.objects.create(programme=programme, organisation=one, words="accord-1")


def test_two_programmes_without_an_association_in_common_share_nothing() -> None:
    people = crowd(10, 15)
    one, other = world.programme(), world.programme(code="AUTRES")
    agree(one, people[:5])
    agree(other, people[5:])
    first, second = published(QUARTER, one), built(QUARTER, other)
    moved = found(second, first)
    there = {t.key: exact(t.exact) for t in first.exact_tables.all()}
    here = {t.key: exact(t.exact) for t in second.exact_tables.all()}
    for (table, *cell), n in moved.items():
        key = (cell[0], cell[1])
        assert table in LIVE_TABLES or n == there[table][key].n + here[table][key].n


def test_a_release_built_again_has_moved_nowhere() -> None:
    crowd(20, 16)
    first = published(QUARTER)
    second = built(QUARTER)
    assert second.version == 2
    assert set(found(second, first).values()) == {0}


def test_an_erased_association_is_counted_among_those_that_left() -> None:
    people = crowd(20, 17, BEFORE)
    then = plain.counted(BEFORE, everybody)
    first = published(BEFORE)
    gone = then[0].campaign
    cells = list(plain.cells_of(then[0]))
    Organisation.objects.get(pk=gone.organisation_id).delete()
    second = built(BEFORE)
    moved = {cell: n for cell, n in found(second, first).items() if n}
    assert moved == dict.fromkeys(cells, 1)
    assert len(people) == 20


def test_a_campaign_erased_and_replaced_counts_once_at_most_and_never_for_nothing() -> None:
    people = crowd(20, 18, BEFORE)
    then = plain.counted(BEFORE, everybody)
    first = published(BEFORE)
    truth = then[0]
    again([truth.campaign.organisation], Random(19), QUARTER)
    now = plain.counted(QUARTER, everybody)
    known = expected(then, now)
    Campaign.objects.filter(pk=truth.campaign.pk).delete()
    moved = {cell: n for cell, n in found(built(QUARTER), first).items() if n}
    evolution = {cell for cell in known | moved if cell[0] == "evolution"}
    for cell in (known.keys() | moved.keys()) - evolution:
        strict = not BY_KEY[cell[0]].tells_answers
        assert moved.get(cell, 0) <= known.get(cell, 0)
        assert strict or (cell in moved) == (cell in known), cell
    assert len(people) == 20


def test_an_answer_corrected_in_place_has_moved() -> None:
    """Nothing of ours rewrites a result: were it done by hand, the cell would not pass for the same."""
    crowd(20, 20)
    first = published(QUARTER)
    result = next(a for a in plain.counted(QUARTER, everybody) if "A" in a.scores).campaign.result
    score = result.payload["axes"]["A"]["score"]
    result.payload["axes"]["A"]["score"] = score - 1 if score > 50 else score + 1
    result.save()
    moved = found(built(QUARTER), first)
    assert moved[("axes", "tout", "A")] == 1
    assert moved[("axes", "tout", "B")] == 0


def test_neighbours_are_the_published_ones_of_two_years_newest_first() -> None:
    release = Release(year=2026, quarter_number=3)
    near = [world.release(quarter=Quarter(2026, 2)), world.release(quarter=Quarter(2024, 3))]
    near.append(world.release(world.programme(), quarter=Quarter(2024, 3)))
    world.release(quarter=Quarter(2024, 2))
    world.release(state=ReleaseState.BUILT, quarter=Quarter(2026, 1))
    assert set(neighbours(release)) == set(near)
    assert next(iter(neighbours(release))) == near[0]
    assert [e.same_scope for e in earlier_releases(release)].count(False) == 1
