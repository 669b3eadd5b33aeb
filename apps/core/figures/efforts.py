"""Shares of effort by horizon: a bar for each way to act, the same fillings for the same horizons."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.core.figures.bars import Part, bar
from apps.core.figures.fills import filled
from apps.core.figures.palette import INK_SOFT, NEUTRAL
from apps.core.figures.svg import Element, Svg, text
from apps.core.microtypography import NARROW, NO_BREAK

WIDTH, BAR, SIZE, ROW = 480, 30, 16, 78
FILLS = ("solid", "hatch", "dots")


@dataclass(frozen=True)
class Effort:
    """(percentage, position) for each horizon, in order; `strong` when it is the reader's own."""

    name: str
    shares: tuple[tuple[int, str], ...]
    strong: bool = False

    def cells(self) -> tuple[str, ...]:
        return tuple(f"{value}{NARROW}%, {position}" for value, position in self.shares)


def draw(efforts: Sequence[Effort], horizons: Sequence[tuple[str, str]]) -> Svg:
    """`horizons`: (label, name) of each column."""
    labels = [label for label, _ in horizons]
    said = ". ".join(
        f"{effort.name}{NO_BREAK}: "
        + ", ".join(f"{label} {cell}" for label, cell in zip(labels, effort.cells(), strict=True))
        for effort in efforts
    )
    body = [element for rank, effort in enumerate(efforts) for element in _row(effort, rank * ROW)]
    return Svg(
        WIDTH,
        ROW * len(efforts) + 24,
        f"Part de l’effort par horizon. {said}.",
        (*body, *_legend(labels, ROW * len(efforts))),
        ("Façon d’agir", *(f"{label}, {name.lower()}" for label, name in horizons)),
        tuple((effort.name, *effort.cells()) for effort in efforts),
    )


def _row(effort: Effort, y: float) -> list[Element]:
    parts = [
        Part(Fraction(value, 100), kind, NEUTRAL)
        for (value, _), kind in zip(effort.shares, FILLS, strict=True)
    ]
    weight = 700 if effort.strong else 400
    name = text((0, y + 15), effort.name, size=SIZE, font_weight=weight)
    return [name, *bar(parts, y + 23, WIDTH, BAR, SIZE)]


def _legend(labels: Sequence[str], y: float) -> list[Element]:
    drawn: list[Element] = []
    for rank, (label, kind) in enumerate(zip(labels, FILLS, strict=True)):
        x = rank * WIDTH / 3
        drawn += filled(kind, x, y, 24, 15, NEUTRAL)
        drawn.append(text((x + 32, y + 13), label, size=SIZE, fill=INK_SOFT))
    return drawn
