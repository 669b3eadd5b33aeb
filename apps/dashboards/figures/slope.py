"""The same associations, the time before and this time: one line an axis."""

from __future__ import annotations

from apps.core.figures.marks import shape
from apps.core.figures.palette import AXES, EDGE, INK_SOFT, LEAF
from apps.core.figures.svg import Element, Svg, circle, line, text
from apps.core.microtypography import nbsp
from apps.dashboards.figures.protected import HIDDEN, MISSING, Row, Table, kept
from apps.dashboards.figures.protected import text as words_of
from apps.dashboards.figures.states import KEPT, dashed, hatched

WIDTH, TOP, BOTTOM, SIZE = 440, 46, 266, 16.5
LEFT, RIGHT = 74, 214
APART = 22  # between two labels of a side


def draw(table: Table) -> Svg:
    drawn = [row for row in table.rows if all(cell.is_shown for cell in row.cells.values())]
    others = [row for row in table.rows if row not in drawn]
    values = [value(row, column) for row in drawn for column in ("before", "now")] or [0, 100]
    low, high = min(values), max(values)
    scale = (BOTTOM - TOP) / max(high - low, 10)
    y = {
        (row.key, column): BOTTOM - (value(row, column) - low) * scale
        for row in drawn
        for column in ("before", "now")
    }
    sides = {column: spread([(row.key, y[row.key, column]) for row in drawn]) for column in ("before", "now")}
    body: list[Element] = []
    if drawn:
        body += [
            text((LEFT, 22), "La fois d’avant", size=SIZE, fill=INK_SOFT, text_anchor="middle"),
            text((RIGHT, 22), "Cette fois", size=SIZE, fill=INK_SOFT, text_anchor="middle"),
            line((LEFT, 32), (LEFT, BOTTOM + 14), EDGE, 1),
            line((RIGHT, 32), (RIGHT, BOTTOM + 14), EDGE, 1),
        ]
    for row in drawn:
        body += _line(row, y, sides)
    start = BOTTOM + 34 if drawn else 8
    body += [element for rank, row in enumerate(others) for element in _aside(row, start + 28 * rank)]
    said = " ; ".join(f"{row.label} : {_spoken(row)}" for row in table.rows)
    return Svg(
        WIDTH,
        start + 28 * len(others),
        nbsp(f"Moyennes sur 100, la fois d’avant puis cette fois. {said}."),
        tuple(body),
    )


def value(row: Row, column: str) -> int:
    return row.cells[column].get("mean") or 0


def spread(places: list[tuple[str, float]]) -> dict[str, float]:
    """Labels pushed apart, around where they would stand."""
    ordered = sorted(places, key=lambda place: place[1])
    groups: list[list[tuple[str, float]]] = []
    for place in ordered:
        groups.append([place])
        while len(groups) > 1 and _bottom(groups[-2]) + APART > _top(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    return {key: _top(group) + APART * rank for group in groups for rank, (key, _) in enumerate(group)}


def _top(group: list[tuple[str, float]]) -> float:
    return sum(at for _, at in group) / len(group) - APART * (len(group) - 1) / 2


def _bottom(group: list[tuple[str, float]]) -> float:
    return _top(group) + APART * (len(group) - 1)


def _line(row: Row, y: dict[tuple[str, str], float], sides: dict[str, dict[str, float]]) -> list[Element]:
    axis = AXES[row.key]
    colour, before, now = axis.tone.strong, y[row.key, "before"], y[row.key, "now"]
    star = {column: KEPT if row.cells[column].since else "" for column in ("before", "now")}
    return [
        line((LEFT, before), (RIGHT, now), colour, 3),
        circle((LEFT, before), 6, fill=LEAF, stroke=colour, stroke_width=2.5),
        shape(axis.shape, (RIGHT, now), 8, fill=colour),
        text(
            (LEFT - 16, sides["before"][row.key] + 6),
            f"{value(row, 'before')}{star['before']}",
            size=SIZE,
            text_anchor="end",
        ),
        text(
            (RIGHT + 16, sides["now"][row.key] + 6),
            f"{value(row, 'now')}{star['now']}",
            size=SIZE,
            font_weight=700,
        ),
        text((RIGHT + 50, sides["now"][row.key] + 6), axis.name, size=SIZE, fill=colour, font_weight=600),
    ]


def _aside(row: Row, y: float) -> list[Element]:
    hidden = any(cell.state == "hidden" for cell in row.cells.values())
    mark = hatched(0, y, 36, 18) if hidden else [dashed(1, y + 1, 34, 16)]
    return [
        *mark,
        text((46, y + 14), f"{row.label}, {HIDDEN if hidden else MISSING}", size=SIZE, fill=INK_SOFT),
    ]


def _spoken(row: Row) -> str:
    return " puis ".join(
        words_of(cell, "change") + (f" ({again})" if (again := kept(cell)) else "")
        for cell in row.cells.values()
    )
