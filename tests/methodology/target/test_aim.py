"""Plates of scenarios on the triangle: on hundreds of draws, none covers another, a spot, a corner or a name."""

from __future__ import annotations

import math
import random

import pytest

from apps.core.figures import balance
from apps.core.figures.lettering import Box, around, text_box
from apps.core.figures.svg import Element, Svg
from apps.core.figures.ternary import TRIANGLE
from apps.core.figures.triangle import Shares
from apps.methodology.target.figures import aim, plates
from apps.methodology.target.figures.aim import Aim, Named, Scenario
from tests.support.effort import effort


def shares(dice: random.Random) -> Shares:
    """Anywhere, near one another, or at a corner."""
    sort = dice.random()
    if sort < 0.15:
        return Shares(*dice.choice(((1, 0, 0), (0, 1, 0), (0, 0, 1), (0.5, 0.5, 0))))
    if sort < 0.5:
        human, financial = 0.4 + dice.uniform(-0.1, 0.1), 0.3 + dice.uniform(-0.1, 0.1)
        return Shares(human, financial, 1 - human - financial)
    return Shares(dice.random(), dice.random(), dice.random() + 0.01)


def drawn_one(seed: int, most: int) -> Aim:
    dice = random.Random(seed)
    number = dice.randint(1, most)
    return Aim(
        dice.choice([Named("2026", "Diagnostic", shares(dice)), None]),
        dice.choice([Named("cible", "Équilibre visé", shares(dice)), None]),
        tuple(Scenario(n, f"Scénario {n}", shares(dice), n == 2) for n in range(1, number + 1)),
    )


def of_plates(svg: Svg) -> list[Box]:
    found = []
    for one in svg.body:
        said = dict(one.attributes)
        if one.tag == "rect" and said.get("rx") == 6:
            x, y = float(said["x"]), float(said["y"])
            found.append(Box(x, y, x + float(said["width"]), y + float(said["height"])))
    return found


def of_text(one: Element) -> Box:
    said = dict(one.attributes)
    at = (float(said["x"]), float(said["y"]))
    words = "".join(map(str, one.children))
    return text_box(at, words, float(said["font-size"]), str(said.get("text-anchor", "start")))


def texts(svg: Svg) -> list[Box]:
    """Names of pillars and labels of points, not the numbers on plates."""
    found = [of_text(one) for one in svg.body if one.tag == "text"]
    inside = of_plates(svg)
    return [box for box in found if not any(box.inside(plate) for plate in inside)]


def spots(data: Aim) -> list[Box]:
    made = [
        balance.Spot(kind, TRIANGLE.point(one.shares), one.label)
        for kind, one in (("now", data.now), ("target", data.target))
        if one
    ]
    return [around(spot.at, spot.radius) for spot in balance.ringed(made, TRIANGLE.corners)]


def troubles(data: Aim) -> list[str]:
    svg = aim.draw(data)
    found = of_plates(svg)
    picture = Box(0, 0, svg.width, svg.height)
    others = {
        "spot": spots(data),
        "corner": [around(corner, 11) for corner in TRIANGLE.corners],
        "name": texts(svg),
    }
    said = ["edge" for box in found if not box.inside(picture)]
    said += ["plate" for rank, box in enumerate(found) for other in found[:rank] if box.overlap(other)]
    return said + [
        what for what, boxes in others.items() for box in boxes for plate in found if plate.overlap(box)
    ]


def count_of(data: Aim) -> int:
    return len(plates.gathered(data.scenarios))


@pytest.mark.parametrize("block", range(5))
def test_no_plate_covers_anything_up_to_six_scenarios(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        data = drawn_one(seed, 6)
        assert troubles(data) == [], seed
        assert len(of_plates(aim.draw(data))) == count_of(data)


def test_thirty_scenarios_are_all_numbered_and_none_covers_another() -> None:
    for seed in range(1000, 1020):
        data = drawn_one(seed, 30)
        assert troubles(data) == [], seed


def test_thirty_scenarios_are_drawn_as_fast_as_their_pairs_allow() -> None:
    ten, thirty = drawn_one(7, 10), drawn_one(7, 30)
    assert effort(lambda: aim.draw(thirty), 3) < 18 * effort(lambda: aim.draw(ten), 3)


def test_a_plate_beside_its_place_is_led_to_it() -> None:
    here = Shares(0.4, 0.3, 0.3)
    svg = aim.draw(Aim(now=Named("2026", "x", here), scenarios=(Scenario(1, "Tenir", here),)))
    at = tuple(round(part, 1) for part in TRIANGLE.point(here))
    starts = [
        (round(float(said["x1"]), 1), round(float(said["y1"]), 1))
        for said in (dict(one.attributes) for one in svg.body if one.tag == "line")
    ]
    assert at in starts
    (plate,) = of_plates(svg)
    middle = ((plate.left + plate.right) / 2, (plate.top + plate.bottom) / 2)
    assert plates.CLEAR <= math.dist(middle, TRIANGLE.point(here)) < 60


def test_a_scenario_alone_stays_where_it_is() -> None:
    here = Shares(0.5, 0.2, 0.3)
    (plate,) = of_plates(aim.draw(Aim(scenarios=(Scenario(1, "Tenir", here),))))
    x, y = TRIANGLE.point(here)
    assert math.isclose((plate.left + plate.right) / 2, x, abs_tol=0.1)
    assert math.isclose((plate.top + plate.bottom) / 2, y, abs_tol=0.1)


def test_many_at_one_place_share_a_plate_that_stays_in_the_picture() -> None:
    assert plates.rows([1, 2]) == ("1, 2",)
    assert plates.rows([1, 2, 3, 4, 7]) == ("1–4, 7",)
    assert plates.rows([1, 3, 5, 7, 9]) == ("1, 3, 5, 7", "9")
    here, there = Shares(0.4, 0.3, 0.3), Shares(0.1, 0.1, 0.8)
    odd = tuple(Scenario(n, f"S{n}", here if n % 2 else there) for n in range(1, 31))
    assert troubles(Aim(Named("2026", "x", here), Named("cible", "y", there), odd)) == []


def test_numbers_stand_above_the_line_from_now_to_the_target() -> None:
    middle = Shares(0.4, 0.3, 0.3)
    svg = aim.draw(
        Aim(
            Named("2026", "x", Shares(0.8, 0.1, 0.1)),
            Named("cible", "y", Shares(0, 0.5, 0.5)),
            (Scenario(1, "S", middle),),
        )
    )
    tags = [(one.tag, dict(one.attributes)) for one in svg.body]
    link = next(n for n, (tag, said) in enumerate(tags) if tag == "line" and said.get("stroke-dasharray"))
    plate = next(n for n, (tag, said) in enumerate(tags) if tag == "rect" and said.get("rx") == 6)
    assert plate > link
