"""Treasury at each month’s end with its band, and what one and three months of charges are (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.lettering import text_width
from apps.core.figures.palette import ACCENT_DEEP, EDGE, FINANCIAL, INK, INK_SOFT, LEAF, LINE
from apps.core.figures.svg import Element, Point, Svg, circle, el, line, polygon, rect, text
from apps.core.microtypography import nbsp
from apps.methodology.simulation.drawings.scale import Scale, short
from apps.methodology.simulation.words import money, month_name

WIDTH, HEIGHT = 480, 312
LEFT, RIGHT, TOP, BOTTOM = 2, 478, 26, 272
SIZE = 17


@dataclass(frozen=True, slots=True)
class Treasury:
    """``floors``: one month of paid charges, by year; ``start``: at the last day of the year before ``first_year``."""

    first_year: int
    start: int
    central: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    floors: tuple[int, ...]
    is_certain: bool = False

    @property
    def months(self) -> int:
        return len(self.central)


def draw(data: Treasury) -> Svg:
    header = (
        "Fin de",
        "Trésorerie",
        *(() if data.is_certain else ("Bas : 1 futur sur 10 fait moins", "Haut : 1 futur sur 10 fait plus")),
    )
    return Svg(WIDTH, HEIGHT, nbsp(said(data)), tuple(body(data)), tuple(map(nbsp, header)), rows(data))


def rows(data: Treasury) -> tuple[tuple[str, ...], ...]:
    columns = (data.central,) if data.is_certain else (data.central, data.low, data.high)
    return tuple(
        (month_name(data.first_year, month), *map(money, amounts))
        for month, amounts in enumerate(zip(*columns, strict=True), 1)
    )


def said(data: Treasury) -> str:
    ends = range(11, data.months, 12)
    parts = [f"au départ {money(data.start)}"]
    for month in ends:
        band = "" if data.is_certain else f", entre {money(data.low[month])} et {money(data.high[month])}"
        parts.append(f"fin {data.first_year + month // 12} {money(data.central[month])}{band}")
    return f"Trésorerie mois par mois : {' ; '.join(parts)}."


def body(data: Treasury) -> list[Element]:
    across = Scale(0, data.months, LEFT + 2, RIGHT - 8)
    tall = Scale.over((data.start, *data.low, *data.high, *data.central), BOTTOM, TOP)
    return [
        *grid(data, across, tall),
        *band(data, across, tall),
        *floors(data, across, tall),
        *curve(data, across, tall),
        *lowest(data, across, tall),
    ]


def grid(data: Treasury, across: Scale, tall: Scale) -> list[Element]:
    drawn: list[Element] = []
    for amount in tall.ticks():
        y = tall.at(amount)
        drawn.append(line((LEFT, y), (RIGHT, y), INK if amount == 0 else LINE, 1.8 if amount == 0 else 1))
    for year in range(data.months // 12):
        x, middle = across.at(12 * year), across.at(12 * year + 6)
        drawn.append(line((x, BOTTOM), (x, BOTTOM + 10), EDGE, 1.5))
        drawn.append(
            text((middle, BOTTOM + 30), str(data.first_year + year), size=SIZE, text_anchor="middle")
        )
    for amount in tall.ticks():
        words = short(amount)
        y = tall.at(amount)
        drawn.append(rect(LEFT, y - 19, text_width(words, SIZE - 2) + 6, 17, fill=LEAF, opacity=0.75))
        drawn.append(text((LEFT + 2, y - 5), words, size=SIZE - 2, fill=INK_SOFT))
    return drawn


def path(amounts: tuple[int, ...], across: Scale, tall: Scale, start: int) -> list[Point]:
    return [(across.at(month), tall.at(amount)) for month, amount in enumerate((start, *amounts))]


def band(data: Treasury, across: Scale, tall: Scale) -> list[Element]:
    if data.is_certain:
        return []
    under = path(data.low, across, tall, data.start)
    over = path(data.high, across, tall, data.start)
    return [
        polygon((*over, *reversed(under)), fill=FINANCIAL.soft, stroke=FINANCIAL.strong, stroke_width=0.8)
    ]


def curve(data: Treasury, across: Scale, tall: Scale) -> list[Element]:
    points = path(data.central, across, tall, data.start)
    return [
        el(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
            fill="none",
            stroke=FINANCIAL.strong,
            stroke_width=3.5,
            stroke_linejoin="round",
        )
    ]


def floors(data: Treasury, across: Scale, tall: Scale) -> list[Element]:
    """One and three months of charges, a step a year; those that would leave the picture are not drawn."""
    drawn: list[Element] = []
    for times, dash in ((1, "2 5"), (3, "9 5")):
        levels = [times * one for one in data.floors]
        if any(one <= 0 or one > tall.high for one in levels):
            continue
        for year, amount in enumerate(levels):
            y = tall.at(amount)
            ends = (across.at(12 * year), y), (across.at(12 * year + 12), y)
            drawn.append(line(*ends, ACCENT_DEEP, 2, stroke_dasharray=dash))
        words = "1 mois de charges" if times == 1 else "3 mois de charges"
        at = (RIGHT - 10, tall.at(levels[-1]) - 6)
        wide = text_width(words, SIZE - 2)
        drawn.append(rect(at[0] - wide - 3, at[1] - 14, wide + 6, 18, fill=LEAF, opacity=0.75))
        drawn.append(text(at, nbsp(words), size=SIZE - 2, fill=ACCENT_DEEP, text_anchor="end"))
    return drawn


def lowest(data: Treasury, across: Scale, tall: Scale) -> list[Element]:
    """Its amount beside the lowest month."""
    amount = min(data.central)
    month = data.central.index(amount) + 1
    x, y = across.at(month), tall.at(amount)
    words = short(round(amount, -4)) if abs(amount) >= 1_000_000 else money(amount)
    wide = text_width(words, SIZE)
    anchor = "start" if x + wide + 14 < RIGHT else "end"
    at = (x + (10 if anchor == "start" else -10), min(y + 22, BOTTOM - 4))
    left = at[0] if anchor == "start" else at[0] - wide
    return [
        circle((x, y), 6, fill=LEAF, stroke=FINANCIAL.strong, stroke_width=3),
        rect(left - 3, at[1] - 15, wide + 8, 20, fill=LEAF, opacity=0.85),
        text(at, words, size=SIZE, font_weight=700, text_anchor=anchor),
    ]
