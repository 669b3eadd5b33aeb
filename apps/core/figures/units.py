"""A hundred squares, some of them full: « 31 sur 100 » before any sentence."""

from dataclasses import dataclass

from apps.core.figures.palette import EDGE, FINANCIAL, Tone
from apps.core.figures.svg import Element, Svg, rect
from apps.core.microtypography import NARROW
from apps.core.typography import plural

PER_ROW, STEP, SIDE = 20, 20, 12


@dataclass(frozen=True)
class Units:
    """`filled` out of 100; `label` says who: « associations employeuses »."""

    filled: int
    label: str
    tone: Tone = FINANCIAL


def draw(data: Units) -> Svg:
    """ValueError outside 0 to 100."""
    if not 0 <= data.filled <= 100:
        raise ValueError("a count out of a hundred")
    width = PER_ROW * STEP - STEP + SIDE
    height = (100 // PER_ROW - 1) * STEP + SIDE
    squares = tuple(_square(index, index < data.filled, data.tone) for index in range(100))
    full = f"{data.filled} {plural(data.filled, 'carré plein', 'carrés pleins')} sur 100"
    return Svg(
        width,
        height,
        f"{data.label[:1].upper()}{data.label[1:]}\u00a0: {full}.",
        squares,
        ("Population", "Part"),
        ((data.label, f"{data.filled}{NARROW}%"),),
    )


def _square(index: int, full: bool, tone: Tone) -> Element:
    x, y = index % PER_ROW * STEP, index // PER_ROW * STEP
    if full:
        return rect(x, y, SIDE, SIDE, fill=tone.strong)
    return rect(x + 0.8, y + 0.8, SIDE - 1.6, SIDE - 1.6, fill="none", stroke=EDGE, stroke_width=1.6)
