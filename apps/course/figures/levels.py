"""The levels of action, from the street to the world, and the published share of associations at each (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from apps.core.figures.palette import INK, LEAF, SAND
from apps.core.figures.svg import Element, Svg, rect
from apps.core.microtypography import nbsp
from apps.course.figures.kit import SIZE, WIDTH, clean, label, note

BAR, NARROWEST = 42, 260
# Ground, ink and edge of each group in turn.
GROUNDS = ((INK, LEAF), (SAND, INK), (LEAF, INK))


@dataclass(frozen=True)
class Level:
    """``share`` is « 56 % » of associations, or nothing."""

    name: str
    group: str
    share: str


@dataclass(frozen=True)
class Levels:
    levels: tuple[Level, ...]
    year: str  # of the shares


def draw(data: Levels) -> Svg:
    body: list[Element] = []
    y, done = 0.0, 0
    for rank, (name, rows) in enumerate(groupby(data.levels, key=lambda level: level.group)):
        group = list(rows)
        body.append(label((WIDTH / 2, y + 18), _head(name, group), size=SIZE, font_weight=700,
                          text_anchor="middle"))  # fmt: skip
        y += 30
        for level in group:
            body += _bar(level, y, _width(done, len(data.levels)), rank, alone=not _common(group))
            y, done = y + BAR + 4, done + 1
        y += 14
    words = (
        f"Part des associations qui y agissent ({data.year}, source fragile). Plusieurs réponses possibles : "
    )
    words += "ne pas additionner."
    return Svg(
        WIDTH,
        y + 46,
        nbsp(f"Les échelons, du plus proche au plus large. {_said(data)}. {words}"),
        (*body, *note(y + 12, words)),
        ("Échelon", "Groupe", "Part des associations", "Année"),
        clean((level.name, level.group, level.share or "–", data.year) for level in data.levels),
    )


def _common(group: list[Level]) -> bool:
    """One published figure for all the levels of the group."""
    return len(group) > 1 and len({level.share for level in group}) == 1


def _head(name: str, group: list[Level]) -> str:
    return f"{name} : {group[0].share}" if _common(group) and group[0].share else name


def _width(rank: int, count: int) -> float:
    return NARROWEST + (WIDTH - NARROWEST) * rank / max(1, count - 1)


def _bar(level: Level, y: float, width: float, rank: int, *, alone: bool) -> list[Element]:
    ground, ink = GROUNDS[rank % len(GROUNDS)]
    x = (WIDTH - width) / 2
    words = f"{level.name} : {level.share}" if alone and level.share else level.name
    return [
        rect(x + 1, y + 1, width - 2, BAR - 2, fill=ground, stroke=INK, stroke_width=2, rx=3),
        label(
            (WIDTH / 2, y + BAR / 2 + 6), words, size=SIZE, fill=ink, font_weight=600, text_anchor="middle"
        ),
    ]


def _said(data: Levels) -> str:
    return " ; ".join(
        f"{level.name} ({level.group.lower()}) : {level.share or 'non publié'}" for level in data.levels
    )
