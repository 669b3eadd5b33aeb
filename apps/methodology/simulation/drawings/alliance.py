"""The four terms of the alliances’ value, added up over the horizon (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import ALLIANCES, INK, NEUTRAL, Tone
from apps.core.figures.svg import Element, Svg, line, text
from apps.core.microtypography import nbsp
from apps.methodology.simulation.drawings.scale import Scale
from apps.methodology.simulation.words import money, signed

WIDTH, BAR, ROW, SIZE = 480, 18, 48, 17


@dataclass(frozen=True, slots=True)
class Terms:
    avoided: int
    given: int
    levered: int
    engineering: int

    @property
    def value(self) -> int:
        return self.avoided + self.given + self.levered - self.engineering


def draw(data: Terms) -> Svg:
    """Each term begins where the one before it ends; the last line is what remains."""
    steps: list[tuple[str, int, str, Tone]] = [
        ("Coûts évités", data.avoided, "dots", ALLIANCES),
        ("Apports non monétaires", data.given, "hatch", ALLIANCES),
        ("Ressources mobilisées", data.levered, "solid", ALLIANCES),
        ("Ingénierie de l’alliance", -data.engineering, "hollow", NEUTRAL),
    ]
    ends, reached = [], 0
    for _, amount, *_ in steps:
        ends.append((reached, reached := reached + amount))
    across = Scale.over([end for pair in ends for end in pair], 2, WIDTH - 2)
    body: list[Element] = []
    for rank, ((label, amount, kind, tone), (begin, end)) in enumerate(zip(steps, ends, strict=True)):
        body += row(label, signed(amount) if amount else money(0), rank * ROW, begin, end, across, kind, tone)
    y = ROW * len(steps)
    body.append(line((0, y + 2), (WIDTH, y + 2), INK, 1.5))
    body += row("Valeur de l’alliance", signed(data.value), y + 6, 0, data.value, across, "solid", NEUTRAL)
    said = ", ".join(f"{label.lower()} {signed(amount)}" for label, amount, *_ in steps)
    return Svg(
        WIDTH,
        y + ROW + 4,
        nbsp(f"Valeur de l’alliance sur toute la durée : {signed(data.value)}. {said}."),
        tuple(body),
        ("Terme", "Sur toute la durée"),
        (
            *((label, signed(amount)) for label, amount, *_ in steps),
            ("Valeur de l’alliance", signed(data.value)),
        ),
    )


def row(
    label: str, amount: str, y: float, begin: int, end: int, across: Scale, kind: str, tone: Tone
) -> list[Element]:
    drawn = [
        text((0, y + 17), label, size=SIZE),
        text((WIDTH, y + 17), amount, size=SIZE, font_weight=700, text_anchor="end"),
    ]
    left, right = sorted((across.at(begin), across.at(end)))
    return [*drawn, *(filled(kind, left, y + 23, right - left, BAR, tone) if right - left > 0.5 else [])]
