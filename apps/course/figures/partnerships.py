"""Four types of partnership in two populations; a partnership and an alliance, side by side (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures.fills import filled
from apps.core.figures.palette import ACCENT, INK, INK_SOFT, LINE, NEUTRAL, Tone
from apps.core.figures.svg import Element, Point, Svg, circle, line, polygon
from apps.core.microtypography import nbsp
from apps.course.figures.kit import (
    LINKS,
    SMALL,
    WIDTH,
    arrow,
    clean,
    depth,
    label,
    note,
    paragraph,
    told,
)  # fmt: skip

ROW, BAR, NUMBER = 54, 20, 62
WARNING = "Une organisation peut en pratiquer plusieurs : rien ne s’additionne, ni en ligne ni en colonne."


@dataclass(frozen=True)
class Kind:
    """A type of partnership: % of companies, % of associations that have partnerships."""

    name: str
    companies: int
    associations: int


@dataclass(frozen=True)
class Practice:
    kinds: tuple[Kind, ...]
    companies_year: str
    associations_year: str


def types(practice: Practice) -> Svg:
    companies = f"Entreprises (publié en {practice.companies_year})"
    associations = f"Associations ayant des partenariats ({practice.associations_year})"
    kinds = practice.kinds
    first = [(kind.name, kind.companies) for kind in kinds]
    second = [(kind.name, kind.associations) for kind in kinds]
    drawn, y = _panel(companies, first, "hatch", NEUTRAL, 0)
    more, end = _panel(associations, second, "solid", LINKS.tone, y + 20)
    said = [(companies, *_shares(first)), (associations, *_shares(second))]
    return Svg(
        WIDTH,
        end + 52,
        nbsp(f"Les types de partenariat dans deux populations, à lire séparément. {told(said)}. {WARNING}"),
        (*drawn, *more, *note(end + 20, WARNING)),
        ("Type de partenariat", companies, associations),
        clean((kind.name, f"{kind.companies} %", f"{kind.associations} %") for kind in kinds),
    )


def _shares(values: Sequence[tuple[str, int]]) -> list[str]:
    return [f"{name.lower()} {share} %" for name, share in values]


def _panel(
    title: str, values: Sequence[tuple[str, int]], kind: str, tone: Tone, y: float
) -> tuple[list[Element], float]:
    drawn = paragraph((0, y + 18), title, WIDTH, font_weight=700)
    y += depth(title, WIDTH) + 8
    for name, share in values:
        length = (WIDTH - NUMBER) * share / 100
        drawn += [
            label((0, y + 16), name, size=SMALL),
            line((0, y + 34), (WIDTH - NUMBER, y + 34), LINE, 1.5),
            *filled(kind, 0, y + 24, length, BAR, tone),
            label((WIDTH, y + 40), f"{share} %", font_weight=700, text_anchor="end"),
        ]
        y += ROW
    return drawn, y


SIDES = (
    ("Partenariat : face à face", "deux organisations se mettent d’accord sur une action commune"),
    ("Alliance : côte à côte", "plusieurs acteurs avancent ensemble vers un même enjeu du territoire"),
)
SCENE = 150


def face_or_side() -> Svg:
    rows = clean(part.split(" : ") + [words] for part, words in SIDES)
    body, y = [], 0.0
    for (title, words), scene in zip(SIDES, (_face, _side), strict=True):
        body += [label((0, y + 20), title, size=21, font_weight=700), *scene(y + 36)]
        body += paragraph((0, y + 36 + SCENE + 22), words, WIDTH, fill=INK_SOFT)
        y += 36 + SCENE + depth(words, WIDTH) + 34
    return Svg(
        WIDTH,
        y - 26,
        nbsp(f"Deux façons de faire ensemble. {told(rows)}."),
        tuple(body),
        ("Forme", "Position", "Ce que l’on fait"),
        rows,
    )


def _actor(at: Point, toward: str) -> list[Element]:
    """A body that looks to the right, to the left or up, and its head."""
    x, y = at
    dx, dy = {"right": (1, 0), "left": (-1, 0), "up": (0, -1)}[toward]
    corners = ((34, 0), (-22, 30), (-22, -30))
    turned = tuple((x + a * dx - b * dy, y + a * dy + b * dx) for a, b in corners)
    tone = LINKS.tone
    return [
        polygon(turned, fill=tone.strong, stroke=tone.strong, stroke_width=5, stroke_linejoin="round"),
        circle((x - 4 * dx, y - 4 * dy), 8, fill=tone.on),
    ]


def _ground(y: float) -> Element:
    return line((0, y + SCENE - 10), (WIDTH, y + SCENE - 10), LINE, 1.5)


def _face(y: float) -> list[Element]:
    middle = y + 74
    there, back = ((154, middle - 14), (286, middle - 14)), ((286, middle + 14), (154, middle + 14))
    return [
        *_actor((90, middle), "right"),
        *_actor((350, middle), "left"),
        *arrow(*there),
        *arrow(*back),
        label((220, middle - 30), "un accord", size=SMALL, font_weight=600, text_anchor="middle"),
        _ground(y),
    ]


def _side(y: float) -> list[Element]:
    goal = (220, y + 26)
    drawn = [circle(goal, 15, fill=ACCENT, stroke=INK, stroke_width=4)]
    for x in (70, 170, 270, 370):
        start = (x + (goal[0] - x) * 0.16, y + 62)
        end = (
            goal[0] + (x - goal[0]) * (0.32 if abs(x - 220) > 60 else 0.42),
            y + (34 if abs(x - 220) > 60 else 46),
        )
        drawn += [*_actor((x, y + 108), "up"), *arrow(start, end, INK_SOFT, 2, 9)]
    drawn.append(label((248, y + 16), "l’enjeu partagé", size=SMALL, font_weight=600))
    drawn.append(_ground(y))
    return drawn
