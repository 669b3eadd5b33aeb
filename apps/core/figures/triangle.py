"""Barycentric coordinates of the three pillars, shared by the emblem and the ternary."""

from dataclasses import dataclass

from apps.core.figures.palette import PILLARS
from apps.core.figures.svg import Point
from apps.core.typography import Number, exact, percent

THIRD = 1 / 3


@dataclass(frozen=True)
class Shares:
    """Weights of the three pillars, 0 or more; the sum is brought to 1, and a sum of 0 is a third each."""

    human: Number
    financial: Number
    alliances: Number

    def parts(self) -> tuple[float, float, float]:
        weights = tuple(float(exact(w)) for w in (self.human, self.financial, self.alliances))
        total = sum(weights)
        if min(weights) < 0:
            raise ValueError("a share is negative")
        human, financial, alliances = (w / total for w in weights) if total else (THIRD,) * 3
        return human, financial, alliances

    def texts(self) -> tuple[str, str, str]:
        """As given, « 44 % »: rounded shares may not sum to 100, and are not forced to."""
        human, financial, alliances = (percent(w) for w in (self.human, self.financial, self.alliances))
        return human, financial, alliances

    def sentence(self) -> str:
        return ", ".join(f"{p.name.lower()} {t}" for p, t in zip(PILLARS, self.texts(), strict=True))


@dataclass(frozen=True)
class Triangle:
    """Top is human, left financial, right alliances."""

    top: Point
    left: Point
    right: Point

    @property
    def corners(self) -> tuple[Point, Point, Point]:
        return self.top, self.left, self.right

    def at(self, human: float, financial: float, alliances: float) -> Point:
        weights = (human, financial, alliances)
        x, y = (sum(w * c[i] for w, c in zip(weights, self.corners, strict=True)) for i in (0, 1))
        return x, y

    def point(self, shares: Shares) -> Point:
        return self.at(*shares.parts())

    def kites(self) -> tuple[tuple[Point, ...], ...]:
        """One a pillar: its corner, the middles of its two sides, the centre."""
        centre = self.at(THIRD, THIRD, THIRD)
        foot, right, left = self.at(0, 0.5, 0.5), self.at(0.5, 0, 0.5), self.at(0.5, 0.5, 0)
        return (
            (self.top, right, centre, left),
            (self.left, left, centre, foot),
            (self.right, foot, centre, right),
        )
