"""The balance point in the triangle of the three pillars, with last year's point and the target."""

import math
from dataclasses import dataclass

from apps.core.figures import balance
from apps.core.figures.lettering import Box, around, text_box
from apps.core.figures.marks import shape
from apps.core.figures.palette import INK, LEAF, PILLARS
from apps.core.figures.svg import Element, Point, Svg, el, line, polygon, text
from apps.core.figures.triangle import THIRD, Shares, Triangle
from apps.core.microtypography import nbsp

WIDTH, HEIGHT = 600, 592
TRIANGLE = Triangle((300, 62), (50, 495), (550, 495))
CENTRE = TRIANGLE.at(THIRD, THIRD, THIRD)
SIZE = 25  # of the pillars' names; the share follows the last line
NAMES: tuple[tuple[str, tuple[str, ...], Point], ...] = (
    ("middle", ("Richesses humaines",), (300, 36)),
    ("start", ("Ressources", "financières"), (4, 543)),
    ("end", ("Alliances", "stratégiques"), (596, 543)),
)
CAPTION = "un tiers chacun"


@dataclass(frozen=True)
class Ternary:
    """Labels are short: a year, « mars 2026 »."""

    now: Shares
    label: str
    previous: Shares | None = None
    previous_label: str = ""
    target: Shares | None = None
    target_label: str = "cible"

    def points(self) -> tuple[tuple[str, Shares], ...]:
        """In the order of time: (label, shares)."""
        given = (
            (self.previous_label, self.previous),
            (self.label, self.now),
            (self.target_label, self.target),
        )
        return tuple((label, shares) for label, shares in given if shares is not None)


def draw(data: Ternary) -> Svg:
    said = ". ".join(
        f"{label[:1].upper()}{label[1:]} : {shares.sentence()}" for label, shares in data.points()
    )
    columns = [shares.texts() for _, shares in data.points()]
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(f"Triangle des trois appuis. {said}."),
        tuple(_body(data)),
        ("Appui", *(label for label, _ in data.points())),
        tuple((pillar.name, *cells) for pillar, *cells in zip(PILLARS, *columns, strict=True)),
    )


def _body(data: Ternary) -> list[Element]:
    spots = [balance.Spot("now", TRIANGLE.point(data.now), data.label)]
    if data.target is not None:
        spots.append(balance.Spot("target", TRIANGLE.point(data.target), data.target_label))
    if data.previous is not None:
        spots.append(balance.Spot("previous", TRIANGLE.point(data.previous), data.previous_label))
    spots = balance.ringed(spots, TRIANGLE.corners)
    names, boxes = _names(data.now)
    boxes += [*(around(corner, 13) for corner in TRIANGLE.corners), around(CENTRE, 8)]
    labels, taken = balance.labels(spots, boxes, TRIANGLE.corners, Box(2, 2, WIDTH - 2, HEIGHT - 2))
    caption = _caption([*taken, *(spot.box() for spot in spots)])
    return [*_ground(), *_corners(spots), *caption, *balance.points(spots), *labels, *names]


def _ground() -> list[Element]:
    drawn = [polygon(kite, fill=p.tone.soft) for p, kite in zip(PILLARS, TRIANGLE.kites(), strict=True)]
    for part in (0.2, 0.4, 0.6, 0.8):
        rest = 1 - part
        for start, end in (
            ((part, rest, 0), (part, 0, rest)),
            ((rest, part, 0), (0, part, rest)),
            ((rest, 0, part), (0, rest, part)),
        ):
            drawn.append(line(TRIANGLE.at(*start), TRIANGLE.at(*end), LEAF, 1.5))
    drawn.append(polygon(TRIANGLE.corners, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round"))
    x, y = CENTRE
    drawn += [line((x - 8, y), (x + 8, y), INK, 2), line((x, y - 8), (x, y + 8), INK, 2)]
    return drawn


def _corners(spots: list[balance.Spot]) -> list[Element]:
    """The pillars' shapes; one that a point would hide grows behind it."""
    drawn = []
    for pillar, corner in zip(PILLARS, TRIANGLE.corners, strict=True):
        hidden = [spot.radius + balance.CORNER for spot in spots if math.dist(spot.at, corner) < 22]
        drawn.append(shape(pillar.shape, corner, max(hidden, default=11), fill=pillar.tone.strong))
    return drawn


def _names(now: Shares) -> tuple[list[Element], list[Box]]:
    drawn, boxes = [], []
    for pillar, share, (anchor, lines, (x, y)) in zip(PILLARS, now.texts(), NAMES, strict=True):
        for rank, words in enumerate(lines):
            last = rank == len(lines) - 1
            parts = (f"{words} ", el("tspan", share, fill=INK)) if last else (words,)
            at = (x, y + 29 * rank)
            drawn.append(
                text(at, *parts, size=SIZE, fill=pillar.tone.strong, font_weight=700, text_anchor=anchor)
            )
            boxes.append(text_box(at, f"{words} {share}" if last else words, SIZE, anchor))
    return drawn, boxes


def _caption(taken: list[Box]) -> list[Element]:
    """« un tiers chacun », below the cross, lower, above it, or not at all: it is the first line to go."""
    for y in (CENTRE[1] + 33, CENTRE[1] + 62, CENTRE[1] - 20):
        if not any(text_box((CENTRE[0], y), CAPTION, 21, "middle").overlap(box) for box in taken):
            return [text((CENTRE[0], y), CAPTION, size=21, text_anchor="middle")]
    return []
