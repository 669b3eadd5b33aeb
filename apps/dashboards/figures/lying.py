"""Lying bars, one a line: names beside them when short, above them when long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures.lettering import text_width
from apps.core.figures.palette import EDGE, INK, INK_SOFT, PAPER
from apps.core.figures.svg import Element, Svg, line, rect, text
from apps.core.microtypography import nbsp
from apps.dashboards.figures.states import KEPT, dashed, hatched

WIDTH, SIZE = 440, 16.5  # 13 px on a phone of 390 px
SHORT_NAME, VALUE_ROOM = 190, 92
ROW_BESIDE, ROW_ABOVE, BAR = 30, 48, 18


@dataclass(frozen=True)
class Line:
    """``low`` to ``value`` is drawn lighter: the band where an amount falls. ``fill``: a strong colour."""

    name: str
    state: str
    value: float = 0
    written: str = ""
    said: str = ""
    low: float | None = None
    fill: str = INK
    kept: bool = False


def draw(
    title: str, lines: Sequence[Line], *, value_room: float = VALUE_ROOM, full: float | None = None
) -> Svg:
    """``full``: the value of a full width, the largest one by default."""
    beside = all(text_width(one.name, SIZE) <= SHORT_NAME for one in lines)
    left = max((text_width(one.name, SIZE) for one in lines), default=0) + 10 if beside else 0
    row = ROW_BESIDE if beside else ROW_ABOVE
    top = full or max((one.value for one in lines), default=0) or 1
    body: list[Element] = []
    for rank, one in enumerate(lines):
        y = row * rank + (8 if beside else 26)
        at = (0, y + 14) if beside else (0, y - 8)
        body.append(text(at, one.name, size=SIZE))
        body += _bar(one, left, y, WIDTH - left - value_room, top)
    height = row * len(lines) + 2
    if beside:
        body.append(line((left, 2), (left, height), EDGE, 1))
    said = " ; ".join(f"{one.name} : {one.said}" for one in lines)
    return Svg(WIDTH, height, nbsp(f"{title}. {said}."), tuple(body))


def _bar(one: Line, left: float, y: float, room: float, top: float) -> list[Element]:
    after = left + 10
    if one.state == "hidden":
        return [*hatched(left, y, 46, BAR), text((left + 54, y + 14), "masqué", size=SIZE, fill=INK_SOFT)]
    if one.state == "missing":
        return [
            dashed(left + 1, y + 1, 46, BAR - 2),
            text((left + 56, y + 14), "pas de donnée", size=SIZE, fill=INK_SOFT),
        ]
    if one.state == "zero":
        return [text((after, y + 14), "0", size=SIZE, font_weight=700)]
    width = max(room * one.value / top, 3)
    drawn = [rect(left, y, width, BAR, fill=PAPER)]
    if one.low is not None:
        solid = room * one.low / top
        drawn += [
            rect(left, y, width, BAR, fill=one.fill, fill_opacity=0.35),
            rect(left, y, solid, BAR, fill=one.fill),
        ]
    else:
        drawn.append(rect(left, y, width, BAR, fill=one.fill))
    words = one.written + (KEPT if one.kept else "")
    return [*drawn, text((left + width + 8, y + 14), words, size=SIZE, font_weight=700)]
