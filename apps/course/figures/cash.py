"""Associations with less than three months of cash, out of a hundred: two populations (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.palette import FINANCIAL
from apps.core.figures.svg import Element, Svg
from apps.core.microtypography import NARROW, nbsp
from apps.course.figures.kit import LARGE, SIZE, WIDTH, clean, hundred, label, note

PANEL, TOP = 200, 36


@dataclass(frozen=True)
class Group:
    """% of ``who`` that have ``what``."""

    share: int
    who: str  # « associations employeuses »


@dataclass(frozen=True)
class Cash:
    groups: tuple[Group, ...]
    what: str  # « Moins de trois mois de trésorerie »
    when: str  # « mars 2025 »


def draw(cash: Cash) -> Svg:
    body = [
        element for rank, group in enumerate(cash.groups) for element in _panel(group, TOP + PANEL * rank)
    ]
    said = " ; ".join(f"{group.share} sur 100 des {group.who}, soit {group.share} %" for group in cash.groups)
    title, end = f"{cash.what} ({cash.when})", TOP + PANEL * len(cash.groups)
    return Svg(
        WIDTH,
        end,
        nbsp(f"{cash.what}, {cash.when}. {said}."),
        (label((0, 18), title, font_weight=700), *body, *note(end - 12, "Un repère, pas une norme.")),
        ("Population", "Part", "Date"),
        clean((group.who, f"{group.share} %", cash.when) for group in cash.groups),
    )


def _panel(group: Group, y: float) -> list[Element]:
    return [
        label((0, y + 36), f"{group.share}{NARROW}%", size=LARGE + 8, font_weight=700),
        label((106, y + 34), f"des {group.who}", size=SIZE + 1, font_weight=600),
        *hundred(group.share, (0, y + 56), "square", FINANCIAL),
    ]
