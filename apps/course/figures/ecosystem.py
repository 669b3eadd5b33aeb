"""The seven models in a ring and what links them: one curve a pair, with a head at each end that receives (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from apps.core.figures.palette import ACCENT_SOFT, EDGE, INK, INK_SOFT, LEAF, SAND
from apps.core.figures.svg import Element, Point, Svg, polygon, rect
from apps.core.microtypography import nbsp
from apps.core.typography import join_list
from apps.course.figures.kit import SMALL, WIDTH, centred, clean, head, label, path

CENTRE, ACROSS, DOWN = (220.0, 240.0), 155.0, 208.0
HALF = (64.0, 26.0)  # of a box
HEIGHT, STEPS, GAP = 578, 120, 5
FAMILIES = {"public": "public", "prive": "privé", "hybride": "hybride d’intérêt général"}
MANY = {"public": "publics", "prive": "privés", "hybride": "hybrides d’intérêt général"}


@dataclass(frozen=True)
class Model:
    code: str
    name: str
    family: str  # a key of FAMILIES

    def short(self) -> str:
        bare = self.name.removeprefix("L’").removeprefix("Les ")
        return bare[:1].upper() + bare[1:]


@dataclass(frozen=True)
class Link:
    giver: str
    receiver: str
    what: str


def draw(models: tuple[Model, ...], links: tuple[Link, ...], focus: str) -> Svg:
    """``focus`` is the model of the reader: its links are darker."""
    places = {model.code: _place(rank, len(models)) for rank, model in enumerate(models)}
    names = {model.code: model.name for model in models}
    pairs = {(link.giver, link.receiver) for link in links}
    body: list[Element] = []
    for one, other in sorted(
        {(min(pair), max(pair)) for pair in pairs}, key=lambda pair: (focus in pair, pair)
    ):
        ends = (one, other)
        heads = ((other, one) in pairs, (one, other) in pairs)
        body += _curve(places[one], places[other], heads, strong=focus in ends)
    for model in models:
        body += _box(model, places[model.code], strong=model.code == focus)
    return Svg(
        WIDTH,
        HEIGHT,
        nbsp(_said(models, links, focus)),
        (*body, *_legend()),
        ("Ce qui vient de", "vers", "est"),
        clean((names[link.giver], names[link.receiver], link.what) for link in links),
    )


def _said(models: tuple[Model, ...], links: tuple[Link, ...], focus: str) -> str:
    families = " ; ".join(
        f"{len(group)} {MANY[family] if len(group) > 1 else one} : {join_list(group)}"
        for family, one in FAMILIES.items()
        if (group := [model.short().lower() for model in models if model.family == family])
    )
    name = next(model.short() for model in models if model.code == focus)
    given = sum(link.giver == focus for link in links)
    received = sum(link.receiver == focus for link in links)
    return (
        f"{len(models)} modèles en cercle, reliés par {len(links)} liens. {families}. "
        f"{name} : {received} liens reçus, {given} donnés. Le tableau dit chaque lien."
    )


def _place(rank: int, count: int) -> Point:
    """Wider than an ellipse at its foot, where two boxes stand side by side."""
    angle = 2 * math.pi * rank / count
    side = math.copysign(abs(math.sin(angle)) ** 0.78, math.sin(angle))
    return CENTRE[0] + ACROSS * side, CENTRE[1] - DOWN * math.cos(angle)


def _curve(start: Point, end: Point, heads: tuple[bool, bool], *, strong: bool) -> list[Element]:
    """Bent towards the centre, cut at the boxes; ``heads``: at the start, at the end."""
    bend = tuple((start[i] + end[i]) / 2 + (CENTRE[i] - (start[i] + end[i]) / 2) * 0.44 for i in (0, 1))
    route = [_along(start, (bend[0], bend[1]), end, step / STEPS) for step in range(STEPS + 1)]
    seen = [p for p in route if not _within(p, start) and not _within(p, end)]
    colour, width = (INK, 2.4) if strong else (EDGE, 1.5)
    first, last = (5 if heads[0] else 0), (-5 if heads[1] else len(seen))
    drawn = [path(seen[first:last][::4] + [seen[last - 1 if heads[1] else -1]], "L", colour, width)]
    if heads[0]:
        drawn.append(head(seen[0], seen[6], colour, 11))
    if heads[1]:
        drawn.append(head(seen[-1], seen[-7], colour, 11))
    return drawn


def _along(start: Point, bend: Point, end: Point, part: float) -> Point:
    rest = 1 - part
    x, y = (rest**2 * start[i] + 2 * rest * part * bend[i] + part**2 * end[i] for i in (0, 1))
    return x, y


def _within(point: Point, box: Point) -> bool:
    return all(abs(point[i] - box[i]) < HALF[i] + GAP for i in (0, 1))


def _box(model: Model, at: Point, *, strong: bool = False) -> list[Element]:
    fill = INK if model.family == "public" else LEAF
    words = centred(at, model.short(), 2 * HALF[0] - 6, size=SMALL, fill=LEAF if fill == INK else INK,
                    font_weight=600)  # fmt: skip
    return [_outline(model.family, at, HALF, strong=strong), *words]


def _outline(family: str, at: Point, half: Point, *, strong: bool = False) -> Element:
    """Square corners, round ends, cut corners."""
    (x, y), (across, down), width = at, half, 3.5 if strong else 2
    if family == "public":
        return rect(x - across, y - down, 2 * across, 2 * down, fill=INK)
    if family == "prive":
        return rect(
            x - across, y - down, 2 * across, 2 * down, fill=SAND, stroke=INK, stroke_width=2, rx=down
        )
    cut = down * 0.45
    corners = (
        (x - across + cut, y - down), (x + across - cut, y - down), (x + across, y - down + cut),
        (x + across, y + down - cut), (x + across - cut, y + down), (x - across + cut, y + down),
        (x - across, y + down - cut), (x - across, y - down + cut),
    )  # fmt: skip
    return polygon(corners, fill=ACCENT_SOFT, stroke=INK, stroke_width=width)


def _legend() -> list[Element]:
    drawn: list[Element] = []
    for (family, words), x in zip(FAMILIES.items(), (14, 116, 210), strict=True):
        drawn.append(_outline(family, (x, 500), (13, 9)))
        drawn.append(label((x + 21, 506), words, size=SMALL))
    head_line = "Une pointe : qui reçoit. Deux pointes : l’un et l’autre."
    return [
        *drawn,
        label((0, 541), head_line, size=SMALL, fill=INK_SOFT),
        label(
            (0, 565), "En trait fort : les liens de l’économie de l’engagement.", size=SMALL, fill=INK_SOFT
        ),
    ]
