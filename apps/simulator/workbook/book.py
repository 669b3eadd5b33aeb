"""What a workbook is made of (pure): the scenarios to write, with the platform's own figures beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from apps.simulator.plan import Plan

if TYPE_CHECKING:
    from apps.simulator.outcome import Band, Projection, Swing


@dataclass(frozen=True, slots=True)
class Scenario:
    """``plan``: only the hypotheses that are calculated. ``band`` and ``swings`` may be left out."""

    title: str
    plan: Plan
    projection: Projection
    band: Band | None = None
    swings: tuple[Swing, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """``scenarios``: one at least, ``build.MOST_SCENARIOS`` at most."""

    title: str
    association: str
    made_on: date
    scenarios: list[Scenario]
