"""A stacked bar: where each part falls, its filling, and its share written inside when there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.lettering import text_width
from apps.core.figures.palette import INK, LEAF, Tone
from apps.core.figures.svg import Element, rect, text
from apps.core.typography import Number, exact, percent

GAP = 2
SLIVER = 4.0  # the least that can be seen
LESS, MORE = "moins de 1\u202f%", "plus de 99\u202f%"


@dataclass(frozen=True)
class Part:
    share: Number  # of one
    kind: str  # a key of fills.KINDS
    tone: Tone


def share_text(share: Number) -> str:
    """« 44 % ». Neither 0 % for something that exists, nor 100 % for what is not alone."""
    size = exact(share)
    return LESS if 0 < size < exact(0.005) else MORE if exact(0.995) <= size < 1 else percent(share)


def spans(shares: Sequence[Number], width: float) -> list[tuple[float, float]]:
    """(x, width) of each share, in order; width 0 for a share of 0, never less than a sliver for another."""
    sizes = [float(exact(share)) for share in shares]
    present = sum(size > 0 for size in sizes)
    room = width - GAP * max(0, present - 1)
    thin, grown = [False] * len(sizes), True
    while grown:  # what the slivers take from the others may make a sliver of one more
        wide = sum(size for size, is_thin in zip(sizes, thin, strict=True) if not is_thin)
        spare = room - SLIVER * sum(thin)
        before, thin = (
            thin,
            [is_thin or 0 < size * spare < SLIVER * wide for size, is_thin in zip(sizes, thin, strict=True)],
        )
        grown = thin != before
    placed, x = [], 0.0
    for size, is_thin in zip(sizes, thin, strict=True):
        own = SLIVER if is_thin else size / wide * spare if wide else 0.0
        placed.append((x, own))
        x += own + GAP if own else 0
    return placed


def bar(parts: Sequence[Part], y: float, width: float, height: float, size: float) -> list[Element]:
    drawn: list[Element] = []
    for part, (x, own) in zip(parts, spans([p.share for p in parts], width), strict=True):
        if own:
            drawn += filled(part.kind, x, y, own, height, part.tone)
            drawn += _inside(part, x, y, own, height, size)
    return drawn


def _inside(part: Part, x: float, y: float, width: float, height: float, size: float) -> list[Element]:
    words = share_text(part.share)
    room = text_width(words, size) + 8
    if room > width - 4:
        return []
    middle, solid = x + width / 2, part.kind == "solid"
    plate = [] if solid else [rect(middle - room / 2, y + 5, room, height - 10, fill=LEAF, rx=3)]
    fill = part.tone.on if solid else INK
    at = (middle, y + height / 2 + size * 0.35)
    return [*plate, text(at, words, size=size, fill=fill, font_weight=700, text_anchor="middle")]
