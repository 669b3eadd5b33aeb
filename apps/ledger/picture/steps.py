"""A few columns side by side, one a year, the last one full: the same scale for the three pillars (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.palette import INK, INK_SOFT, Axis
from apps.core.figures.svg import Element, Svg, line, rect, text
from apps.core.microtypography import NARROW, NO_BREAK, nbsp
from apps.core.typography import euros, number

WIDTH, TALL, BASE, SIZE = 260, 112, 140, 16
MANY, SMALL = 5, 13  # so many columns and more: amounts in a smaller size, or they would run into each other
GAP = 8
WIDEST = 92  # from one column to the next
UNKNOWN = "–"


def draw(axis: Axis, columns: Sequence[tuple[str, Decimal | None]], highest: Decimal) -> Svg:
    """``columns``: (year, euros or None). ``highest``: the amount that fills the height, for every figure of the row."""
    step = min((WIDTH + GAP) / len(columns), WIDEST)
    size = SMALL if len(columns) >= MANY else SIZE
    body: list[Element] = []
    for rank, (_, amount) in enumerate(columns):
        last = rank == len(columns) - 1
        body += _column(axis, amount, highest, rank * step, step - GAP, size, last=last)
    body.append(line((0, BASE), (WIDTH, BASE), INK, 1.5))
    body.append(text((0, BASE + 21), columns[0][0], size=SIZE, fill=INK_SOFT))
    if len(columns) > 1:
        at = (step * len(columns) - GAP, BASE + 21)
        body.append(text(at, columns[-1][0], size=SIZE, fill=INK_SOFT, text_anchor="end"))
    said = ", ".join(f"{label} {'inconnu' if amount is None else euros(amount)}" for label, amount in columns)
    return Svg(WIDTH, BASE + 28, nbsp(f"{axis.name} : {said}."), tuple(body))


def _column(
    axis: Axis, amount: Decimal | None, highest: Decimal, x: float, width: float, size: int, *, last: bool
) -> list[Element]:
    middle = x + width / 2
    if amount is None:
        return [text((middle, BASE - 8), UNKNOWN, size=SIZE, fill=INK_SOFT, text_anchor="middle")]
    height = float(TALL * Fraction(max(amount, Decimal(0))) / Fraction(highest)) if highest > 0 else 0.0
    height = max(height, 2.0) if amount > 0 else height
    fill = axis.tone.strong if last else axis.tone.soft
    box = (x + 0.75, BASE - height, width - 1.5, height)
    drawn = [rect(*box, fill=fill, stroke=axis.tone.strong, stroke_width=1.5)] if height else []
    weight, at = 700 if last else 400, (middle, BASE - height - 7)
    return [*drawn, text(at, short(amount), size=size, font_weight=weight, text_anchor="middle", fill=INK)]


def short(amount: Decimal) -> str:
    """« 152 k€ » from ten thousand on, « 8 400 » under it, « 1,2 M€ » from a million on."""
    size = abs(amount)
    if size >= 1_000_000:
        return f"{number(Fraction(amount) / 1_000_000, 1)}{NO_BREAK}M€"
    if size >= 10_000:
        return f"{number(Fraction(amount) / 1000, 0)}{NO_BREAK}k€"
    return f"{number(amount, 0)}{NARROW}€"
