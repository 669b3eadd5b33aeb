"""The balance point in the triangle of the three pillars, with last year's point and the target."""

import math
from dataclasses import dataclass

from apps.core.figures.labels import Label, place
from apps.core.figures.lettering import Box, around, text_box
from apps.core.figures.marks import shape
from apps.core.figures.palette import ACCENT, INK, LEAF, PILLARS
from apps.core.figures.svg import Element, Point, Svg, circle, el, line, polygon, text
from apps.core.figures.triangle import THIRD, Shares, Triangle
from apps.core.microtypography import nbsp

WIDTH, HEIGHT = 600, 592
TRIANGLE = Triangle((300, 62), (50, 495), (550, 495))
CENTRE = TRIANGLE.at(THIRD, THIRD, THIRD)
NAMES = 25  # size of the pillars' names
NEAR = 12  # closer than this, two points are drawn one around the other


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
        given = ((self.previous_label, self.previous), (self.label, self.now), (self.target_label, self.target))
        return tuple((label, shares) for label, shares in given if shares is not None)


@dataclass(frozen=True)
class Spot:
    """One of the drawn points."""

    at: Point
    radius: float
    kind: str


def draw(data: Ternary) -> Svg:
    spots = _spots(data)
    said = ". ".join(f"{label[:1].upper()}{label[1:]} : {shares.sentence()}" for label, shares in data.points())
    columns = [shares.texts() for _, shares in data.points()]
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(f"Triangle des trois appuis. {said}."),
        (*_ground(), *_corners(data.now, list(spots.values())), *_links(spots), *_points(spots), *_labels(data, spots)),
        ("Appui", *(label for label, _ in data.points())),
        tuple((p.name, *cells) for p, *cells in zip(PILLARS, *columns, strict=True)),
    )


def _spots(data: Ternary) -> dict[str, Spot]:
    """Now first. A point on top of an earlier one grows into a ring around it."""
    spots: dict[str, Spot] = {}
    for kind, shares, radius in (("now", data.now, 12.0), ("target", data.target, 11.0), ("previous", data.previous, 8.5)):
        if shares is not None:
            at = TRIANGLE.point(shares)
            under = [s.radius for s in spots.values() if math.dist(s.at, at) < NEAR]
            spots[kind] = Spot(at, max(under, default=radius - 7) + 7, kind)
    return spots


def _ground() -> list[Element]:
    kites = [polygon(kite, fill=p.tone.soft) for p, kite in zip(PILLARS, TRIANGLE.kites(), strict=True)]
    grid = []
    for step in (0.2, 0.4, 0.6, 0.8):
        rest = 1 - step
        for ends in (((step, rest, 0), (step, 0, rest)), ((rest, step, 0), (0, step, rest)), ((rest, 0, step), (0, rest, step))):
            grid.append(line(TRIANGLE.at(*ends[0]), TRIANGLE.at(*ends[1]), LEAF, 1.5))
    outline = polygon(TRIANGLE.corners, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round")
    x, y = CENTRE
    cross = el("path", d=f"M{x - 8:.1f} {y:.1f}h16M{x:.1f} {y - 8:.1f}v16", stroke=INK, stroke_width=2)
    return [*kites, *grid, outline, cross]


def _corners(now: Shares, spots: list[Spot]) -> list[Element]:
    drawn: list[Element] = []
    for pillar, corner in zip(PILLARS, TRIANGLE.corners, strict=True):
        covered = [s.radius for s in spots if math.dist(s.at, corner) < 22]
        drawn.append(shape(pillar.shape, corner, max(covered, default=5) + 6, fill=pillar.tone.strong))
    for pillar, share, (*_, lines) in zip(PILLARS, now.texts(), _NAMES, strict=True):
        for content, at, anchor in lines:
            fill = pillar.tone.strong
            words = [content] if at != lines[-1][1] else [f"{content} ", el("tspan", share, fill=INK)]
            drawn.append(
                el("text", *words, x=at[0], y=at[1], text_anchor=anchor, font_size=NAMES, font_weight=700, fill=fill)
            )
    return drawn
