"""The tools of the eight steps (pure). Step 4 also has a page of its own, where a campaign of the diagnostic is chosen."""

from __future__ import annotations

from apps.methodology.tools import (
    activities,
    crossed,
    follow_up,
    framing,
    levers,
    photograph,
    roadmap,
    simulation,
    target,
)
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind, Tool

__all__ = ["KINDS", "TOOLS", "TOOL_OF_KIND", "FieldSpec", "FieldType", "Kind", "Tool"]

ALL = (framing, activities, photograph, crossed, target, simulation, levers, roadmap, follow_up)
TOOLS: dict[str, Tool] = {module.TOOL.code: module.TOOL for module in ALL}
KINDS: dict[str, Kind] = {kind.code: kind for tool in TOOLS.values() for kind in tool.kinds}
TOOL_OF_KIND: dict[str, Tool] = {kind.code: tool for tool in TOOLS.values() for kind in tool.kinds}
