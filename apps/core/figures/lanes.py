"""Labels above a line: each over its mark, on as many lanes as they need not to touch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.core.figures.lettering import text_width
from apps.core.figures.palette import EDGE
from apps.core.figures.svg import Element, line, text

GAP = 8


@dataclass(frozen=True)
class Tag:
    x: float  # of the mark
    content: str
    centre: float = 0  # of the text, moved in from the edges
    lane: int = 0  # 0 is nearest to the marks
    half: float = 0  # of the text's width
    stem: bool = False  # a thin line down to the mark, where it crosses no text


def laid_out(tags: Sequence[Tag], size: float, width: float) -> tuple[Tag, ...]:
    """Narrowest first, each on the lowest lane where it is clear; at worst a lane of its own, no stem."""
    done: list[Tag] = []
    for tag in sorted(tags, key=lambda t: (text_width(t.content, size), t.x)):
        half = text_width(tag.content, size) / 2
        at = replace(tag, half=half, centre=min(max(tag.x, half + 1), width - half - 1))
        choices = [replace(at, lane=lane, stem=lane > 0) for lane in range(len(done) + 1)]
        alone = replace(at, lane=len(done))
        done.append(next((c for c in choices if not any(_meet(c, other) for other in done)), alone))
    return tuple(sorted(done, key=lambda t: t.x))


def _meet(one: Tag, other: Tag) -> bool:
    if one.lane == other.lane:
        return abs(one.centre - other.centre) < one.half + other.half + GAP
    upper, lower = (one, other) if one.lane > other.lane else (other, one)
    return upper.stem and abs(upper.x - lower.centre) < lower.half + 3


def draw_lanes(tags: Sequence[Tag], base: float, height: float, size: float) -> list[Element]:
    """`base` is the base line of the lowest lane."""
    drawn = []
    for tag in tags:
        if tag.stem:
            drawn.append(line((tag.x, base + 6), (tag.x, base - tag.lane * height + 5), EDGE, 1.5))
        at = (tag.centre, base - tag.lane * height)
        drawn.append(text(at, tag.content, size=size, font_weight=600, text_anchor="middle"))
    return drawn
