"""What the figures of the course share: wrapped words, arrows, a hundred marks (pure, no Django)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from apps.core.figures.lettering import text_width
from apps.core.figures.marks import shape
from apps.core.figures.palette import AXES, EDGE, INK, INK_SOFT, Tone
from apps.core.figures.svg import Element, Point, el, line, polygon, text
from apps.core.microtypography import nbsp

WIDTH = 440  # narrow, so that a phone shrinks the letters little
SIZE, SMALL, LARGE = 17, 16, 30
LEADING = 1.3
HUMAN, MONEY, LINKS = AXES["A"], AXES["B"], AXES["C"]

Row = tuple[str, ...]


def wrapped(words: str, width: float, size: float = SIZE) -> list[str]:
    """Lines no wider than ``width`` where the words allow it; no-break spaces hold."""
    lines: list[str] = []
    for word in nbsp(words).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def depth(words: str, width: float, size: float = SIZE) -> float:
    """How far down a paragraph reaches, its leading included."""
    return len(wrapped(words, width, size)) * size * LEADING


def label(at: Point, words: str, *, size: float = SIZE, fill: str = INK, **more: str | float) -> Element:
    """One line, its base line at ``at``."""
    return text(at, nbsp(words), size=size, fill=fill, **more)


def paragraph(
    at: Point, words: str, width: float, *, size: float = SIZE, fill: str = INK, **more: str | float
) -> list[Element]:
    """Wrapped lines; ``at`` is the base line of the first."""
    return [
        text((at[0], at[1] + rank * size * LEADING), words, size=size, fill=fill, **more)
        for rank, words in enumerate(wrapped(words, width, size))
    ]


def centred(
    at: Point, words: str, width: float, *, size: float = SIZE, fill: str = INK, **more: str | float
) -> list[Element]:
    """Wrapped lines around ``at``, in both directions."""
    drop = (len(wrapped(words, width, size)) - 1) * size * LEADING / 2
    base = (at[0], at[1] - drop + size * 0.34)
    return paragraph(base, words, width, size=size, fill=fill, text_anchor="middle", **more)


def note(y: float, words: str, width: float = WIDTH) -> list[Element]:
    """What the picture must say of itself: « schéma », « chiffres anciens »; at the left edge."""
    return paragraph((0, y), words, width, size=SMALL, fill=INK_SOFT)


def head(tip: Point, start: Point, colour: str, size: float = 10) -> Element:
    """The head of an arrow that comes from ``start``."""
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    sides = (
        (tip[0] - size * math.cos(angle + turn), tip[1] - size * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    )
    return polygon((tip, *sides), fill=colour)


def arrow(start: Point, end: Point, colour: str = INK, width: float = 2.5, size: float = 11) -> list[Element]:
    far = math.dist(start, end)
    neck = tuple(end[i] + (start[i] - end[i]) * min(1, size * 0.7 / far) for i in (0, 1))
    return [line(start, (neck[0], neck[1]), colour, width), head(end, start, colour, size)]


def path(points: Sequence[Point], kind: str, colour: str, width: float, **more: str | float) -> Element:
    """A curve from the first point: ``kind`` is the SVG command of the others (Q, C or L)."""
    written = [f"{_short(x)},{_short(y)}" for x, y in points]
    route = f"M{written[0]} {kind}{' '.join(written[1:])}"
    return el("path", d=route, fill="none", stroke=colour, stroke_width=width, **more)


def _short(value: float) -> str:
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def hundred(
    full: int, at: Point, mark: str, tone: Tone, step: float = 22, per_row: int = 20
) -> list[Element]:
    """A hundred marks, the first ``full`` of them filled; ``at`` is the corner."""
    drawn = []
    for index in range(100):
        centre = (
            at[0] + step * (index % per_row) + step / 2,
            at[1] + step * (index // per_row) + step / 2,
        )
        paint: dict[str, str | float] = (
            {"fill": tone.strong} if index < full else {"fill": "none", "stroke": EDGE, "stroke_width": 1.6}
        )
        drawn.append(shape(mark, centre, step * 0.32, **paint))
    return drawn


def told(rows: Iterable[Row]) -> str:
    """The rows of a table as a sentence: « un : a, b ; deux : c, d »."""
    return " ; ".join(f"{first} : {', '.join(cell for cell in cells if cell)}" for first, *cells in rows)


def clean(rows: Iterable[Iterable[str]]) -> tuple[Row, ...]:
    return tuple(tuple(nbsp(cell) for cell in row) for row in rows)
