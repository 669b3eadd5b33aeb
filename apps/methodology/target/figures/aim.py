"""The triangle of the three pillars with where one stands, where one wants to be, and the scenarios (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures import balance
from apps.core.figures.lettering import Box, around, text_box
from apps.core.figures.marks import shape
from apps.core.figures.palette import INK, LEAF, PILLARS
from apps.core.figures.svg import Element, Svg, line, polygon, text
from apps.core.figures.ternary import HEIGHT, NAMES, SIZE, TRIANGLE, WIDTH
from apps.core.figures.triangle import Shares
from apps.core.microtypography import nbsp
from apps.methodology.target.figures import plates
from apps.methodology.target.figures.plates import Scenario

__all__ = ["Aim", "Named", "Scenario", "draw"]

CANVAS = Box(2, 2, WIDTH - 2, HEIGHT - 2)
CORNER = 13  # half-width kept around the shape of a corner


@dataclass(frozen=True)
class Named:
    """A point: ``label`` beside it, ``said`` in the sentence and the table."""

    label: str
    said: str
    shares: Shares


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
    taken += [around(corner, CORNER) for corner in TRIANGLE.corners]
    found, labels = _laid_out(plates.gathered(data.scenarios), spots, taken)
    points = balance.points(spots) if spots else []
    # Numbers above all lines, dots and leaders under the points.
    return [*ground(), *plates.leaders(found), *points, *plates.drawn(found), *labels, *names]


def _laid_out(
    groups: Sequence[plates.Group], spots: Sequence[balance.Spot], taken: Sequence[Box]
) -> tuple[list[plates.Plate], list[Element]]:
    """Plates first, nearest to their places; labels first where they would meet a plate."""
    own = [spot.box() for spot in spots]
    found = plates.placed(groups, [*taken, *own], [spot.at for spot in spots], CANVAS)
    labels, boxes = _labels(spots, [*taken, *(plate.box for plate in found)])
    if any(box.overlap(plate.box) for box in boxes for plate in found):
        labels, boxes = _labels(spots, taken)
        found = plates.placed(groups, [*taken, *own, *boxes], [spot.at for spot in spots], CANVAS)
    return found, labels


def _labels(spots: Sequence[balance.Spot], taken: Sequence[Box]) -> tuple[list[Element], list[Box]]:
    """The texts and their boxes."""
    if not spots:
        return [], []
    labels, boxes = balance.labels(spots, taken, TRIANGLE.corners, CANVAS)
    return labels, boxes[len(boxes) - len(spots) :]


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
