"""How wide a text is before it is drawn, and where its box falls."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.elision import without_accents
from apps.core.figures.svg import Point

# Advances of Atkinson Hyperlegible Next 600, in hundredths of an em; bold adds about 2 %.
_ADVANCES = (
    (15, "\u202f"), (25, ",.:;"), (28, "ij’'"), (30, "l \u00a0I"), (36, "ftr-()/"), (43, "1"),
    (50, "cszvyxJ"), (57, "aekunhLdboq"), (60, "gpEFT23579"), (64, "BCPRSZ468"), (67, "ADUVXYK0€"),
    (73, "wGHNOQ«»"), (90, "mM%W"),
)  # fmt: skip
_WIDTHS = {letter: width for width, letters in _ADVANCES for letter in letters}
_OTHER = 62


def text_width(text: str, size: float) -> float:
    """In the figure's units; a little generous."""
    return sum(_WIDTHS.get(c, _OTHER) for c in without_accents(text)) * size / 100


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """Common area; 0 when apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def inside(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def crosses(self, start: Point, end: Point, steps: int = 24) -> bool:
        """Whether the segment passes through the box."""
        (x1, y1), (x2, y2) = start, end
        if max(x1, x2) <= self.left or min(x1, x2) >= self.right:
            return False
        if max(y1, y2) <= self.top or min(y1, y2) >= self.bottom:
            return False
        along = ((start[i] + (end[i] - start[i]) * t / steps for i in (0, 1)) for t in range(steps + 1))
        return any(self.left < x < self.right and self.top < y < self.bottom for x, y in along)


def around(at: Point, radius: float) -> Box:
    return Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def text_box(at: Point, text: str, size: float, anchor: str = "start") -> Box:
    """The box of a text whose base line is at `at`; anchor as in SVG."""
    width = text_width(text, size)
    left = at[0] - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return Box(left, at[1] - 0.78 * size, left + width, at[1] + 0.24 * size)


def crowding(box: Box, others: Iterable[Box], touch: float) -> float:
    """What the overlaps cost: their area, and `touch` for each."""
    return sum(touch + area for other in others if (area := box.overlap(other)))
