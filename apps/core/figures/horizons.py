"""Effort over the three horizons: what the association declares, above a reference row of the matrix."""

from dataclasses import dataclass
from fractions import Fraction

from apps.core.figures.bars import Part, bar, share_text
from apps.core.figures.fills import filled
from apps.core.figures.palette import INK_SOFT, NEUTRAL
from apps.core.figures.svg import Element, Svg, text
from apps.core.microtypography import nbsp
from apps.core.typography import Number, exact

WIDTH, BAR, SIZE, ROW = 480, 30, 16, 104
HORIZONS = (("18\u00a0mois", "solid"), ("7\u00a0ans", "hatch"), ("28\u00a0ans", "dots"))
OWN = "Votre effort aujourd’hui"


@dataclass(frozen=True)
class Horizons:
    """Percentages for 18 months, 7 years, 28 years, each summing to 100; the label names the reference."""

    declared: tuple[Number, Number, Number]
    reference: tuple[Number, Number, Number]
    reference_label: str

    def rows(self) -> tuple[tuple[str, tuple[Number, Number, Number]], ...]:
        return (OWN, self.declared), (self.reference_label, self.reference)


def draw(data: Horizons) -> Svg:
    """ValueError when a share is negative or a sum is not 100, to the nearest unit."""
    texts = [(label, [share_text(s) for s in _shares(values)]) for label, values in data.rows()]
    names = [name for name, _ in HORIZONS]
    said = ". ".join(
        f"{label} : {', '.join(f'{n} {s}' for n, s in zip(names, shares, strict=True))}"
        for label, shares in texts
    )
    return Svg(
        WIDTH,
        ROW * 2 - 14,
        nbsp(f"Part de l’effort par horizon. {said}."),
        tuple(
            e
            for rank, (label, values) in enumerate(data.rows())
            for e in _row(label, _shares(values), ROW * rank)
        ),
        ("Horizon", *(label for label, _ in texts)),
        tuple((name, *cells) for name, *cells in zip(names, *(shares for _, shares in texts), strict=True)),
    )


def _shares(values: tuple[Number, Number, Number]) -> list[Number]:
    numbers = [exact(value) for value in values]
    if min(numbers) < 0 or abs(sum(numbers, Fraction(-100))) > 1:
        raise ValueError("efforts sum to 100")
    return [value / 100 for value in numbers]


def _row(label: str, shares: list[Number], y: float) -> list[Element]:
    parts = [Part(s, kind, NEUTRAL) for s, (_, kind) in zip(shares, HORIZONS, strict=True)]
    drawn = [text((0, y + 15), label, size=SIZE, font_weight=700), *bar(parts, y + 23, WIDTH, BAR, SIZE)]
    for rank, (share, (name, kind)) in enumerate(zip(shares, HORIZONS, strict=True)):
        x = rank * WIDTH / 3
        drawn += filled(kind, x, y + 63, 24, 15, NEUTRAL)
        drawn.append(text((x + 32, y + 76), f"{name} {share_text(share)}", size=SIZE, fill=INK_SOFT))
    return drawn
