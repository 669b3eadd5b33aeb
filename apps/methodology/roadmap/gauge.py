"""One indicator drawn (pure): what was planned, hollow and dashed; what was read, full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.lettering import Box, around
from apps.core.figures.marks import shape
from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, LINE, NEUTRAL
from apps.core.figures.palette import PILLARS as AXES
from apps.core.figures.svg import Element, Svg, el, line, text
from apps.core.typography import date_long, number
from apps.methodology.roadmap.indicators import Indicator, Point
from apps.methodology.roadmap.placing import Name, Taken, first_clear

WIDTH, HEIGHT = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 8, 432, 44, 186
SIZE, NAME = 16, 17  # of dates, of amounts
ROOM = Box(2, 2, WIDTH - 2, BOTTOM + 14)  # of amounts: over the line of time
TONES = {axis.key: axis for axis in AXES}
HEADER = ("Date", "Prévu", "Constaté", "Écart")


def value(amount: Decimal, unit: str = "") -> str:
    """« 1 250 heures », « −3,5 », « 12 % »."""
    return f"{number(Fraction(amount), None if amount == amount.to_integral() else 1)}" + (
        f"\u00a0{unit}" if unit else ""
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """From days and amounts to the picture."""

    first: date
    last: date
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, points: Sequence[Point]) -> Scale:
        days, amounts = [day for day, _ in points], [amount for _, amount in points]
        return cls(min(days), max(days), min(amounts), max(amounts))

    def at(self, point: Point) -> tuple[float, float]:
        days = (self.last - self.first).days
        x = (point[0] - self.first).days / days if days else 0.5
        size = self.high - self.low
        y = float((point[1] - self.low) / size) if size else 0.5
        return LEFT + 16 + (RIGHT - LEFT - 32) * x, BOTTOM - (BOTTOM - TOP) * y


def draw(data: Indicator, alt: str) -> Svg | None:
    """None when there is nothing to place on it."""
    path, seen = data.path, data.seen
    if not path and not seen:
        return None
    scale = Scale.of([*path, *seen])
    axis = TONES.get(data.pillar)
    strong = axis.tone.strong if axis else NEUTRAL.strong
    body = [
        *ground(scale),
        *planned(path, scale),
        *actual(seen, scale, strong, axis.shape if axis else "diamond"),
    ]
    body += names(data, path, seen, scale)
    return Svg(WIDTH, HEIGHT, alt, tuple(body), HEADER, tuple(rows(data)))


def ground(scale: Scale) -> list[Element]:
    drawn = [
        line((LEFT, BOTTOM + 16), (RIGHT, BOTTOM + 16), EDGE, 1.5),
        line((LEFT, TOP), (RIGHT, TOP), LINE, 1),
    ]
    first, last = date_long(scale.first), date_long(scale.last)
    drawn.append(text((LEFT, BOTTOM + 38), first, size=SIZE, fill=INK_SOFT))
    if last != first:
        drawn.append(text((RIGHT, BOTTOM + 38), last, size=SIZE, fill=INK_SOFT, text_anchor="end"))
    return drawn


def planned(path: Sequence[Point], scale: Scale) -> list[Element]:
    spots = [scale.at(point) for point in path]
    drawn = trace(spots, INK, 2, stroke_dasharray="6 5")
    return drawn + [shape("circle", spot, 6, fill=LEAF, stroke=INK, stroke_width=2) for spot in spots]


def actual(seen: Sequence[Point], scale: Scale, strong: str, mark: str) -> list[Element]:
    spots = [scale.at(point) for point in seen]
    return trace(spots, strong, 4) + [shape(mark, spot, 8, fill=strong) for spot in spots]


def trace(spots: Sequence[tuple[float, float]], stroke: str, width: float, **more: str) -> list[Element]:
    if len(spots) < 2:
        return []
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return [el("polyline", points=points, fill="none", stroke=stroke, stroke_width=width, **more)]


def names(data: Indicator, path: Sequence[Point], seen: Sequence[Point], scale: Scale) -> list[Element]:
    """The last amount read and the last one planned, clear of the lines, of the marks and of each other."""
    ends = [(points[-1], what) for points, what in ((path, "prévu"), (seen, "")) if points]
    attempts = [
        [name_at(data, end, what, scale, unit) for (end, what), unit in zip(ends, units, strict=False)]
        for units in ((data.unit, data.unit), (data.unit, ""), ("", data.unit), ("", ""))
    ]
    found = first_clear(attempts, drawn(path, seen, scale), ROOM)
    return [
        text(
            (one.centre, one.base),
            one.name.text,
            size=NAME,
            fill=INK,
            font_weight=400 if what else 700,
            text_anchor="middle",
        )
        for one, (_, what) in zip(found, ends, strict=True)
    ]


def name_at(data: Indicator, end: Point, what: str, scale: Scale, unit: str) -> Name:
    """``unit``: "" where there is no room for it: it is also beside the picture, in words."""
    day, amount = end
    expected = data.expected(day)
    is_under = not what and expected is not None and amount < expected
    return Name(f"{value(amount, unit)} {what}".strip(), scale.at(end), is_under, NAME)


def drawn(path: Sequence[Point], seen: Sequence[Point], scale: Scale) -> Taken:
    """What names keep away from."""
    found = Taken(WIDTH)
    found.block(Box(LEFT, TOP - 1, RIGHT, TOP + 1))
    for points, radius in ((path, 8), (seen, 10)):
        spots = [scale.at(point) for point in points]
        found.trace(spots, 3)
        for spot in spots:
            found.block(around(spot, radius))
    return found


def rows(data: Indicator) -> list[tuple[str, ...]]:
    """Every day that is planned or read."""
    found: list[tuple[str, ...]] = []
    readings = {one.on: one for one in data.readings}
    seen = dict(data.seen)
    for day in sorted({day for day, _ in data.path} | set(seen) | {day for day in readings if day}):
        expected, actual = data.expected(day), seen.get(day)
        gap = actual - expected if actual is not None and expected is not None else None
        found.append(
            (
                date_long(day),
                "–" if expected is None else value(expected, data.unit),
                "pas encore" if actual is None else value(actual, data.unit),
                "–" if gap is None else signed(gap),
            )
        )
    return found


def signed(gap: Decimal) -> str:
    return f"+{value(gap)}" if gap > 0 else value(gap)
