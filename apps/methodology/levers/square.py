"""The « carré magique »: four aims at the corners, each partnership where its aims pull it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from apps.core.figures.lettering import Box, text_width
from apps.core.figures.palette import ALLIANCES, INK, INK_SOFT, LEAF, LINE
from apps.core.figures.svg import Element, Point, Svg, line, rect, text
from apps.core.typography import count, join_list, nbsp

WIDTH, HEIGHT, SIZE = 440, 400, 17
MIDDLE: Point = (WIDTH / 2, HEIGHT / 2)
HALF = 150  # half a side
REACH = 0.86  # how near its corner a mark of one aim stands
MAIN = (
    3  # the weight of the main aim beside one of the others: two of them never pull a mark out of its quarter
)
TALL = 26
SQUARE = Box(MIDDLE[0] - HALF, MIDDLE[1] - HALF, MIDDLE[0] + HALF, MIDDLE[1] + HALF)
# Where a mark may step aside, the nearest first.
MOVES = sorted(product(range(-300, 301, 12), repeat=2), key=lambda move: (move[0] ** 2 + move[1] ** 2, move))
# Code → its corner, and its name in short.
CORNERS: dict[str, tuple[int, int, str]] = {
    "means": (-1, -1, "Moyens"),
    "reach": (1, -1, "Rayonnement"),
    "learning": (-1, 1, "Apprentissage"),
    "impact": (1, 1, "Effet sur le besoin"),
}
HEADER = (
    "N°",
    "Partenaire",
    "Type",
    "Objectif prioritaire",
    "Autres objectifs",
    "Étapes franchies",
    "Prochain pas",
)
STEPS = 7


@dataclass(frozen=True, slots=True)
class Partner:
    """``number``: its place in the list. ``main``, ``others``: codes of ``CORNERS``; ``steps``: how many of seven."""

    number: int
    title: str
    url: str
    type: str = ""
    main: str = ""
    others: tuple[str, ...] = ()
    steps: int = 0
    next: str = ""

    @property
    def is_placed(self) -> bool:
        return self.main in CORNERS

    @property
    def aim(self) -> str:
        """Its main aim in short, "" before it is said."""
        return CORNERS[self.main][2] if self.is_placed else ""


def draw(partners: Sequence[Partner]) -> Svg:
    """A mark a place: partnerships of the same aims share it."""
    shared: dict[Point, list[int]] = {}
    for one in partners:
        if one.is_placed:
            shared.setdefault(spot(one), []).append(one.number)
    taken: list[Box] = []
    marks = [element for at, numbers in shared.items() for element in mark(at, numbers, taken)]
    table = tuple(cells(one) for one in partners)
    return Svg(WIDTH, HEIGHT, alt(partners), (*frame(), *marks), HEADER, table)


def spot(one: Partner) -> Point:
    """The weighted middle of its corners."""
    weights = {code: 1 for code in one.others if code in CORNERS} | {one.main: MAIN}
    total = sum(weights.values())
    x = sum(CORNERS[code][0] * weight for code, weight in weights.items()) / total
    y = sum(CORNERS[code][1] * weight for code, weight in weights.items()) / total
    return (MIDDLE[0] + HALF * REACH * x, MIDDLE[1] + HALF * REACH * y)


def frame() -> list[Element]:
    left, top = MIDDLE[0] - HALF, MIDDLE[1] - HALF
    drawn = [
        rect(left, top, 2 * HALF, 2 * HALF, fill=LEAF, stroke=INK, stroke_width=2),
        line((MIDDLE[0], top), (MIDDLE[0], top + 2 * HALF), LINE, 1.5),
        line((left, MIDDLE[1]), (left + 2 * HALF, MIDDLE[1]), LINE, 1.5),
    ]
    for dx, dy, name in CORNERS.values():
        at = (MIDDLE[0] + HALF * dx, MIDDLE[1] + dy * (HALF + (14 if dy < 0 else 28)))
        anchor = "start" if dx < 0 else "end"
        drawn.append(text(at, name, size=SIZE, fill=INK_SOFT, font_weight=700, text_anchor=anchor))
    return drawn


def mark(at: Point, numbers: Sequence[int], taken: list[Box]) -> list[Element]:
    words = ", ".join(map(str, numbers[:2])) + (f" +{len(numbers) - 2}" if len(numbers) > 2 else "")
    wide = max(TALL, text_width(words, SIZE) + 14)
    box = free_box(at, wide, taken)
    taken.append(box)
    middle = (box.left + box.right) / 2
    return [
        rect(box.left, box.top, wide, TALL, rx=TALL / 2, fill=ALLIANCES.strong, stroke=LEAF, stroke_width=2),
        text(
            (middle, box.top + TALL / 2 + 6),
            words,
            size=SIZE,
            fill=ALLIANCES.on,
            font_weight=700,
            text_anchor="middle",
        ),
    ]


def free_box(at: Point, wide: float, taken: Sequence[Box]) -> Box:
    """Where its aims put it, or the nearest place in the square where it covers no other mark."""
    boxes = (box_at((at[0] + dx, at[1] + dy), wide) for dx, dy in MOVES)
    clear = (box for box in boxes if box.inside(SQUARE) and not any(box.overlap(other) for other in taken))
    return next(clear, box_at(at, wide))


def box_at(at: Point, wide: float) -> Box:
    return Box(at[0] - wide / 2, at[1] - TALL / 2, at[0] + wide / 2, at[1] + TALL / 2)


def alt(partners: Sequence[Partner]) -> str:
    placed = [
        f"{CORNERS[code][2].lower()}\u00a0: {join_list(names)}"
        for code in CORNERS
        if (names := [one.title for one in partners if one.main == code])
    ]
    return (
        nbsp(f"Le carré des objectifs. {'. '.join(placed)}.")
        if placed
        else "Le carré des objectifs, encore vide."
    )


def sentence(partners: Sequence[Partner], types: Sequence[str]) -> str:
    """``types``: the names of the four, in their order."""
    if not partners:
        return "Aucun partenariat pour l’instant."
    without = [name for name in types if all(one.type != name for one in partners)]
    parts = [count(len(partners), "partenariat", "partenariats")]
    if lost := sum(not one.is_placed for one in partners):
        parts.append(f"{lost} sans objectif prioritaire")
    if without and len(without) < len(types):
        parts.append("aucun de type " + " ni ".join(f"«\u00a0{name}\u00a0»" for name in without))
    return "\u00a0; ".join(parts) + "."


def cells(one: Partner) -> tuple[str, ...]:
    others = join_list(CORNERS[code][2] for code in one.others if code in CORNERS)
    return (
        str(one.number),
        one.title,
        one.type or "–",
        one.aim or "–",
        others or "–",
        f"{one.steps} sur {STEPS}",
        one.next or "–",
    )
