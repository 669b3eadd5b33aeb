"""The triangle of the three pillars with where one stands, where one wants to be, and the scenarios (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures import balance
from apps.core.figures.lettering import Box, around, text_box, text_width
from apps.core.figures.marks import shape
from apps.core.figures.palette import INK, LEAF, PILLARS
from apps.core.figures.svg import Element, Point, Svg, line, polygon, rect, text
from apps.core.figures.ternary import HEIGHT, NAMES, SIZE, TRIANGLE, WIDTH
from apps.core.figures.triangle import Shares
from apps.core.microtypography import nbsp

MARK, NEAR = 22, 26  # size of a scenario's number; closer than NEAR, two share one mark
CLEAR = 36  # from a plate to a spot
AROUND = ((1, 0.4), (-1, 0.4), (0, 1), (0, -1), (1, -0.8), (-1, -0.8), (2, 0), (-2, 0))


@dataclass(frozen=True)
class Named:
    """A point: ``label`` beside it, ``said`` in the sentence and the table."""

    label: str
    said: str
    shares: Shares


@dataclass(frozen=True)
class Scenario:
    number: int
    said: str
    shares: Shares
    is_chosen: bool = False


@dataclass(frozen=True)
class Aim:
    now: Named | None = None
    target: Named | None = None
    scenarios: tuple[Scenario, ...] = ()

    def points(self) -> list[tuple[str, Shares]]:
        named = [(one.said, one.shares) for one in (self.now, self.target) if one]
        return named + [(f"{one.number}. {one.said}", one.shares) for one in self.scenarios]


def draw(data: Aim) -> Svg:
    """Without any point, the bare triangle."""
    columns = data.points()
    said = (
        ". ".join(f"{label} : {shares.sentence()}" for label, shares in columns) or "Aucun point n’est posé"
    )
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(f"Triangle des trois piliers. {said}."),
        tuple(_body(data)),
        ("Point", *(pillar.name for pillar in PILLARS)),
        tuple((label, *shares.texts()) for label, shares in columns),
    )


def _body(data: Aim) -> list[Element]:
    kinds = (("now", data.now), ("target", data.target))
    spots = [balance.Spot(kind, TRIANGLE.point(one.shares), one.label) for kind, one in kinds if one]
    spots = balance.ringed(spots, TRIANGLE.corners)
    names, taken = _names()
    marks, boxes = _marks(data.scenarios, spots)
    taken += [*boxes, *(around(corner, 13) for corner in TRIANGLE.corners)]
    labels: list[Element] = []
    if spots:
        labels, _ = balance.labels(spots, taken, TRIANGLE.corners, Box(2, 2, WIDTH - 2, HEIGHT - 2))
    points = balance.points(spots) if spots else []
    return [*ground(), *marks, *points, *labels, *names]


def ground() -> list[Element]:
    """The triangle alone: soft grounds, a line every 20 %, its edge, the shape of each pillar at its corner."""
    drawn = [polygon(kite, fill=p.tone.soft) for p, kite in zip(PILLARS, TRIANGLE.kites(), strict=True)]
    for part in (0.2, 0.4, 0.6, 0.8):
        rest = 1 - part
        ends = (
            ((part, rest, 0), (part, 0, rest)),
            ((rest, part, 0), (0, part, rest)),
            ((rest, 0, part), (0, rest, part)),
        )
        drawn += [line(TRIANGLE.at(*start), TRIANGLE.at(*end), LEAF, 1.5) for start, end in ends]
    drawn.append(polygon(TRIANGLE.corners, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round"))
    for pillar, corner in zip(PILLARS, TRIANGLE.corners, strict=True):
        drawn.append(shape(pillar.shape, corner, 11, fill=pillar.tone.strong))
    return drawn


def _names() -> tuple[list[Element], list[Box]]:
    drawn, boxes = [], []
    for pillar, (anchor, lines, (x, y)) in zip(PILLARS, NAMES, strict=True):
        for rank, words in enumerate(lines):
            at = (x, y + 29 * rank)
            drawn.append(
                text(at, words, size=SIZE, fill=pillar.tone.strong, font_weight=700, text_anchor=anchor)
            )
            boxes.append(text_box(at, words, SIZE, anchor))
    return drawn, boxes


def _marks(scenarios: Sequence[Scenario], spots: Sequence[balance.Spot]) -> tuple[list[Element], list[Box]]:
    """A plate with the number of each scenario; those at the same place share one, and none hides a spot."""
    drawn, boxes = [], []
    for at, group in _gathered(scenarios):
        words = ", ".join(str(one.number) for one in group)
        wide, chosen = text_width(words, MARK) / 2 + 9, any(one.is_chosen for one in group)
        x, y = _beside(at, spots)
        if (x, y) != at:
            drawn.append(line(at, (x, y), INK, 2))
        fill, ink = (INK, LEAF) if chosen else (LEAF, INK)
        drawn.append(rect(x - wide, y - 16, 2 * wide, 32, rx=6, fill=fill, stroke=INK, stroke_width=2))
        drawn.append(text((x, y + 8), words, size=MARK, fill=ink, font_weight=700, text_anchor="middle"))
        boxes.append(Box(x - wide, y - 16, x + wide, y + 16))
    return drawn, boxes


def _gathered(scenarios: Sequence[Scenario]) -> list[tuple[Point, list[Scenario]]]:
    groups: list[tuple[Point, list[Scenario]]] = []
    for one in scenarios:
        at = TRIANGLE.point(one.shares)
        beside = next((group for place, group in groups if math.dist(place, at) < NEAR), None)
        if beside is None:
            groups.append((at, [one]))
        else:
            beside.append(one)
    return groups


def _beside(at: Point, spots: Sequence[balance.Spot]) -> Point:
    """The first of eight places around that is clear of every spot; where it is when that is clear."""
    around_it = [(at[0] + CLEAR * dx, at[1] + CLEAR * dy) for dx, dy in AROUND]
    for place in (at, *around_it):
        if all(math.dist(place, spot.at) >= CLEAR for spot in spots) and place[1] < TRIANGLE.left[1] - 18:
            return place
    return around_it[0]
