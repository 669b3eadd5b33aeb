"""One indicator drawn (pure): what was planned, hollow and dashed; what was read, full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.lettering import text_width
from apps.core.figures.marks import shape
from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, LINE, NEUTRAL
from apps.core.figures.palette import PILLARS as AXES
from apps.core.figures.svg import Element, Svg, el, line, text
from apps.core.typography import date_long, number
from apps.methodology.roadmap.indicators import Indicator, Point

WIDTH, HEIGHT = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 8, 432, 44, 186
SIZE = 16
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
    """The last amount read and the last one planned, apart from each other."""
    drawn: list[Element] = []
    spots: list[tuple[float, float]] = []
    for points, colour, weight, what in ((path, INK, 400, "prévu"), (seen, INK, 700, "")):
        if not points:
            continue
        x, y = scale.at(points[-1])
        label = f"{value(points[-1][1], data.unit)} {what}".strip()
        half = text_width(label, SIZE + 1) / 2
        centre = min(max(x, half + 2), WIDTH - half - 2)
        expected = data.expected(points[-1][0])
        is_under = points is seen and expected is not None and points[-1][1] < expected
        above = y + 26 if is_under else y - 14
        # Over the first one: under its mark instead.
        if any(abs(centre - cx) < half * 2 and abs(above - cy) < SIZE + 4 for cx, cy in spots):
            above = y + 26
        spots.append((centre, above))
        drawn.append(
            text((centre, above), label, size=SIZE + 1, fill=colour, font_weight=weight, text_anchor="middle")
        )
    return drawn


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
