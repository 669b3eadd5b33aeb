"""Standing bars, a few a panel: one axis by quarter, or how its associations share out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures.palette import INK, INK_SOFT, LINE, PAPER, Tone
from apps.core.figures.svg import Element, Svg, line, rect, text
from apps.core.microtypography import nbsp
from apps.dashboards.figures.states import KEPT, hatched

WIDTH, HEIGHT, BASE, FULL = 200, 142, 114, 100
LEFT, RIGHT = 2, 198
# 12 px once two panels share a phone of 390 px.
SMALL, VALUE = 14.5, 16.5
UNKNOWN_HEIGHT = 30


@dataclass(frozen=True)
class Bar:
    """``label``: under which it stands, said in the text; ``said``: value in words; ``state`` as ``protected.STATES``."""

    label: str
    state: str
    value: float = 0
    written: str = ""
    said: str = ""
    kept: bool = False


def draw(
    name: str, bars: Sequence[Bar], tone: Tone, ends: tuple[str, str], *, top: float = 100, last: bool = True
) -> Svg:
    """``ends``: words under the first and the last bar. ``last``: only the last one is full. ``top``: value at full height."""
    step = (RIGHT - LEFT) / max(len(bars), 1)
    body: list[Element] = _grid(top)
    for rank, bar in enumerate(bars):
        strong = rank == len(bars) - 1 or not last
        body += _bar(bar, LEFT + step * (rank + 0.5), step * 0.7, tone, top, strong)
    body.append(line((LEFT, BASE), (RIGHT, BASE), INK, 1.5))
    body.append(text((LEFT, 135), ends[0], size=SMALL, fill=INK_SOFT))
    if len(bars) > 1:
        body.append(text((RIGHT, 135), ends[1], size=SMALL, fill=INK_SOFT, text_anchor="end"))
    said = ", ".join(f"{bar.label} : {bar.said}" for bar in bars)
    return Svg(WIDTH, HEIGHT, nbsp(f"{name}. {said}."), tuple(body))


def _grid(top: float) -> list[Element]:
    drawn = [
        line((LEFT, BASE - FULL / 2), (RIGHT, BASE - FULL / 2), LINE, 1),
        line((LEFT, BASE - FULL), (RIGHT, BASE - FULL), LINE, 1),
    ]
    if top == 100:
        drawn.append(text((RIGHT, BASE - FULL - 2), "100", size=SMALL, fill=INK_SOFT, text_anchor="end"))
    return drawn


def _bar(bar: Bar, middle: float, width: float, tone: Tone, top: float, strong: bool) -> list[Element]:
    left = middle - width / 2
    if bar.state == "hidden":
        return hatched(left, BASE - UNKNOWN_HEIGHT, width, UNKNOWN_HEIGHT)
    if bar.state == "missing":
        return [text((middle, BASE - 8), "–", size=17, fill=INK_SOFT, text_anchor="middle")]
    height = FULL * min(bar.value / top, 1) if top else 0
    words = bar.written + (KEPT if bar.kept else "")
    return [
        rect(left, BASE - height, width, height, fill=PAPER),
        rect(left, BASE - height, width, height, fill=tone.strong, fill_opacity=1 if strong else 0.5),
        text(
            (middle, BASE - height - 5),
            words,
            size=VALUE,
            text_anchor="middle",
            font_weight=700 if strong else 400,
            stroke=PAPER,
            stroke_width=5,
            stroke_linejoin="round",
            paint_order="stroke",
        ),
    ]
