"""One axis from 0 to 100: the half of the group that is in the middle, its three quarters, and the association (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.lettering import text_width
from apps.core.figures.marks import shape
from apps.core.figures.palette import AXES, EDGE, INK, INK_SOFT, LINE
from apps.core.figures.svg import Element, Svg, line, text
from apps.core.microtypography import nbsp
from apps.core.typography import Number, exact, number

# Drawn about as large as it is seen on a telephone, so that its letters stay above 12 px.
WIDTH, HEIGHT, SIZE = 360, 92, 14
START, END, Y = 14, 346, 46
HEADER = ("Axe", "1er quart", "2e quart", "3e quart", "Votre résultat")


@dataclass(frozen=True)
class Beside:
    """All of them 0 to 100; ``values`` are the quarters, going up. ``group``: « des associations de votre taille »."""

    axis: str  # A to E
    own: Number
    values: tuple[int, int, int]
    group: str
    says: str


def draw(data: Beside) -> Svg:
    """ValueError for a value outside 0 to 100. The sentence says every number; the row is for the table below."""
    axis = AXES[data.axis]
    own = _x(data.own)
    low, middle, high = (_x(value) for value in data.values)
    drawn: list[Element] = [
        line((START, Y), (END, Y), LINE, 2),
        *(line((x, Y - 4), (x, Y + 4), EDGE, 1.5) for x in (START, END)),
        line((low, Y), (high, Y), axis.tone.strong, 12, stroke_opacity=".28", stroke_linecap="round"),
        *(line((x, Y - 9), (x, Y + 9), INK, 2) for x in (low, high)),
        line((middle, Y - 13), (middle, Y + 13), INK, 4),
        shape(axis.shape, (own, Y), 9, fill=axis.tone.strong),
        _label(own, Y - 24, f"vous, {number(data.own, 1)}", INK, 700),
        *(_label(x, Y + 34, label, INK_SOFT, 400) for x, label in _under(data.values)),
    ]
    return Svg(WIDTH, HEIGHT, _said(data, axis.name), tuple(drawn), HEADER, (_cells(data, axis.name),))


def _x(value: Number) -> float:
    exactly = exact(value)
    if not 0 <= exactly <= 100:
        raise ValueError("a value goes from 0 to 100")
    return START + (END - START) * float(exactly) / 100


def _label(x: float, y: float, words: str, fill: str, weight: int) -> Element:
    """Centred on ``x``, pushed back inside the drawing."""
    half = text_width(words, SIZE) / 2
    inside = min(max(x, half + 1), WIDTH - half - 1)
    return text((inside, y), words, size=SIZE, fill=fill, font_weight=weight, text_anchor="middle")


def _under(values: tuple[int, int, int]) -> list[tuple[float, str]]:
    """The quarters below the line, each number once; two that would touch become one label: « 45, 50 »."""
    placed: list[tuple[float, str]] = []
    for value in sorted(set(values)):
        x, label = _x(value), str(value)
        if placed and x - placed[-1][0] < text_width(placed[-1][1], SIZE) / 2 + text_width(label, SIZE):
            before = placed.pop()
            x, label = (before[0] + x) / 2, f"{before[1]}, {label}"
        placed.append((x, label))
    return placed


def _said(data: Beside, name: str) -> str:
    low, middle, high = data.values
    return nbsp(
        f"{name} : votre résultat, {number(data.own, 1)}, est {data.says} {data.group}. "
        f"Leurs quarts : {low}, {middle} et {high}, sur 100."
    )


def _cells(data: Beside, name: str) -> tuple[str, ...]:
    return (name, *(str(value) for value in data.values), number(data.own, 1))
