"""The barycentre year by year in the triangle of the three pillars (pure): the house’s own figure, and the way through it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apps.core.figures import ternary
from apps.core.figures.palette import INK, LEAF, PILLARS
from apps.core.figures.svg import Element, Svg, circle, el
from apps.core.figures.ternary import TRIANGLE, Ternary
from apps.core.figures.triangle import Shares
from apps.core.microtypography import nbsp

GROUND = 18  # elements of the triangle’s ground: three kites, twelve lines, the edge, the cross


@dataclass(frozen=True, slots=True)
class Way:
    """``steps``: (label, shares), in the order of time, at least one; ``target``: of the démarche, or None."""

    steps: tuple[tuple[str, Shares], ...]
    target: Shares | None = None


def draw(data: Way) -> Svg:
    (first, start), (last, end) = data.steps[0], data.steps[-1]
    drawn = ternary.draw(Ternary(end, last, start if len(data.steps) > 1 else None, first, data.target))
    told = ". ".join(f"{label} : {shares.sentence()}" for label, shares in data.steps)
    goal = f". Cible : {data.target.sentence()}" if data.target else ""
    lines = [(label, *shares.texts()) for label, shares in data.steps]
    lines += [("cible", *data.target.texts())] if data.target else []
    return replace(
        drawn,
        alt=nbsp(f"Barycentre année par année. {told}{goal}."),
        body=(*drawn.body[:GROUND], *way(data.steps), *drawn.body[GROUND:]),
        header=("Année", *(pillar.name for pillar in PILLARS)),
        rows=tuple(lines),
    )


def way(steps: tuple[tuple[str, Shares], ...]) -> list[Element]:
    points = [TRIANGLE.point(shares) for _, shares in steps]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = [el("polyline", points=joined, fill="none", stroke=INK, stroke_width=3, stroke_linejoin="round")]
    return [*drawn, *(circle(point, 5, fill=LEAF, stroke=INK, stroke_width=2) for point in points[1:-1])]
