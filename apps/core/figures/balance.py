"""Up to three points of balance and their labels, kept apart from one another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.core.figures.lettering import Box, around, crowding, text_box
from apps.core.figures.palette import ACCENT, INK, LEAF
from apps.core.figures.svg import Element, Point, circle, line, text

# kind: radius, size of the label, its weight
STYLES = {"now": (12, 27, 700), "target": (11, 22, 400), "previous": (8.5, 22, 400)}
LONG = 22  # size of a long label
NEAR = 13  # closer than this, a point would hide the other
CORNER = 8  # how far the shape of a corner shows around a point on it
OUTSIDE, ACROSS, TOUCH = 1e5, 400, 60  # price of a label outside the picture, across a line, on a text


@dataclass(frozen=True)
class Spot:
    kind: str  # a key of STYLES
    at: Point
    label: str
    radius: float = 0
    reach: float = 0  # of all that is drawn around this place; the label stands beyond

    def box(self) -> Box:
        return around(self.at, self.reach + 2)


def ringed(spots: Sequence[Spot], corners: Sequence[Point]) -> list[Spot]:
    """Sizes: a spot on top of an earlier one becomes a ring around it."""
    sized: list[Spot] = []
    for spot in spots:
        under = [other.radius for other in sized if math.dist(other.at, spot.at) < NEAR]
        usual = STYLES[spot.kind][0]
        sized.append(replace(spot, radius=max(under) + 8 if under else usual))
    return [replace(spot, reach=_reach(spot, sized, corners)) for spot in sized]


def _reach(spot: Spot, spots: Sequence[Spot], corners: Sequence[Point]) -> float:
    own = [other.radius for other in spots if math.dist(other.at, spot.at) < NEAR]
    return max(own) + (CORNER if any(math.dist(spot.at, corner) < NEAR for corner in corners) else 0)


def points(spots: Sequence[Spot]) -> list[Element]:
    """Now is full, before is a ring, the target a dashed one; rings first, and now above all."""
    links = [_link(spots[0], other) for other in spots[1:]]
    drawn = []
    for spot in sorted(spots, key=lambda s: (s.kind == "now", -s.radius)):
        fill = ACCENT if spot.kind == "now" else LEAF
        width = 3.5 if spot.kind == "now" else 2.5
        dash = {"stroke_dasharray": "5 4"} if spot.kind == "target" else {}
        drawn.append(circle(spot.at, spot.radius, fill=fill, stroke=INK, stroke_width=width, **dash))
        if spot.kind == "target" and spot.radius == STYLES["target"][0]:
            drawn.append(circle(spot.at, 3.5, fill=INK))
    return [*(link for link in links if link), *drawn]


def _link(now: Spot, other: Spot) -> Element | None:
    """From edge to edge; nothing when they touch."""
    distance = math.dist(now.at, other.at)
    if distance <= now.radius + other.radius + 2:
        return None
    dash = {"stroke_dasharray": "5 4"} if other.kind == "target" else {}
    return line(_toward(now, other, distance), _toward(other, now, distance), INK, 2.5, **dash)


def _toward(spot: Spot, other: Spot, distance: float) -> Point:
    part = spot.radius / distance
    return (
        spot.at[0] + (other.at[0] - spot.at[0]) * part,
        spot.at[1] + (other.at[1] - spot.at[1]) * part,
    )


def labels(
    spots: Sequence[Spot], taken: Sequence[Box], outline: Sequence[Point], canvas: Box
) -> tuple[list[Element], list[Box]]:
    """One text a spot, at the cheapest of twenty places around it; the texts, and all boxes now taken."""
    lines = list(zip(outline, [*outline[1:], outline[0]], strict=True))
    lines += [(spots[0].at, other.at) for other in spots[1:]]
    boxes = [*taken, *(spot.box() for spot in spots)]
    drawn = []
    for spot in spots:
        _, size, weight = STYLES[spot.kind]
        size = min(size, LONG) if len(spot.label) > 6 else size
        price, at, anchor, box = math.inf, spot.at, "start", spot.box()
        for rank, (candidate, side) in enumerate(_places(spot, size)):
            room = text_box(candidate, spot.label, size, side)
            cost = rank * 6 + crowding(room, boxes, TOUCH) + (0 if room.inside(canvas) else OUTSIDE)
            cost += ACROSS * sum(room.crosses(start, end) for start, end in lines)
            if cost < price:
                price, at, anchor, box = cost, candidate, side, room
        boxes.append(box)
        drawn.append(text(at, spot.label, size=size, font_weight=weight, text_anchor=anchor))
    return drawn, boxes


def _places(spot: Spot, size: float) -> list[tuple[Point, str]]:
    """(start of the base line, anchor), the preferred ones first."""
    return [place for gap in (9, 26) for place in _at_distance(spot.at, spot.reach + gap, size)]


def _at_distance(at: Point, far: float, size: float) -> list[tuple[Point, str]]:
    x, y = at
    slant, level = far * 0.72, 0.27 * size
    sides = [(x + s * far, y + level, a) for s, a in ((1, "start"), (-1, "end"))]
    slants = [
        (x + s * slant, y + v * slant + (0 if v < 0 else 0.72 * size), a)
        for v in (-1, 1)
        for s, a in ((1, "start"), (-1, "end"))
    ]
    middles = [(x, y - far, "middle"), (x, y + far + 0.72 * size, "middle")]
    higher = [(x + s * far, y + level + v * size, a) for v in (-1, 1) for s, a in ((1, "start"), (-1, "end"))]
    return [((left, base), anchor) for left, base, anchor in (*sides, *slants, *middles, *higher)]
