"""The triangle of the three pillars cut in 25 cells: how many associations stand in each, never where one stands."""

from __future__ import annotations

import re

from apps.core.figures.marks import shape
from apps.core.figures.palette import EDGE, INK, LEAF, PAPER, PILLARS
from apps.core.figures.svg import Element, Point, Svg, el, polygon, text
from apps.core.figures.triangle import Triangle
from apps.core.microtypography import NARROW, nbsp
from apps.dashboards.figures.protected import Row, Table, kept
from apps.dashboards.figures.protected import text as words_of
from apps.dashboards.figures.region_map import steps_of
from apps.dashboards.figures.states import KEPT, ON_RAMP, RAMP, hatch_lines
from apps.dashboards.tables import TERNARY_SIDE

WIDTH, HEIGHT = 600, 592
TRIANGLE = Triangle((300, 62), (50, 495), (550, 495))
SIZE = 25
NAMES: tuple[tuple[str, tuple[str, ...], Point], ...] = (
    ("middle", ("Richesses humaines",), (300, 36)),
    ("start", ("Ressources", "financières"), (4, 543)),
    ("end", ("Alliances", "stratégiques"), (596, 543)),
)


def draw(table: Table) -> Svg:
    steps = steps_of(table)
    body: list[Element] = [_cell(row, steps) for row in table.rows if corners(row.key)]
    body.append(polygon(TRIANGLE.corners, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round"))
    for pillar, corner in zip(PILLARS, TRIANGLE.corners, strict=True):
        body.append(shape(pillar.shape, corner, 11, fill=pillar.tone.strong))
    for pillar, (anchor, lines, (x, y)) in zip(PILLARS, NAMES, strict=True):
        for rank, words in enumerate(lines):
            body.append(
                text(
                    (x, y + 29 * rank),
                    words,
                    size=SIZE,
                    fill=pillar.tone.strong,
                    font_weight=700,
                    text_anchor=anchor,
                )
            )
    said = " ; ".join(
        f"{place(row.key)} : {_spoken(row)}" for row in table.rows if row.cell.state in ("shown", "zero")
    )
    hidden = sum(row.cell.state == "hidden" for row in table.rows)
    rest = f" {hidden} cases masquées." if hidden > 1 else " Une case masquée." if hidden else ""
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(f"Triangle des trois appuis, par cases. {said or 'Aucune case montrée'}.{rest}"),
        tuple(body),
    )


def is_cell(key: str) -> bool:
    return re.fullmatch(r"\d-\d-\d", key) is not None


def shares_of(key: str) -> tuple[int, int, int]:
    """ValueError for a key that names no cell."""
    human, financial, alliances = (int(part) for part in key.split("-"))
    return human, financial, alliances


def corners(key: str) -> tuple[Point, ...]:
    """Of a cell in the figure; nothing when no triangle has this name."""
    h, f, a = shares_of(key)
    if h + f + a == TERNARY_SIDE - 1:
        cells = ((h + 1, f, a), (h, f + 1, a), (h, f, a + 1))
    elif h + f + a == TERNARY_SIDE - 2:
        cells = ((h, f + 1, a + 1), (h + 1, f, a + 1), (h + 1, f + 1, a))
    else:
        return ()
    return tuple(TRIANGLE.at(*(part / TERNARY_SIDE for part in cell)) for cell in cells)


def place(key: str) -> str:
    """« humain 40 à 60 %, financier 20 à 40 %, alliances 0 à 20 % »."""
    step = 100 // TERNARY_SIDE
    names = ("humain", "financier", "alliances")
    parts = zip(names, shares_of(key), strict=True)
    return ", ".join(f"{name} {step * part} à {step * (part + 1)}{NARROW}%" for name, part in parts)


def _spoken(row: Row) -> str:
    again = kept(row.cell)
    return words_of(row.cell, "count") + (f" ({again})" if again else "")


def _cell(row: Row, steps: list[tuple[int, int]]) -> Element:
    ring, state = corners(row.key), row.cell.state
    x, y = (sum(point[axis] for point in ring) / 3 for axis in (0, 1))
    title = el("title", nbsp(f"{place(row.key)} : {_spoken(row)}"))
    at = (x, y + SIZE * 0.35)
    if state == "shown":
        rank = (
            len(RAMP)
            - len(steps)
            + next(n for n, (low, high) in enumerate(steps) if low <= row.cell.n <= high)
        )
        words = f"{row.cell.n}{KEPT if row.cell.since else ''}"
        ground = polygon(ring, fill=RAMP[rank], stroke=PAPER, stroke_width=2)
        return el(
            "g",
            title,
            ground,
            text(at, words, size=SIZE, fill=ON_RAMP[rank], font_weight=700, text_anchor="middle"),
        )
    if state == "hidden":
        return el(
            "g", title, polygon(ring, fill=LEAF, stroke=EDGE, stroke_width=1), hatch_lines(ring, 13, 1.5)
        )
    words, dash = ("0", {}) if state == "zero" else ("–", {"stroke_dasharray": "4 4"})
    ground = polygon(ring, fill=LEAF, stroke=EDGE, stroke_width=1, **dash)
    return el("g", title, ground, text(at, words, size=SIZE, text_anchor="middle"))
