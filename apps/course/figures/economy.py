"""Finance is one part of the economy of a project, beside value, people and links (pure)."""

from __future__ import annotations

from apps.core.figures.fills import filled
from apps.core.figures.marks import shape
from apps.core.figures.palette import ACCENT, INK, LEAF, NEUTRAL, SAND, Tone
from apps.core.figures.svg import Element, Svg, circle, rect
from apps.core.microtypography import nbsp
from apps.course.figures.kit import HUMAN, LINKS, MONEY, SIZE, SMALL, WIDTH, clean, label, paragraph, told

PARTS = (
    ("La valeur", "ce que le projet change, pour qui, et ce que cela épargne à d’autres"),
    ("Les personnes", "leur temps, leurs compétences, leur envie d’agir"),
    ("Les liens", "la confiance, l’entraide, ce que l’on fait à plusieurs"),
    ("La finance", "l’argent qui entre, qui sort et qui reste : une part, pas le tout"),
)
TILE_WIDTH, TILE_HEIGHT, EDGES, TOP = 202, 144, 14, 50


def draw() -> Svg:
    rows = clean(PARTS)
    height = TOP + 2 * TILE_HEIGHT + 8 + EDGES
    frame = rect(1, 1, WIDTH - 2, height - 2, fill=SAND, stroke=INK, stroke_width=2, rx=6)
    title = label((EDGES, 33), "L’économie de votre projet", size=21, font_weight=700)
    return Svg(
        WIDTH,
        height,
        nbsp(
            f"L’économie d’un projet est un grand cadre qui tient quatre parts. {told(rows)}. "
            "La finance est l’une d’elles."
        ),
        (frame, title, *(element for rank in range(4) for element in _tile(rank))),
        ("Part de l’économie du projet", "Ce qu’elle contient"),
        rows,
    )


def _tile(rank: int) -> list[Element]:
    name, words = PARTS[rank]
    x = EDGES + rank % 2 * (TILE_WIDTH + 8)
    y = TOP + rank // 2 * (TILE_HEIGHT + 8)
    tone, fill, ink = _colours(rank)
    ground = rect(x, y, TILE_WIDTH, TILE_HEIGHT, fill=fill, rx=3)
    return [
        ground,
        *([] if rank == 3 else filled("solid", x, y, 6, TILE_HEIGHT, tone)),
        _mark(rank, x + 26, y + 27, tone),
        label((x + 43, y + 33), name, size=19, fill=ink, font_weight=700),
        *paragraph((x + 18, y + 64), words, TILE_WIDTH - 30, size=SMALL if rank != 3 else SIZE - 1, fill=ink),
    ]


def _colours(rank: int) -> tuple[Tone, str, str]:
    """(tone, ground, ink); finance is full."""
    tone = (NEUTRAL, HUMAN.tone, LINKS.tone, MONEY.tone)[rank]
    return (tone, tone.strong, tone.on) if rank == 3 else (tone, LEAF, INK)


def _mark(rank: int, x: float, y: float, tone: Tone) -> Element:
    if rank == 0:  # the balance point stands for the project itself
        return circle((x, y), 8, fill=ACCENT, stroke=INK, stroke_width=3)
    pillar = (HUMAN, LINKS, MONEY)[rank - 1]
    return shape(pillar.shape, (x, y), 9, fill=tone.on if rank == 3 else tone.strong)
