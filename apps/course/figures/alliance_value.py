"""What an alliance is worth: three gains and a cost, without numbers (pure; our own words)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import EDGE, INK, NEUTRAL, Tone
from apps.core.figures.svg import Element, Svg, line
from apps.core.microtypography import nbsp
from apps.course.figures.kit import HUMAN, LINKS, MONEY, SMALL, WIDTH, clean, depth, label, note

ROW, BAR, TOP = 84, 28, 4


@dataclass(frozen=True)
class Step:
    """``start`` and ``length`` say nothing but the order: there is no scale."""

    sign: str
    name: str
    words: str
    start: float
    length: float
    kind: str
    tone: Tone


STEPS = (
    Step("+", "Coûts évités", "ce que vous ne payez plus seuls", 0, 218, "solid", MONEY.tone),
    Step("+", "Apports non monétaires", "temps, locaux, savoir-faire", 218, 74, "dots", HUMAN.tone),
    Step("+", "Effets de levier", "ce que le nombre attire", 292, 106, "hatch", MONEY.tone),
    Step("−", "Ingénierie", "le temps passé à faire vivre l’alliance", 328, 70, "hollow", NEUTRAL),
    Step("=", "Valeur de l’alliance", "ce qui reste au projet", 0, 328, "solid", LINKS.tone),
)  # fmt: skip
SCHEMA = "Schéma sans échelle : à vous de mesurer chaque longueur."


def draw() -> Svg:
    rows = clean((step.sign, step.name, step.words) for step in STEPS)
    base = TOP + ROW * len(STEPS)
    said = " ; ".join(f"{step.sign} {step.name.lower()} ({step.words})" for step in STEPS)
    return Svg(
        WIDTH,
        base + depth(SCHEMA, WIDTH, SMALL) + 8,
        nbsp(f"Schéma sans échelle du calcul de la valeur d’une alliance. {said}."),
        (*(element for rank in range(len(STEPS)) for element in _row(rank)), *note(base + 16, SCHEMA)),
        ("Signe", "Part", "Ce que c’est"),
        rows,
    )


def _row(rank: int) -> list[Element]:
    step, y = STEPS[rank], TOP + ROW * rank
    x = 30 + step.start
    drawn = [
        label((0, y + 24), step.sign, size=26, font_weight=700),
        label((30, y + 18), step.name, size=18, font_weight=700),
        label((30, y + 38), step.words, size=SMALL),
        *filled(step.kind, x, y + 46, step.length, BAR, step.tone),
    ]
    if rank < len(STEPS) - 1:  # where the next one starts
        edge = x if step.sign == "−" else x + step.length
        drawn.append(line((edge, y + 46 + BAR), (edge, y + ROW + 46), EDGE, 1.5, stroke_dasharray="3 4"))
    if rank == len(STEPS) - 1:
        drawn.append(line((0, y - 4), (WIDTH, y - 4), INK, 2))
    return drawn
