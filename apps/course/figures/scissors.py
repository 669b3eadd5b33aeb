"""Needs rise while usual resources shrink: curves without a scale, and the published figures (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.marks import shape
from apps.core.figures.palette import INK, INK_SOFT, LINE
from apps.core.figures.svg import Element, Svg, line
from apps.core.microtypography import nbsp
from apps.course.figures.kit import MONEY, SIZE, SMALL, WIDTH, clean, depth, head, label, paragraph, path

TOP, BASE, LEFT, RIGHT = 44, 226, 14, 420
BESIDE = 122  # x of the words beside a figure
SCHEMA = "Schéma : ces deux courbes n’ont pas d’échelle."


@dataclass(frozen=True)
class Fact:
    """A published figure in words: « −41 % », what it counts, on whom, and the year of the measure."""

    value: str
    what: str
    population: str
    year: str

    def whom(self) -> str:
        return self.population if self.year in self.population else f"{self.population}, {self.year}"


def draw(facts: tuple[Fact, ...]) -> Svg:
    body, y = _curves(), 300.0
    for fact in facts:
        lines, y = _fact(fact, y)
        body += lines
    said = " ; ".join(f"{fact.what} : {fact.value} ({fact.whom()})" for fact in facts)
    return Svg(
        WIDTH,
        y - 4,
        nbsp(
            "Schéma de l’effet ciseau : la courbe des besoins monte, celle des ressources habituelles descend, "
            f"l’écart grandit ; les courbes n’ont pas d’échelle. Chiffres publiés. {said}."
        ),
        tuple(body),
        ("Chiffre publié", "Valeur", "Sur qui", "Année"),
        clean((fact.what, fact.value, fact.population, fact.year) for fact in facts),
    )


def _curves() -> list[Element]:
    up = ((LEFT, 158), (150, 152), (260, 118), (404, 56))
    down = ((LEFT, 112), (150, 120), (260, 152), (404, 208))
    return [
        line((LEFT, BASE), (RIGHT, BASE), INK, 1.5),
        head((RIGHT + 12, BASE), (LEFT, BASE), INK),
        *(line((x, BASE - 18), (x, TOP + 20), LINE, 1.5, stroke_dasharray="3 5") for x in (404,)),
        path(up, "C", INK, 5, stroke_linecap="round"),
        path(down, "C", MONEY.tone.strong, 5, stroke_dasharray="11 8"),
        shape("chevron", (404, 56), 9, fill=INK),
        shape(MONEY.shape, (404, 208), 8, fill=MONEY.tone.strong),
        label((LEFT, 78), "Ressources habituelles", fill=MONEY.tone.strong, font_weight=700),
        label((LEFT, 98), "(dont les subventions)", size=SMALL, fill=MONEY.tone.strong),
        label((390, 40), "Besoins du terrain", font_weight=700, text_anchor="end"),
        label((WIDTH - 44, 138), "l’écart", font_weight=700, text_anchor="end"),
        label((LEFT, BASE + 22), "hier", size=SMALL, fill=INK_SOFT),
        label((RIGHT + 12, BASE + 22), "aujourd’hui", size=SMALL, fill=INK_SOFT, text_anchor="end"),
        label((WIDTH / 2, BASE + 46), SCHEMA, size=SMALL, fill=INK_SOFT, text_anchor="middle"),
    ]


def _fact(fact: Fact, y: float) -> tuple[list[Element], float]:
    """Drawn from the thin rule at ``y`` down; where the next one starts."""
    room, first = WIDTH - BESIDE, y + 26
    second = first + depth(fact.what, room)
    drawn = [
        line((0, y), (WIDTH, y), LINE, 1.5),
        label((0, first + 5), fact.value, size=23, font_weight=700),
        *paragraph((BESIDE, first), fact.what, room, size=SIZE, font_weight=600),
        *paragraph((BESIDE, second), fact.whom(), room, size=SMALL, fill=INK_SOFT),
    ]
    return drawn, second + depth(fact.whom(), room, SMALL)
