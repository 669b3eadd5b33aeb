"""One key figure, drawn small: a share as a bar, a few things as squares, a large number on a ruler of tens."""

import math

from apps.core.figures.palette import ACCENT, EDGE, INK, NEUTRAL, SAND
from apps.core.figures.svg import Element, Svg, circle, line, rect

WIDTH, HEIGHT = 220, 22
FEW = 24  # things that the eye can count
SIDE, STEP, PER_ROW = 8, 11, 20
DECADES = 10  # up to ten billion
SHARE, COUNT, RULER = "share", "count", "ruler"


def kind(number: float | None, whole: float | None) -> str:
    """How it is drawn, "" when it cannot be: no number, a negative one, a part larger than its whole."""
    if number is None or number < 0:
        return ""
    if whole:
        return SHARE if number <= whole else ""
    if number == int(number) and 1 <= number <= FEW:
        return COUNT
    return RULER if 1 <= number <= 10**DECADES else ""


def draw(number: float | None, whole: float | None, said: str) -> Svg | None:
    """``said`` tells the figure in words; None when there is nothing to draw."""
    drawn = {SHARE: _share, COUNT: _count, RULER: _ruler}.get(kind(number, whole))
    if drawn is None or number is None:
        return None
    body, height = drawn(number, whole or 1)
    return Svg(WIDTH, height, said, tuple(body))


def _share(number: float, whole: float) -> tuple[list[Element], float]:
    own = max(number / whole * WIDTH, 2) if number else 0
    bar = [rect(0.75, 4.75, WIDTH - 1.5, 13, fill=SAND, stroke=EDGE, stroke_width=1.5)]
    return [*bar, *([rect(0, 4, own, 14.5, fill=NEUTRAL.strong)] if own else [])], HEIGHT


def _count(number: float, whole: float) -> tuple[list[Element], float]:
    squares = [
        rect(index % PER_ROW * STEP, 4 + index // PER_ROW * STEP, SIDE, SIDE, fill=NEUTRAL.strong)
        for index in range(int(number))
    ]
    return squares, HEIGHT if number <= PER_ROW else HEIGHT + STEP


def _ruler(number: float, whole: float) -> tuple[list[Element], float]:
    """Each tick is ten times the one before."""
    step = (WIDTH - 14) / DECADES
    ticks = [line((7 + k * step, 7), (7 + k * step, 15), EDGE, 1.5) for k in range(DECADES + 1)]
    place = 7 + math.log10(number) * step
    return [
        line((7, 11), (WIDTH - 7, 11), EDGE, 1.5),
        *ticks,
        line((7, 11), (place, 11), INK, 3),
        circle((place, 11), 5.5, fill=ACCENT, stroke=INK, stroke_width=2.5),
    ], HEIGHT
