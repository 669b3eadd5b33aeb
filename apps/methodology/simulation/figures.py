"""The figures of a scenario, once for all: page, slider, dossier and workbook read these, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Engagement, Seat
from apps.methodology.simulation import reading
from apps.methodology.simulation.reading import Future, Start
from apps.methodology.tools.simulation import TOOL
from apps.simulator.plan import Plan
from apps.simulator.study import Study, study


def sheet_of(place: Place) -> Sheet:
    """Settings, exercises, scenarios and their hypotheses. 2 queries."""
    return Sheet.of(place, TOOL)


def sheet_for_files(engagement: Engagement) -> Sheet:
    """The same for a file or a worker: nobody’s place. Who may have the file is asked before."""
    return sheet_of(Place(engagement, Seat(engagement=engagement)))


def of(sheet: Sheet, scenario: UUID, tried: Mapping[str, Decimal] | None = None) -> Study | None:
    """The whole study of a scenario. None without a base, or for a scenario that is not there."""
    begin, row = reading.start(sheet), sheet.row(scenario)
    if begin is None or row is None or row.kind.code != "scenario":
        return None
    return counted(reading.future(sheet, begin, row).plan, tried)


def every(sheet: Sheet) -> tuple[Start, Study, list[tuple[Future, Study]]] | None:
    """The base alone, then each scenario in its order. None without a base."""
    begin = reading.start(sheet)
    if begin is None:
        return None
    found = [(one, counted(one.plan)) for one in reading.futures(sheet, begin)]
    return begin, counted(reading.nothing(begin)), found


def counted(plan: Plan, tried: Mapping[str, Decimal] | None = None) -> Study:
    """What was counted lately is kept: a page shows again what its slider showed."""
    return _kept(Known(plan.tried(tried) if tried else plan))


class Known:
    """A plan known by all that it says."""

    __slots__ = ("plan", "text")

    def __init__(self, plan: Plan) -> None:
        self.plan, self.text = plan, repr(plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=64)
def _kept(known: Known) -> Study:
    return study(known.plan)
