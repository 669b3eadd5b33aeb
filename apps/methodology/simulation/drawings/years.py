"""Resources and costs of each year, two bars a year, and the result beside (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import DANGER, FINANCIAL, INK, INK_SOFT, NEUTRAL
from apps.core.figures.svg import Element, Svg, text
from apps.core.microtypography import nbsp
from apps.methodology.simulation.drawings.scale import Scale
from apps.methodology.simulation.words import ending, money, signed

WIDTH, BAR, GROUP, SIZE = 480, 14, 64, 17
LEGEND = 30


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    resources: int
    costs: int

    @property
    def result(self) -> int:
        return self.resources - self.costs


def draw(years: tuple[Year, ...]) -> Svg:
    across = Scale.over((amount for year in years for amount in (year.resources, year.costs)), 0, WIDTH)
    body = legend()
    for rank, year in enumerate(years):
        body += group(year, LEGEND + rank * GROUP, across)
    told = " ; ".join(
        f"{year.label}, ressources {money(year.resources)}, charges {money(year.costs)}, {ending(year.result)}"
        for year in years
    )
    return Svg(
        WIDTH,
        LEGEND + GROUP * len(years) - 12,
        nbsp(f"Ressources et charges par année : {told}."),
        tuple(body),
        ("Année", "Ressources", "Charges", "Résultat"),
        tuple((y.label, money(y.resources), money(y.costs), signed(y.result)) for y in years),
    )


def legend() -> list[Element]:
    return [
        *filled("solid", 0, 2, 22, 14, FINANCIAL),
        text((30, 15), "ressources", size=SIZE, fill=INK_SOFT),
        *filled("hatch", 150, 2, 22, 14, NEUTRAL),
        text((180, 15), "charges", size=SIZE, fill=INK_SOFT),
        text((WIDTH, 15), "résultat", size=SIZE, fill=INK_SOFT, text_anchor="end"),
    ]


def group(year: Year, y: float, across: Scale) -> list[Element]:
    drawn = [
        text((0, y + 16), year.label, size=SIZE, font_weight=700),
        text(
            (WIDTH, y + 16),
            signed(year.result),
            size=SIZE,
            fill=DANGER if year.result < 0 else INK,
            font_weight=700,
            text_anchor="end",
        ),
    ]
    for rank, (amount, kind, tone) in enumerate(
        ((year.resources, "solid", FINANCIAL), (year.costs, "hatch", NEUTRAL))
    ):
        width = max(0.0, across.at(max(0, amount)) - across.at(0))
        if width:
            drawn += filled(kind, across.at(0), y + 22 + rank * (BAR + 1), width, BAR, tone)
    return drawn
