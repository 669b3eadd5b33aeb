"""Each scenario, published by who forgets the rules, then by the platform: the attack wins, then finds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from apps.dashboards.audit.attacks import ATTACKS, attack
from apps.dashboards.disclosure import leaves_few_together, refused
from tests.dashboards.attacks.naive import World
from tests.dashboards.attacks.people import Person, exact_tables
from tests.dashboards.attacks.scenarios import SCENARIOS, Step

PAIRS = [(name, code) for name, (codes, _) in SCENARIOS.items() for code in codes]


def published(steps: list[Step], *, naive: bool) -> World:
    """What the platform refuses whole is not published."""
    world = World(naive)
    for people, scope in steps:
        if naive or not whole_is_refused(world, people, scope):
            world.publish(people, scope)
    return world


def whole_is_refused(world: World, people: Sequence[Person], scope: str) -> bool:
    whole = exact_tables(people, world.people)["participation"].cells["tout", "n"]
    elsewhere = {seen.key: whole.moved[seen.key] for seen in world.seen if seen.scope != scope}
    newest = {
        seen.scope: {p.key for p in world.people[seen.key]} for seen in world.seen if seen.scope != scope
    }
    together = leaves_few_together(shared({**newest, scope: {p.key for p in people}}), scope, world.rules)
    return refused(whole.n, elsewhere, world.rules, whole.held, together) is not None


def shared(scopes: dict[str, set[str]]) -> Counter[frozenset[str]]:
    """How many associations each set of scopes counts."""
    everybody = set().union(*scopes.values())
    return Counter(frozenset(name for name, inside in scopes.items() if key in inside) for key in everybody)


@pytest.mark.parametrize(("name", "code"), PAIRS)
def test_a_naive_publication_is_proved_vulnerable(name: str, code: str) -> None:
    found = ATTACKS[code](published(SCENARIOS[name][1](), naive=True).case())
    assert found.findings
    assert found.tries >= len(found.findings)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_people_protected_give_nothing_to_any_attack(name: str) -> None:
    world = published(SCENARIOS[name][1](), naive=False)
    assert world.seen
    assert {f.code: f.findings for f in attack(world.case()) if f.findings} == {}


@pytest.mark.parametrize("name", SCENARIOS)
def test_something_is_still_published(name: str) -> None:
    """Hiding everything would protect too."""
    world = published(SCENARIOS[name][1](), naive=False)
    assert any(cell.is_shown for cell in world.seen[-1].cells.values())


def test_every_attack_of_the_contract_is_there() -> None:
    assert list(ATTACKS) == [f"A{number}" for number in range(1, 17)]
    made: Callable[[], list[Step]] = SCENARIOS["one small region"][1]
    assert [f.code for f in attack(published(made(), naive=False).case())] == list(ATTACKS)
