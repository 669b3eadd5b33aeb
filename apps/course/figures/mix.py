"""Where the resources of associations came from: an old order of magnitude, which says so (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from apps.core.figures.bars import Part, bar
from apps.core.figures.fills import filled
from apps.core.figures.palette import FINANCIAL, INK, NEUTRAL, SAND, Tone
from apps.core.figures.svg import Element, Svg, rect
from apps.core.microtypography import nbsp
from apps.course.figures.kit import SIZE, SMALL, WIDTH, clean, depth, label, paragraph, told

# The same fillings as in the result of an association.
FILLS: tuple[tuple[str, Tone], ...] = (
    ("solid", FINANCIAL), ("hatch", FINANCIAL), ("solid", NEUTRAL), ("dots", FINANCIAL),
)  # fmt: skip
BAR, LEGEND = 44, 32


@dataclass(frozen=True)
class Mix:
    """(name, percentage) in their order; ``year`` of the measure, ``warning`` in words."""

    shares: tuple[tuple[str, int], ...]
    year: str
    warning: str


def draw(mix: Mix) -> Svg:
    """ValueError when the shares do not make a whole."""
    if sum(share for _, share in mix.shares) != 100:
        raise ValueError("the shares of a mix sum to 100")
    rows = clean((name[:1].upper() + name[1:], f"{share} %", mix.year) for name, share in mix.shares)
    warned, y = _warning(mix)
    parts = [Part(Fraction(share, 100), *fill) for (_, share), fill in zip(mix.shares, FILLS, strict=True)]
    legend = [e for rank, row in enumerate(rows) for e in _legend(rank, row, y + BAR + 26 + LEGEND * rank)]
    return Svg(
        WIDTH,
        y + BAR + 18 + LEGEND * len(rows),
        nbsp(
            f"Chiffres anciens, {mix.year}. {mix.warning} {told((name, share) for name, share, _ in rows)}."
        ),
        (*warned, *bar(parts, y, WIDTH, BAR, 18), *legend),
        ("Origine des ressources", "Part", "Années"),
        rows,
    )


def _warning(mix: Mix) -> tuple[list[Element], float]:
    room = WIDTH - 32
    high = 40 + depth(mix.warning, room, SMALL) + 8
    ground = rect(0, 0, WIDTH, high, fill=SAND, rx=3)
    stripe = rect(0, 0, 6, high, fill=INK)
    return [
        ground,
        stripe,
        label((20, 30), f"Chiffres anciens : {mix.year}", size=SIZE + 2, font_weight=700),
        *paragraph((20, 56), mix.warning, room, size=SMALL),
    ], high + 18


def _legend(rank: int, row: tuple[str, ...], y: float) -> list[Element]:
    kind, tone = FILLS[rank]
    return [
        *filled(kind, 0, y - 15, 30, 20, tone),
        label((42, y), row[0], size=SIZE),
        label((WIDTH, y), row[1], size=SIZE + 2, font_weight=700, text_anchor="end"),
    ]
