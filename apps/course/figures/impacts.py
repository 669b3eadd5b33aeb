"""Three horizons at their true length, and the impact that each one aims at (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import EDGE, INK_SOFT, NEUTRAL
from apps.core.figures.svg import Element, Svg, line
from apps.core.microtypography import nbsp
from apps.course.figures.kit import SMALL, WIDTH, clean, label

FILLS = ("solid", "hatch", "dots")
ROW, BAR, TOP = 96, 24, 22


@dataclass(frozen=True)
class Horizon:
    label: str  # « 7 ans »
    months: int
    name: str  # « Stratégique »
    dimension: str  # « Innovation »
    aim: str  # « (ré)inventer »
    until: str  # « 2030 », or nothing

    def end(self) -> str:
        return f"jusqu’en {self.until}" if self.until else ""


def draw(horizons: tuple[Horizon, ...]) -> Svg:
    """The shortest first; bars to scale."""
    longest = max(horizon.months for horizon in horizons)
    base = TOP + ROW * len(horizons)
    body = [line((0.75, TOP), (0.75, base - 12), EDGE, 1.5)]
    for rank, horizon in enumerate(horizons):
        body += _row(horizon, FILLS[rank % 3], TOP + ROW * rank, WIDTH * horizon.months / longest)
    said = " ; ".join(
        f"{h.label}{f' ({h.end()})' if h.until else ''} : {h.dimension.lower()}, {h.aim}, {h.name.lower()}"
        for h in horizons
    )
    return Svg(
        WIDTH,
        base - 8,
        nbsp(f"Trois horizons, à leur vraie longueur, et l’impact recherché à chacun. {said}."),
        (label((0, 13), "aujourd’hui", size=SMALL, fill=INK_SOFT), *body),
        ("Horizon", "Impact recherché", "Ce qu’il s’agit de faire", "Nature", "Échéance"),
        clean((h.label, h.dimension, h.aim, h.name, h.end() or "–") for h in horizons),
    )


def _row(horizon: Horizon, kind: str, y: float, length: float) -> list[Element]:
    under = f"{horizon.name} : {horizon.aim}"
    end = f", {horizon.end()}" if horizon.until else ""
    return [
        label((8, y + 20), f"{horizon.label} : {horizon.dimension.lower()}", size=20, font_weight=700),
        label((8, y + 42), f"{under}{end}", size=SMALL, fill=INK_SOFT),
        *filled(kind, 0, y + 52, length, BAR, NEUTRAL),
    ]
