"""Four ways to fill a bar, told apart without colour. Drawn line by line: no id to clash in a page."""

import math

from apps.core.figures.palette import EDGE, LEAF, Tone
from apps.core.figures.svg import Element, circle, line, rect

HATCH, DOTS = 7.0, 8.0  # spacing
KINDS = ("solid", "hatch", "dots", "hollow")


def filled(kind: str, x: float, y: float, width: float, height: float, tone: Tone) -> list[Element]:
    """`kind` is one of KINDS; all but `solid` have a thin edge."""
    if kind == "solid":
        return [rect(x, y, width, height, fill=tone.strong)]
    if kind == "hollow":
        return [_edged(x, y, width, height, LEAF, EDGE)]
    pattern = _hatch if kind == "hatch" else _dots
    return [*_edged_ground(x, y, width, height, tone), *pattern(x, y, width, height, tone.strong)]


def _edged(x: float, y: float, width: float, height: float, fill: str, stroke: str) -> Element:
    inset = min(0.75, width / 4)
    box = (x + inset, y + inset, width - 2 * inset, height - 2 * inset)
    return rect(*box, fill=fill, stroke=stroke, stroke_width=2 * inset)


def _edged_ground(x: float, y: float, width: float, height: float, tone: Tone) -> list[Element]:
    return [_edged(x, y, width, height, tone.soft, tone.strong)]


def _hatch(x: float, y: float, width: float, height: float, colour: str) -> list[Element]:
    """Rising lines, u + v constant, cut at the sides of the bar."""
    drawn = []
    for rank in range(1, math.ceil((width + height) / HATCH)):
        total = rank * HATCH
        left, right = max(0.0, total - height), min(width, total)
        drawn.append(line((x + left, y + total - left), (x + right, y + total - right), colour, 2))
    return drawn


def _dots(x: float, y: float, width: float, height: float, colour: str) -> list[Element]:
    columns, rows = int((width - 4) // DOTS), int((height - 4) // DOTS)
    left, top = (width - (columns - 1) * DOTS) / 2, (height - (rows - 1) * DOTS) / 2
    return [
        circle((x + left + column * DOTS, y + top + row * DOTS), 1.7, fill=colour)
        for column in range(columns)
        for row in range(rows)
    ]
