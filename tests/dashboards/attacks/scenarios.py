"""For each attack, people among whom the leak would occur, release after release."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.dashboards.attacks.people import FRAGILITIES, PROFILES, SIZES, Person, invented

Step = tuple[Sequence[Person], str]  # who is counted, the scope
PROGRAMME, OTHER = "P", "Q"


def some(number: int, prefix: str = "p", seed: int = 7, **fields: Any) -> list[Person]:
    rng = random.Random(f"{seed}{prefix}")
    return [invented(rng, f"{prefix}{place}", **fields) for place in range(number)]


def around_the_threshold() -> list[Step]:
    """k−1, k, k+1, 0, 1 associations in a region."""
    people = some(30, region="11") + some(10, "b", region="53") + some(11, "o", region="76")
    return [(people + some(12, "r", region="84") + some(1, "c", region="94"), "")]


def one_small_region() -> list[Step]:
    return [(some(25, region="11") + some(20, "b", region="53") + some(4, "c", region="94"), "")]


def nearly_all_fragile() -> list[Step]:
    people = some(45, fragilities=FRAGILITIES[:1]) + some(3, "o", fragilities=FRAGILITIES[1:2])
    return [(people, "")]


def one_theme_inside_another() -> list[Step]:
    """All that chose the first fragility chose the second; four chose the second alone, forty another."""
    both = some(26, fragilities=FRAGILITIES[:2])
    return [
        (both + some(4, "o", fragilities=FRAGILITIES[1:2]) + some(40, "x", fragilities=FRAGILITIES[2:3]), "")
    ]


def one_small_band() -> list[Step]:
    """Four under twenty on the first axis, twenty in each of two other bands."""
    people = [
        replace(person, scores={**person.scores, "A": Fraction(low + int(person.key[-1]))})
        for low, number in ((5, 4), (30, 20), (70, 20))
        for person in some(number, f"b{low}-")
    ]
    return [(people, "")]


def three_came() -> list[Step]:
    before = some(40, region="11") + some(20, "b", region="53")
    return [(before, ""), (before + some(3, "n", region="53"), "")]


def one_left_and_one_changed() -> list[Step]:
    before = some(30, region="11") + some(20, "b", region="53")
    changed = replace(before[1], scores=dict.fromkeys("ABCDE", Fraction(100)))
    return [(before, ""), ([changed, *before[2:]], "")]


def nested_scopes() -> list[Step]:
    """Of Brittany, the programme has all but two; of the rest, half."""
    region, rest = some(20, "b", region="53"), some(60, region="11")
    return [(region + rest, ""), (region[2:] + rest[30:], PROGRAMME)]


def nearly_the_same_scope() -> list[Step]:
    people = some(50)
    return [(people, ""), (people[3:], PROGRAMME)]


def two_programmes_share_out() -> list[Step]:
    people = some(62)
    return [(people[:30], PROGRAMME), (people[30:59], OTHER), (people, "")]


def eleven_and_reports_held() -> list[Step]:
    people = some(30, region="11") + some(11, "b", region="53") + some(13, "o", region="76")
    told = [replace(p, held=True) if p.key in ("o1", "o2", "o3") else p for p in people]
    return [(told, "")]


def one_giant() -> list[Step]:
    people = some(30, amounts={"cotisations": 5_000, "dons": 20_000})
    return [([*people, replace(people[0], key="g", amounts={"cotisations": 2_000_000, "dons": 20_000})], "")]


def all_alike() -> list[Step]:
    """All of them have the alert, and a full score on one axis."""
    people = [
        replace(p, alerts=("cash_critical",), scores={**p.scores, "D": Fraction(100)}) for p in some(40)
    ]
    return [(people, "")]


def plain() -> list[Step]:
    return [(some(80), "")]


def twice_the_same() -> list[Step]:
    people = some(60)
    return [(people, ""), (people, "")]


def one_of_each() -> list[Step]:
    """A profile and a size that very few have, told by several tables."""
    people = [
        replace(p, profile=PROFILES[place % 2], size=SIZES[place % 2]) for place, p in enumerate(some(50))
    ]
    return [(people + some(3, "x", profile=PROFILES[4], size=SIZES[3]), "")]


SCENARIOS: dict[str, tuple[tuple[str, ...], Callable[[], list[Step]]]] = {
    "around the threshold": (("A2", "A10"), around_the_threshold),
    "one small region": (("A2", "A3"), one_small_region),
    "one of each": (("A2", "A3"), one_of_each),
    "nearly all fragile": (("A4",), nearly_all_fragile),
    "one theme inside another": (("A4",), one_theme_inside_another),
    "one small band": (("A7",), one_small_band),
    "three came": (("A8", "A13"), three_came),
    "one left and one changed": (("A8", "A13"), one_left_and_one_changed),
    "nested scopes": (("A9",), nested_scopes),
    "nearly the same scope": (("A9",), nearly_the_same_scope),
    "two programmes share out": (("A9",), two_programmes_share_out),
    "eleven and reports held": (("A10",), eleven_and_reports_held),
    "one giant": (("A11",), one_giant),
    "all alike": (("A12",), all_alike),
}
