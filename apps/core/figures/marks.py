"""The shapes that stand for an axis: colour, shape and place always go together."""

from apps.core.figures.palette import AXES
from apps.core.figures.svg import Element, Point, Svg, circle, polygon

# Half-widths in units of the circle's radius, so that all five weigh the same to the eye.
SHAPES: dict[str, tuple[Point, ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1), (1.08, 0.9), (-1.08, 0.9)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "chevron": ((-1, -1), (0, -1), (1, 0), (0, 1), (-1, 1), (0, 0)),
    "nabla": ((-1.08, -0.9), (1.08, -0.9), (0, 1)),
}


def shape(name: str, at: Point, radius: float, **paint: str | float) -> Element:
    """`circle`, or a key of SHAPES."""
    if name == "circle":
        return circle(at, radius, **paint)
    return polygon(tuple((at[0] + radius * dx, at[1] + radius * dy) for dx, dy in SHAPES[name]), **paint)


def axis_mark(code: str) -> Svg:
    """The small mark of an axis, A to E, for a title in the PDF."""
    axis = AXES[code]
    return Svg(20, 20, axis.name, (shape(axis.shape, (10, 10), 8, fill=axis.tone.strong),))
