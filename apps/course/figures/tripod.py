"""Three pillars carry the project: the emblem, large, with its words (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures import emblem
from apps.core.figures.marks import shape
from apps.core.figures.palette import ACCENT, INK, PAPER, PILLARS
from apps.core.figures.svg import Element, Point, Svg, circle, polygon
from apps.core.microtypography import nbsp
from apps.course.figures.kit import SIZE, SMALL, WIDTH, centred, clean, label, told

SCALE, HEIGHT, TOP = WIDTH / 546, 394, -26
SHORT = ("celles et ceux qui font", "ce qui permet d’agir", "avec qui l’on agit")
# Where the name of each pillar stands.
PLACES: tuple[Point, ...] = ((220, 118), (110, 296), (330, 296))


@dataclass(frozen=True)
class Support:
    """A pillar and the question that it asks; in the order human, financial, alliances."""

    name: str
    question: str


def draw(supports: tuple[Support, ...]) -> Svg:
    rows = clean((support.name, support.question) for support in supports)
    body = [element for rank in range(3) for element in _pillar(rank, supports[rank].name)]
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(
            f"Votre projet, au centre, tient sur trois appuis. {told(rows)} "
            "Quand l’un porte tout, l’ensemble penche."
        ),
        (*body, *_project()),
        ("Appui", "La question à se poser"),
        rows,
    )


def _at(point: Point) -> Point:
    """From the sheet of the emblem to this one."""
    return (point[0] - 300) * SCALE + WIDTH / 2, point[1] * SCALE + TOP


def _pillar(rank: int, name: str) -> list[Element]:
    pillar, kite = PILLARS[rank], emblem.LARGE[rank]
    tone, (x, y) = pillar.tone, PLACES[rank]
    return [
        polygon(
            tuple(_at(point) for point in kite),
            fill=tone.strong,
            stroke=tone.strong,
            stroke_width=12,
            stroke_linejoin="round",
        ),
        shape(pillar.shape, (x, y - 36), 9, fill=tone.on),
        *centred((x, y), name, 100, size=SIZE, fill=tone.on, font_weight=700),
        *centred((x, y + 46), SHORT[rank], 104, size=SMALL, fill=tone.on),
    ]


def _project() -> list[Element]:
    at = _at((300, 341))
    return [
        circle(at, 50, fill=PAPER),
        circle(at, 42, fill=ACCENT, stroke=INK, stroke_width=4),
        label((at[0], at[1] - 4), "votre", size=SMALL, font_weight=700, text_anchor="middle"),
        label((at[0], at[1] + 15), "projet", size=SMALL, font_weight=700, text_anchor="middle"),
    ]
