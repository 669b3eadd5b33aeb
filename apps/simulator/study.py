"""A scenario whole (pure): what a page, a file and a workbook show are these three, so that they cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass

from apps.simulator.draws import draw
from apps.simulator.effects import base_moves
from apps.simulator.money import EXACT
from apps.simulator.outcome import Band, Projection, Swing
from apps.simulator.plan import Plan
from apps.simulator.project import gather
from apps.simulator.sensitivity import mids_of, swings_of


@dataclass(frozen=True, slots=True)
class Study:
    plan: Plan
    projection: Projection
    band: Band
    swings: tuple[Swing, ...]


def study(plan: Plan, number: int = 10_000) -> Study:
    """``number`` of drawings. The central effects are counted once for the projection and the swings."""
    base, mids = base_moves(plan, EXACT), mids_of(plan)
    return Study(plan, gather(plan, base, mids), draw(plan, number), swings_of(plan, base, mids))
