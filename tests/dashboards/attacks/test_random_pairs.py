"""Five hundred pairs of releases between which one association came or left: nobody finds it.

The naive twin publishes the same people, and is found out nearly each time.
"""

from __future__ import annotations

import random

import pytest

from apps.dashboards.audit.attacks import ATTACKS, attack
from tests.dashboards.attacks.people import Person, invented, population
from tests.dashboards.attacks.scenarios import Step
from tests.dashboards.attacks.stored import Stored
from tests.dashboards.attacks.test_pure import published

BATCHES, A_BATCH = 20, 25
STORED = 10
# Those that compare dates: the share of pairs that they must win against the naive twin.
IN_TIME = ("A8", "A13")
MOST_LEAK = 0.9


def pair(seed: int) -> list[Step]:
    """Twenty to two hundred associations, then one more or one less."""
    rng = random.Random(seed)
    before = population(seed, rng.randint(20, 200))
    after: list[Person] = list(before)
    if seed % 2:
        after.append(invented(rng, "new"))
    else:
        after.pop(rng.randrange(len(after)))
    return [(before, ""), (after, "")]


def findings(steps: list[Step]) -> dict[str, list[str]]:
    return {f.code: f.findings for f in attack(published(steps, naive=False).case()) if f.findings}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_one_association_more_or_less_is_found_by_no_attack(batch: int) -> None:
    seeds = range(batch * A_BATCH, (batch + 1) * A_BATCH)
    assert {seed: found for seed in seeds if (found := findings(pair(seed)))} == {}


def test_the_naive_twin_gives_nearly_all_of_them_away() -> None:
    seeds = range(0, BATCHES * A_BATCH, 5)
    cases = [published(pair(seed), naive=True).case() for seed in seeds]
    leaks = [any(ATTACKS[code](case).findings for code in IN_TIME) for case in cases]
    assert sum(leaks) / len(leaks) >= MOST_LEAK


@pytest.mark.parametrize("seed", range(20))
def test_what_too_few_moved_repeats_the_number_and_the_date(seed: int) -> None:
    world = published(pair(seed), naive=False)
    first, second = world.seen
    repeated = 0
    for place, cell in second.cells.items():
        before = first.cells[place]
        if cell.is_shown and before.is_shown:
            repeated += 1
            assert cell.origin == first.key
            assert (cell.n, cell.values.get("mean")) == (before.n, before.values.get("mean"))
    assert repeated


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(STORED))
def test_one_association_more_or_less_through_the_database(seed: int) -> None:
    stored = Stored()
    before, after = [stored.publish(people, scope) for people, scope in pair(seed)]
    numbers = [
        {table.key: without_dates(table.protected) for table in release.tables.all()}
        for release in (before, after)
    ]
    for key, table in numbers[1].items():
        for place, cell in table.items():
            earlier = numbers[0][key][place]
            if cell["state"] == earlier["state"] == "shown":
                assert cell == earlier


def without_dates(protected: dict) -> dict:  # type: ignore[type-arg]
    """Shares aside, which are those of the numbers beside them."""
    return {
        (row["key"], column): {k: v for k, v in cell.items() if k not in ("since", "share")}
        for row in protected["rows"]
        for column, cell in row["cells"].items()
    }
