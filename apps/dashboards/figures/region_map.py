"""Associations by région: real outlines, overseas as boxes, four steps of the ramp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, PAPER
from apps.core.figures.svg import Element, Point, Svg, el, line, rect, text
from apps.core.microtypography import nbsp
from apps.dashboards.figures.france_shapes import BOX, PATHS
from apps.dashboards.figures.protected import HIDDEN, Row, Table, kept
from apps.dashboards.figures.protected import text as words_of
from apps.dashboards.figures.states import KEPT, ON_RAMP, RAMP, dashed, hatch_lines, hatched

OVERSEAS = ("01", "02", "03", "04", "06")
SIZE, WORD = 25, 21  # 12 px and more once 613 units are 358 px
# Where the value is written: the middle of the région, or in the sea beside one too small for it.
AT: dict[str, tuple[float, float, str]] = {
    "11": (319, 163, "middle"), "24": (285, 240, "middle"), "27": (420, 252, "middle"), "28": (222, 146, "middle"),
    "32": (338, 86, "middle"), "44": (453, 158, "middle"), "52": (190, 238, "middle"), "53": (102, 194, "middle"),
    "75": (232, 372, "middle"), "76": (305, 462, "middle"), "84": (406, 356, "middle"), "93": (470, 450, "middle"),
    "94": (562, 552, "end"),
}  # fmt: skip
BOXES_TOP, BOX_WIDTH, BOX_HEIGHT, GAP, A_ROW = BOX[1] + 22, 302, 44, 8, 2
HEIGHT = BOXES_TOP + 3 * BOX_HEIGHT + 2 * GAP + 4


def draw(table: Table) -> Svg:
    steps = steps_of(table)
    rows = {row.key: row for row in table.rows}
    body: list[Element] = [_mainland(rows[code], steps) for code in PATHS if code in rows]
    body.append(line((2, BOXES_TOP - 12), (BOX[0] - 2, BOXES_TOP - 12), EDGE, 1))
    places = [code for code in OVERSEAS if code in rows]
    body += [_overseas(rows[code], rank, steps) for rank, code in enumerate(places)]
    said = ", ".join(f"{row.label} : {spoken(row)}" for row in table.rows)
    return Svg(BOX[0], HEIGHT, nbsp(f"Carte des associations par région. {said}."), tuple(body))


def spoken(row: Row) -> str:
    again = kept(row.cell)
    return words_of(row.cell, "count") + (f" ({again})" if again else "")


def steps_of(table: Table) -> list[tuple[int, int]]:
    """Four (least, most) or fewer, cut in the distinct published numbers."""
    values = sorted({row.cell.n for row in table.rows if row.cell.is_shown})
    parts = min(len(RAMP), len(values))
    cuts = [round(rank * len(values) / parts) for rank in range(parts + 1)] if parts else []
    return [(values[start], values[end - 1]) for start, end in pairwise(cuts)]


def ramp_legend(table: Table) -> tuple[tuple[str, str], ...]:
    """(class of the colour, « 20 à 25 »)."""
    steps = steps_of(table)
    shift = len(RAMP) - len(steps)
    return tuple(
        (f"r{rank + shift + 1}", f"{low} à {high}" if low != high else f"{low}")
        for rank, (low, high) in enumerate(steps)
    )


def _step(row: Row, steps: Sequence[tuple[int, int]]) -> int:
    shift = len(RAMP) - len(steps)
    return shift + next(rank for rank, (low, high) in enumerate(steps) if low <= row.cell.n <= high)


def _mainland(row: Row, steps: Sequence[tuple[int, int]]) -> Element:
    path, state = PATHS[row.key], row.cell.state
    title = el("title", nbsp(f"{row.label} : {spoken(row)}"))
    if state == "shown":
        step = _step(row, steps)
        colour = ON_RAMP[step] if AT[row.key][2] == "middle" else INK
        ground = [el("path", d=path, fill=RAMP[step], stroke=PAPER, stroke_width=2)]
        return el("g", title, *ground, _value(row, colour))
    if state == "hidden":
        lines = [hatch_lines(ring) for ring in rings(row.key)]
        ground = [el("path", d=path, fill=LEAF, stroke=EDGE, stroke_width=1.5)]
        return el("g", title, *ground, *lines, *_plate(row), _value(row, INK))
    dash = {"stroke_dasharray": "5 5"} if state == "missing" else {}
    edge, fill = (EDGE, "none") if state == "missing" else (INK, LEAF)
    outline = el("path", d=path, fill=fill, stroke=edge, stroke_width=1.5, **dash)
    return el("g", title, outline, _value(row, INK_SOFT if state == "missing" else INK))


def _short(row: Row) -> str:
    cell = row.cell
    star = KEPT if cell.since else ""
    return {"shown": f"{cell.n}{star}", "hidden": HIDDEN, "zero": "0"}.get(cell.state, "–")


def _value(row: Row, fill: str) -> Element:
    x, y, anchor = AT[row.key]
    size = WORD if row.cell.state == "hidden" else SIZE
    return text((x, y), _short(row), size=size, fill=fill, font_weight=700, text_anchor=anchor)


def _plate(row: Row) -> list[Element]:
    x, y, anchor = AT[row.key]
    return [rect(x - 39, y - 19, 78, 26, fill=LEAF, rx=3)] if anchor == "middle" else []


def _overseas(row: Row, rank: int, steps: Sequence[tuple[int, int]]) -> Element:
    x = (rank % A_ROW) * (BOX_WIDTH + GAP) + 1
    y = BOXES_TOP + (rank // A_ROW) * (BOX_HEIGHT + GAP)
    ground, ink = _box(row, x, y, steps)
    size = WORD if row.cell.state in ("hidden", "missing") else SIZE
    return el(
        "g",
        el("title", nbsp(f"{row.label} : {spoken(row)}")),
        *ground,
        text((x + 10, y + 29), row.label, size=WORD, fill=ink),
        text(
            (x + BOX_WIDTH - 10, y + 30), _short(row), size=size, fill=ink, font_weight=700, text_anchor="end"
        ),
    )


def _box(row: Row, x: float, y: float, steps: Sequence[tuple[int, int]]) -> tuple[list[Element], str]:
    state = row.cell.state
    if state == "shown":
        step = _step(row, steps)
        return [rect(x, y, BOX_WIDTH, BOX_HEIGHT, rx=2, fill=RAMP[step])], ON_RAMP[step]
    if state == "hidden":
        plate = rect(x + 5, y + 9, BOX_WIDTH - 10, BOX_HEIGHT - 18, fill=LEAF)
        return [*hatched(x, y, BOX_WIDTH, BOX_HEIGHT), plate], INK
    if state == "missing":
        return [dashed(x + 1, y + 1, BOX_WIDTH - 2, BOX_HEIGHT - 2)], INK_SOFT
    return [
        rect(x + 1, y + 1, BOX_WIDTH - 2, BOX_HEIGHT - 2, rx=2, fill=LEAF, stroke=INK, stroke_width=1.5)
    ], INK


@lru_cache(maxsize=32)
def rings(code: str) -> tuple[tuple[Point, ...], ...]:
    """The outlines as points: « M x y l dx dy … z », as the paths are written."""
    found = []
    for part in PATHS[code].split("M")[1:]:
        numbers = [int(one) for one in re.findall(r"-?\d+", part)]
        x = y = 0
        ring: list[Point] = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(tuple(ring))
    return tuple(found)
