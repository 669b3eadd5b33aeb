"""Four levels, 0 to 3, as a small staircase that fills; takes the colour of the text beside it."""

from functools import lru_cache

from apps.core.figures.svg import Svg, rect


@lru_cache(maxsize=256)
def draw(level: int) -> Svg:
    """ValueError outside 0 to 3."""
    if level not in range(4):
        raise ValueError("a level goes from 0 to 3")
    steps = tuple(
        rect(
            1 + 8 * rank,
            13 - 6 * rank,
            6,
            6 + 6 * rank,
            fill="currentColor" if rank < level else "none",
            stroke="currentColor",
            stroke_width=1.5,
        )
        for rank in range(3)
    )
    alt = f"Niveau {level} sur 3"
    return Svg(24, 20, alt, steps, ("Niveau",), ((f"{level} sur 3",),), css_class="rungs")
