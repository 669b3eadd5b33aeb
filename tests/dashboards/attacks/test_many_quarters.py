"""Six releases of a country and two programmes, at random: whatever comes, leaves or changes, no attack finds anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from apps.dashboards.audit.attacks import attack
from tests.dashboards.attacks.naive import World
from tests.dashboards.attacks.people import Person, invented, population
from tests.dashboards.attacks.test_pure import whole_is_refused

# What made an attack succeed once: those without a région, nearly all alike, reports held, a missing score.
TWISTS: dict[str, Callable[[random.Random, Person], Person]] = {
    "plain": lambda rng, person: person,
    "no region": lambda rng, person: replace(person, region=None) if rng.random() < 0.06 else person,
    "nearly all": lambda rng, person: (
        replace(person, fragilities=("F01",)) if rng.random() < 0.94 else person
    ),
    "reports": lambda rng, person: replace(person, held=rng.random() < 0.1),
    "no score": lambda rng, person: (
        replace(person, scores={**person.scores, "C": None}) if rng.random() < 0.05 else person
    ),
}
SIZES = (24, 45, 70, 120, 260)


def quarter_after(people: Sequence[Person], rng: random.Random, name: str) -> list[Person]:
    came = [invented(rng, f"{name}-{place}") for place in range(rng.choice((0, 1, 2, 5, 12, 15, 30)))]
    here = [*people, *came]
    here = rng.sample(here, max(20, len(here) - rng.choice((0, 0, 1, 3, 12))))
    if rng.random() < 0.5:
        place = rng.randrange(len(here))
        here[place] = invented(rng, here[place].key)
    return here


def counted(people: Sequence[Person], scope: str) -> list[Person]:
    third = {"P": 1, "Q": 2}.get(scope)
    return [p for p in people if third is None or sum(map(ord, p.key)) % 3 == third]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("twist", TWISTS)
def test_six_releases_of_three_scopes(twist: str, size: int) -> None:
    rng = random.Random(f"{twist} {size}")
    people = [TWISTS[twist](rng, person) for person in population(size, size)]
    world, published = World(naive=False), 0
    for step in range(6):
        scope = rng.choice(("", "", "P", "Q"))
        now = counted(people, scope)
        if not whole_is_refused(world, now, scope):
            world.publish(now, scope)
            published += 1
            assert {f.code: f.findings for f in attack(world.case()) if f.findings} == {}, (scope, step)
        people = quarter_after(people, rng, f"{twist}-{step}")
    assert published
