"""The labels that facets count, from a sheet (pure): « goal:15 », « fragility:F04 », « year:2022 »…"""

from __future__ import annotations

from collections.abc import Collection

from apps.webinars.sheet import Sheet

# The laboratory that hosts every webinar: its own kind would be that of all cases.
HOST = "le-rameau"


def tags_of(sheet: Sheet, kinds: Collection[str]) -> list[str]:
    """``kinds``: those of the organisations that spoke, the host apart."""
    groups: tuple[tuple[str, Collection[object]], ...] = (
        ("goal", [*sheet.goals, *sheet.related_goals]),
        ("fragility", sheet.fragilities),
        ("pillar", sheet.pillars),
        ("year", [sheet.date.year] if sheet.date else []),
        ("cycle", [sheet.cycle] if sheet.cycle else []),
        ("kind", kinds),
        ("level", sheet.levels),
        ("region", sheet.regions),
        ("size", sheet.sizes),
    )
    return sorted({f"{name}:{code}" for name, codes in groups for code in codes})


def guests(sheet: Sheet) -> set[str]:
    """Slugs of the organisations that spoke, the host apart."""
    return {speaker.organisation for speaker in sheet.speakers} - {HOST}
