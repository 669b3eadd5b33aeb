"""Published figures that stand beside the alliance’s value: with their source, never in a calculation."""

from __future__ import annotations

from dataclasses import dataclass

from apps.catalogue.models import ReferencePoint
from apps.catalogue.published import kept
from apps.core.typography import nbsp

CODES = ("alliance-return",)


@dataclass(frozen=True, slots=True)
class Published:
    text: str
    note: str
    source: str


@kept
def published() -> list[Published]:
    """1 query after a change of the content."""
    return [
        Published(
            nbsp(f"{one.name} : {one.value}"),
            nbsp(f"{one.population}, {one.year}. {one.note}"),
            nbsp(f"Source : {one.source_label}, {one.source_year}."),
        )
        for one in ReferencePoint.objects.filter(code__in=CODES)
    ]
