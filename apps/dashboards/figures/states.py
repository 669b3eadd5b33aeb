"""Hidden, zero, missing: three marks that no value looks like, each with its legend. No id, to clash with nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from apps.core.figures.fills import filled
from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, Tone
from apps.core.figures.svg import Element, Point, Svg, el, rect, text

HATCHED = Tone(EDGE, LEAF, INK)
# Counts of associations, from few to many (look.md): never a pillar's colour.
RAMP = ("#fbe3a6", "#f6cf7c", "#d99a2b", "#805300")
ON_RAMP = (INK, INK, INK, LEAF)
KEPT = "*"
LEGENDS = {
    "hidden": "masqué\u00a0: moins de {k}, ou devinable",
    "zero": "zéro\u00a0: aucune association",
    "missing": "pas de donnée",
    "kept": "* valeur gardée d’une publication d’avant",
}


def hatched(x: float, y: float, width: float, height: float) -> list[Element]:
    return filled("hatch", x, y, width, height, HATCHED)


def dashed(x: float, y: float, width: float, height: float) -> Element:
    return rect(x, y, width, height, fill="none", stroke=EDGE, stroke_width=1.5, stroke_dasharray="4 4")


def hatch_lines(ring: Sequence[Point], spacing: float = 9, width: float = 2) -> Element:
    """Rising lines inside a polygon of any shape (x + y constant, even-odd), as one path."""
    sums = [x + y for x, y in ring]
    strokes = []
    for rank in range(math.ceil(min(sums) / spacing), math.floor(max(sums) / spacing) + 1):
        level = rank * spacing + 0.01  # never through a vertex
        crossed = sorted(_crossings(ring, level))
        for start, end in zip(crossed[::2], crossed[1::2], strict=False):
            reach = round(end - start)
            strokes.append(f"M{round(start)} {round(level - start)}l{reach} {-reach}")
    return el("path", d="".join(strokes), stroke=EDGE, stroke_width=width, fill="none")


def _crossings(ring: Sequence[Point], level: float) -> list[float]:
    found = []
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        before, after = x1 + y1 - level, x2 + y2 - level
        if before * after < 0:
            found.append(x1 + (x2 - x1) * before / (before - after))
    return found


def sample(state: str) -> Svg:
    """The small picture of a legend; ``kept`` has none but its star."""
    if state == "hidden":
        body = hatched(1, 1, 20, 20)
    elif state == "zero":
        body = [
            rect(1, 1, 20, 20, fill=LEAF, stroke=INK, stroke_width=1.5),
            text((11, 17), "0", size=16, font_weight=700, text_anchor="middle"),
        ]
    else:
        body = [dashed(1, 1, 20, 20), text((11, 16), "–", size=16, fill=INK_SOFT, text_anchor="middle")]
    return Svg(22, 22, "", tuple(body))


def legend(states: frozenset[str], k: int, *, kept: bool = False) -> tuple[tuple[Svg | None, str], ...]:
    """(picture or None, words) of the marks that a figure uses."""
    entries: list[tuple[Svg | None, str]] = [
        (sample(state), LEGENDS[state].format(k=k))
        for state in ("hidden", "zero", "missing")
        if state in states
    ]
    return (*entries, (None, LEGENDS["kept"])) if kept else tuple(entries)
