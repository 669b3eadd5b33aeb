"""Published figures shown beside an indicator: with source, year and population, never as norms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apps.catalogue.models import ReferencePoint
from apps.core.sources import SourceStatus
from apps.core.typography import nbsp

MOST = 2  # beside one indicator


@dataclass(frozen=True, slots=True)
class Reference:
    text: str
    population: str
    note: str
    source: str
    proposal: bool

    @property
    def origin(self) -> tuple[str, str, bool]:
        return (self.population, self.source, self.proposal)


class References:
    """The points of one kind of organisation: employers and others are never mixed when one knows which."""

    def __init__(self, points: Iterable[ReferencePoint], has_employees: bool | None) -> None:
        self._points = [point for point in points if _concerns(point, has_employees)]

    def of(self, indicator: str) -> Sequence[Reference]:
        """The first ones; a weak source only where there is no sound one."""
        found = [point for point in self._points if point.indicator == indicator and point.number is not None]
        sound = [point for point in found if point.status != SourceStatus.WEAK]
        return [_reference(point) for point in (sound or found)[:MOST]]

    def grouped(self, indicator: str) -> Sequence[Reference]:
        """The same, two figures of one survey said together: its name is long."""
        found: list[Reference] = []
        for reference in self.of(indicator):
            if found and found[-1].origin == reference.origin:
                found[-1] = replace(found[-1], text=f"{found[-1].text}. {reference.text}")
            else:
                found.append(reference)
        return found

    def first(self, indicator: str) -> Reference | None:
        return next(iter(self.of(indicator)), None)


def _concerns(point: ReferencePoint, has_employees: bool | None) -> bool:
    population = point.population.lower()
    if has_employees is True:
        return "sans salarié" not in population
    if has_employees is False:
        return "employeuses" not in population
    return True


def _reference(point: ReferencePoint) -> Reference:
    weak = "source fragile" if point.status == SourceStatus.WEAK else ""
    dated = "" if point.source_year in point.source_label else point.source_year
    source = ", ".join(part for part in (point.source_label, dated, weak) if part)
    when = f", {point.year}" if point.year else ""
    return Reference(
        nbsp(f"{point.name} : {point.value}"),
        nbsp(f"{point.population}{when}"),
        nbsp(point.note),
        nbsp(source),
        point.is_proposal,
    )
