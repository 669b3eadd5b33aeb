"""The names on the curve of an indicator: on hundreds of drawn ones, none crosses a line, a mark or another."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from apps.core.figures.lettering import Box, text_box
from apps.core.figures.svg import Element, Point, Svg
from apps.methodology.roadmap import gauge, placing
from apps.methodology.roadmap.indicators import Indicator, Reading, sorted_readings
from tests.support.effort import effort

UNITS = ("", "%", "heures", "k€", "personnes aidées par semaine")
START = date(2026, 1, 1)


def drawn_one(seed: int, most: int) -> Indicator:
    """Any indicator of a few readings: numbers of any size, days in any order, with or without a start or a goal."""
    dice = random.Random(seed)
    size = 10 ** dice.randint(0, 6)

    def amount() -> Decimal | None:
        return dice.choice([Decimal(dice.randint(-size, 3 * size)), Decimal(size), None])

    def on() -> date:
        return START + timedelta(days=dice.randint(0, 900))

    days = sorted({on() for _ in range(dice.randint(0, most))})
    readings = [Reading(str(n), day, amount(), amount()) for n, day in enumerate(days)]
    return Indicator(
        "x",
        "Un indicateur",
        dice.choice(UNITS),
        dice.choice(("", "human", "financial", "alliances")),
        amount(),
        dice.choice([START, None]),
        amount(),
        dice.choice([START + timedelta(days=950), on()]),
        sorted_readings(readings),
    )


def steady(actual: str, day: int, goal: str = "35") -> Indicator:
    """A start, a goal, and one reading on the way."""
    one = Reading("r", START + timedelta(days=day), None, Decimal(actual))
    return Indicator(
        "x",
        "Part",
        "%",
        "financial",
        Decimal(22),
        START,
        Decimal(goal),
        START + timedelta(days=500),
        (one,),
    )


def attributes(one: Element) -> dict[str, Any]:
    return dict(one.attributes)


def points_of(one: Element) -> list[Point]:
    pairs = (pair.split(",") for pair in str(attributes(one)["points"]).split())
    return [(float(x), float(y)) for x, y in pairs]


def labels(svg: Svg) -> list[Box]:
    found = [attributes(one) for one in svg.body if one.tag == "text"]
    words = ["".join(map(str, one.children)) for one in svg.body if one.tag == "text"]
    return [
        text_box(
            (float(one["x"]), float(one["y"])), text, float(one["font-size"]), one.get("text-anchor", "start")
        )
        for one, text in zip(found, words, strict=True)
    ]


def amounts(svg: Svg) -> list[Box]:
    """The names of amounts come last."""
    last = [one for one in svg.body if one.tag == "text" and attributes(one)["font-size"] == gauge.NAME]
    return labels(svg)[-len(last) :] if last else []


def lines(svg: Svg) -> list[tuple[Point, Point]]:
    found = []
    for one in svg.body:
        said = attributes(one)
        if one.tag == "line":
            found.append(((said["x1"], said["y1"]), (said["x2"], said["y2"])))
        if one.tag == "polyline":
            spots = points_of(one)
            found += list(pairwise(spots))
    return found


def marks(svg: Svg) -> list[Box]:
    found = []
    for one in svg.body:
        said = attributes(one)
        if one.tag == "circle":
            x, y, r = float(said["cx"]), float(said["cy"]), float(said["r"])
            found.append(Box(x - r, y - r, x + r, y + r))
        if one.tag == "polygon":
            xs, ys = zip(*points_of(one), strict=True)
            found.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return found


def troubles(svg: Svg) -> list[str]:
    """What the amounts cross."""
    return [said for box in amounts(svg) for said in troubles_of(svg, box)]


def troubles_of(svg: Svg, box: Box) -> list[str]:
    picture, others = Box(0, 0, svg.width, svg.height), [one for one in labels(svg) if one != box]
    return [
        *(["edge"] * (not box.inside(picture))),
        *("line" for start, end in lines(svg) if box.crosses(start, end, 150)),
        *("mark" for mark in marks(svg) if box.overlap(mark)),
        *("name" for other in others if box.overlap(other)),
    ]


def has_room(svg: Svg, box: Box) -> bool:
    """Whether a place is left anywhere for this name, tried every two units."""
    others = [*marks(svg), *(one for one in amounts(svg) if one != box)]
    wide = box.right - box.left
    for x in range(4, int(svg.width - wide) - 3, 2):
        for y in range(4, int(gauge.BOTTOM + 14 - gauge.NAME), 2):
            room = Box(x - 4, y - 4, x + wide + 4, y + gauge.NAME + 4)
            if not any(room.overlap(one) for one in others) and not any(
                room.crosses(start, end, 100) for start, end in lines(svg)
            ):
                return True
    return False


@pytest.mark.parametrize("block", range(4))
def test_no_amount_crosses_anything_on_drawn_indicators(block: int) -> None:
    shown = 0
    for seed in range(block * 40, block * 40 + 40):
        svg = gauge.draw(drawn_one(seed, 6), "x")
        if svg is None:
            continue
        shown += 1
        for box in amounts(svg):
            assert not troubles_of(svg, box) or not has_room(svg, box), (seed, troubles_of(svg, box))
    assert shown > 25


@pytest.mark.parametrize("actual", ["20", "22", "25", "28.5", "30", "34", "35", "40"])
def test_the_amount_of_a_goal_stays_off_the_dashed_line(actual: str) -> None:
    for day in (0, 5, 120, 250, 400, 480, 500):
        for goal in ("35", "22", "10"):
            svg = gauge.draw(steady(actual, day, goal), "x")
            assert svg
            assert troubles(svg) == [], (actual, day, goal)


def test_an_amount_stays_near_its_mark_where_it_can() -> None:
    svg = gauge.draw(steady("28.5", 250), "x")
    assert svg
    (planned, seen), spots = amounts(svg), marks(svg)
    goal, read = spots[1], spots[-1]
    for name, mark in ((planned, goal), (seen, read)):
        near = Box(mark.left - 16, mark.top - 16, mark.right + 16, mark.bottom + 16)
        assert name.overlap(near)


def test_a_year_of_readings_every_day_is_drawn_fast_and_inside() -> None:
    dice = random.Random(1)
    readings = [
        Reading(str(n), START + timedelta(days=n), Decimal(dice.randint(0, 99)), Decimal(dice.randint(0, 99)))
        for n in range(1200)
    ]
    one = Indicator("x", "Chaque jour", "heures", readings=sorted_readings(readings))
    some = Indicator("x", "Chaque jour", "heures", readings=sorted_readings(readings[:300]))
    assert effort(lambda: gauge.draw(one, "x"), 3) < 8 * effort(lambda: gauge.draw(some, "x"), 3)
    svg = gauge.draw(one, "x")
    assert svg
    assert "edge" not in troubles(svg)
    assert "name" not in troubles(svg)


def test_a_number_and_a_unit_wider_than_the_picture_leave_the_unit_out() -> None:
    one = Indicator("x", "Large", "W" * 30, goal=Decimal("999999999999.99"), goal_on=START)
    svg = gauge.draw(one, "x")
    assert svg
    assert troubles(svg) == []
    assert "WW" not in "".join(str(e.children) for e in svg.body if e.tag == "text")
    assert "W" * 30 in svg.rows[0][1]


def test_what_is_taken_is_kept_by_column() -> None:
    taken = placing.Taken(100)
    taken.trace([(10, 10), (20, 90), (30, 10)], 1)
    assert not taken.is_free(Box(18, 80, 22, 95))
    assert taken.is_free(Box(12, 60, 14, 80))
    assert taken.crowd(Box(50, 0, 60, 100)) == 0
    taken.block(Box(50, 0, 55, 10))
    assert taken.crowd(Box(50, 0, 51, 10)) == 10
    assert taken.is_free(Box(57, 0, 60, 10))
