"""The emblem: three kites for three pillars, the tripod in the paper between them, the balance point."""

from collections.abc import Collection
from functools import lru_cache

from apps.core.figures.palette import ACCENT, AXES, INK, PAPER, PILLARS
from apps.core.figures.svg import Element, Point, Svg, circle, polygon
from apps.core.figures.triangle import Shares, Triangle

Kites = tuple[tuple[Point, ...], ...]

# Drawn by hand, then rounded by a stroke of their own colour.
SMALL: Kites = (
    ((50, 11.9), (67.1, 41.4), (50, 51.3), (32.9, 41.4)),
    ((10.4, 80.4), (27.5, 50.9), (44.5, 60.7), (44.5, 80.4)),
    ((89.6, 80.4), (55.5, 80.4), (55.5, 60.7), (72.5, 50.9)),
)
LARGE: Kites = (
    ((300, 45), (423.8, 259.5), (300, 331), (176.2, 259.5)),
    ((36.8, 500.8), (160.7, 286.3), (284.5, 357.8), (284.5, 500.8)),
    ((563.2, 500.8), (315.5, 500.8), (315.5, 357.8), (439.3, 286.3)),
)
GROUND = Triangle(LARGE[0][0], LARGE[1][0], LARGE[2][0])
NAME = "Trajectoires socio-économiques"


@lru_cache
def logo() -> Svg:
    return _small(tuple(p.tone.strong for p in PILLARS), ACCENT, INK, NAME)


@lru_cache
def footer() -> Svg:
    """On ink: soft kites, the point inside out."""
    return _small(tuple(p.tone.soft for p in PILLARS), INK, ACCENT, NAME)


def signature(pillars: Collection[str]) -> Svg:
    """Full kites for the pillars at play (A, B, C), soft ones for the others. ValueError on another code."""
    if unknown := set(pillars) - {p.code for p in PILLARS}:
        raise ValueError(f"not a pillar: {sorted(unknown)}")
    fills = tuple(p.tone.strong if p.code in pillars else p.tone.soft for p in PILLARS)
    names = ", ".join(AXES[code].name.lower() for code in sorted(set(pillars))) or "aucun"
    return _small(fills, ACCENT, INK, f"Appuis en jeu\u00a0: {names}.")


def cover(balance: Shares) -> Svg:
    """For a page of paper: the point at the organisation's own balance."""
    at = GROUND.point(balance)
    body = (
        *_kites(LARGE, tuple(p.tone.strong for p in PILLARS), 16),
        circle(at, 30, fill=PAPER),
        circle(at, 19, fill=ACCENT, stroke=INK, stroke_width=5),
    )
    alt = f"Les trois appuis et le point d’équilibre\u00a0: {balance.sentence()}."
    rows = tuple((p.name, share) for p, share in zip(PILLARS, balance.texts(), strict=True))
    return Svg(600, 530, alt, body, ("Appui", "Part"), rows)


def _small(fills: tuple[str, ...], point: str, ring: str, alt: str) -> Svg:
    body = (*_kites(SMALL, fills, 4.4), circle((50, 57.6), 10, fill=point, stroke=ring, stroke_width=4))
    return Svg(100, 87, alt, body)


def _kites(kites: Kites, fills: tuple[str, ...], rounding: float) -> list[Element]:
    return [
        polygon(kite, fill=fill, stroke=fill, stroke_width=rounding, stroke_linejoin="round")
        for kite, fill in zip(kites, fills, strict=True)
    ]
