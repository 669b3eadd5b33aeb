"""Treasury in small, to set scenarios side by side on one scale (pure)."""

from __future__ import annotations

from apps.core.figures.palette import FINANCIAL, INK, INK_SOFT
from apps.core.figures.svg import Svg, el, line, polygon, text
from apps.core.microtypography import nbsp
from apps.methodology.simulation.drawings.scale import Scale
from apps.methodology.simulation.drawings.treasury import Treasury, path
from apps.methodology.simulation.words import money

WIDTH, HEIGHT, SIZE = 300, 132, 17


def draw(title: str, data: Treasury, low: int, high: int) -> Svg:
    """``low``, ``high``: the same for all that stand side by side, in cents."""
    across = Scale(0, data.months, 2, WIDTH - 2)
    tall = Scale.over((low, high), HEIGHT - 28, 4)
    points = path(data.central, across, tall, data.start)
    over, under = (path(side, across, tall, data.start) for side in (data.high, data.low))
    zero = tall.at(0)
    last = data.first_year + data.months // 12 - 1
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(f"{title} : trésorerie de {money(data.start)} au départ, {money(data.central[-1])} fin {last}."),
        (
            polygon((*over, *reversed(under)), fill=FINANCIAL.soft),
            line((0, zero), (WIDTH, zero), INK, 1.5),
            el(
                "polyline",
                points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
                fill="none",
                stroke=FINANCIAL.strong,
                stroke_width=3,
                stroke_linejoin="round",
            ),
            text((2, HEIGHT - 6), str(data.first_year), size=SIZE, fill=INK_SOFT),
            text((WIDTH - 2, HEIGHT - 6), str(last), size=SIZE, fill=INK_SOFT, text_anchor="end"),
        ),
    )
