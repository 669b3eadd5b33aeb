"""What each hypothesis changes of the results added up, from its low to its high, the widest first (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.figures.fills import filled
from apps.core.figures.lettering import text_width
from apps.core.figures.palette import FINANCIAL, INK, INK_SOFT, NEUTRAL, PAPER
from apps.core.figures.svg import Element, Svg, line, rect, text
from apps.core.microtypography import nbsp
from apps.methodology.simulation.drawings.scale import Scale
from apps.methodology.simulation.words import signed
from apps.simulator.outcome import Swing

WIDTH, BAR, ROW, SIZE, TOP = 480, 18, 76, 17, 34
MARGIN = 92  # for the amounts at both ends
MOST = 8


def draw(swings: Sequence[Swing], central: int) -> Svg | None:
    """None when no hypothesis is uncertain. ``central``: the results added up, all at their mid."""
    told = [one for one in swings if one.width]
    if not told:
        return None
    shown = told[:MOST]
    across = Scale(
        *bounds([amount for one in shown for amount in (one.low, one.high)] + [central]),
        MARGIN,
        WIDTH - MARGIN,
    )
    x = across.at(central)
    high = TOP + ROW * len(shown)
    body = [
        text((x, 17), signed(central), size=SIZE, font_weight=700, text_anchor=anchor(x)),
        line((x, 24), (x, high - 12), INK, 2),
    ]
    for rank, one in enumerate(shown):
        body += row(one, TOP + ROW * rank, across, central)
    said = " ; ".join(f"{one.title}, de {signed(one.low)} à {signed(one.high)}" for one in shown)
    return Svg(
        WIDTH,
        high,
        nbsp(f"Résultat cumulé, {signed(central)} au plus probable. Du plus bas au plus haut : {said}."),
        tuple(body),
        (
            "Hypothèse",
            "Au plus bas",
            "Au plus haut",
            "Écart",
            "Trésorerie la plus basse, au plus bas",
            "Au plus haut",
        ),
        tuple(
            (
                one.title,
                signed(one.low),
                signed(one.high),
                signed(one.width),
                signed(one.lowest_low),
                signed(one.lowest_high),
            )
            for one in told
        ),
    )


def anchor(x: float) -> str:
    return "start" if x < 80 else "end" if x > WIDTH - 80 else "middle"


def bounds(amounts: Sequence[int]) -> tuple[float, float]:
    low, high = min(amounts), max(amounts)
    return low, high if high > low else low + 1


def row(one: Swing, y: float, across: Scale, central: int) -> list[Element]:
    ends = sorted(((one.low, "bas"), (one.high, "haut")))
    (least, least_word), (most, most_word) = ends
    title = fitted(one.title)
    drawn: list[Element] = [
        rect(0, y + 2, text_width(title, SIZE) * 1.03, 22, fill=PAPER),
        text((0, y + 18), title, size=SIZE, font_weight=700),
    ]
    left, middle, right = across.at(least), across.at(min(max(central, least), most)), across.at(most)
    if middle > left:
        drawn += filled("hatch", left, y + 28, middle - left, BAR, NEUTRAL)
    if right > middle:
        drawn += filled("solid", middle, y + 28, right - middle, BAR, FINANCIAL)
    drawn += [
        text((left - 6, y + 42), signed(least), size=SIZE - 2, text_anchor="end"),
        text((left - 6, y + 60), least_word, size=SIZE - 3, fill=INK_SOFT, text_anchor="end"),
        text((right + 6, y + 42), signed(most), size=SIZE - 2),
        text((right + 6, y + 60), most_word, size=SIZE - 3, fill=INK_SOFT),
    ]
    return drawn


def fitted(title: str) -> str:
    """Cut where it would leave the picture."""
    if text_width(title, SIZE) <= WIDTH - 8:
        return title
    while title and text_width(f"{title}…", SIZE) > WIDTH - 8:
        title = title[:-1]
    return f"{title.rstrip()}…"
