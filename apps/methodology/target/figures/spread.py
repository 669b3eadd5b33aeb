"""The effort of each scenario over the three horizons, beside the published rows of the matrix (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures import efforts
from apps.core.figures.svg import Svg
from apps.core.microtypography import NARROW
from apps.methodology.target.figures.fitting import fitted

Three = tuple[int, int, int]


@dataclass(frozen=True)
class Published:
    """A row of the matrix. ``positions``: « au cœur »…, one a horizon; ``is_ours``: the row of associations."""

    name: str
    shares: Three
    positions: tuple[str, str, str]
    is_ours: bool = False


@dataclass(frozen=True)
class Own(efforts.Effort):
    """A scenario's own shares: it has no published position."""

    def cells(self) -> tuple[str, ...]:
        return tuple(f"{value}{NARROW}%" for value, _ in self.shares)


def draw(
    published: Sequence[Published], own: Sequence[tuple[str, Three]], horizons: Sequence[tuple[str, str]]
) -> Svg:
    """``own``: (name, shares) of each scenario, drawn first and strong."""
    typed = [Own(_short(name), tuple((value, "") for value in shares), strong=True) for name, shares in own]
    matrix = [
        efforts.Effort(row.name, tuple(zip(row.shares, row.positions, strict=True))) for row in published
    ]
    return efforts.draw([*typed, *matrix], horizons)


def _short(name: str) -> str:
    return fitted(name, efforts.SIZE, efforts.WIDTH - 4)
