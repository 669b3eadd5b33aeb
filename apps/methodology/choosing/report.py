"""What every file of the dossier says of the simulation and of the votes: the texts and tables of the screen, the numbers
of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.choosing import ballots, costing, selectors
from apps.methodology.choosing.ballots import Ballot
from apps.methodology.models import Engagement
from apps.methodology.simulation import figures, pictures, reading, words
from apps.methodology.simulation.comparison import doubts, lines, started
from apps.methodology.simulation.pictures import Shown, Table
from apps.methodology.simulation.reading import Said, Start
from apps.simulator.sorts import SORTS
from apps.simulator.study import Study

ALONE = "Sans hypothèse"
NO_CENTRAL = "–"
COMPARED = "Les futurs en chiffres"


@dataclass(frozen=True, slots=True)
class Line:
    """A hypothesis. ``fault``: why it is not counted, "" when it is."""

    title: str
    sort: str
    low: str
    mid: str
    high: str
    when: str
    details: tuple[str, ...]
    notes: str
    fault: str


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario, or the base alone. ``ballot``: None where nobody votes, or where votes do not go."""

    title: str
    is_chosen: bool
    lines: tuple[Line, ...]
    shown: Shown | None
    study: Study | None
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class Report:
    """``start``: where everything starts from, in sentences and facts; () without a base. ``compared``: of the screen."""

    start: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    alone: Told | None
    scenarios: tuple[Told, ...]
    compared: Table | None = None

    def without_votes(self) -> Report:
        """They name people: they stay in the démarche."""
        return replace(self, scenarios=tuple(replace(one, ballot=None) for one in self.scenarios))


def report(engagement: Engagement, name: Callable[[Any], str]) -> Report | None:
    """None without any scenario. ``name``: of a seat, as files say it. 5 queries."""
    sheet = figures.sheet_for_files(engagement)
    rows = sheet.rows("scenario")
    if not rows:
        return None
    cast = votes(engagement, [row.id for row in rows], name)
    found = figures.every(sheet)
    if found is None:
        bare = [Told(row.title, chosen(row), lines_of(sheet, row), None, None, cast[row.id]) for row in rows]
        return Report((), (), None, tuple(bare))
    begin, alone, futures = found
    aim = sheet.single("target").get("balance") or None
    scenarios = [
        Told(
            one.row.title, chosen(one.row), told(one.said), pictures.show(study, aim), study, cast[one.row.id]
        )
        for one, study in futures
    ]
    base = Told(ALONE, False, (), pictures.show(alone, aim), alone, None)
    start = (started(begin), *doubts(begin))
    return Report(start, balances(begin), base, tuple(scenarios), side_by_side(base, scenarios))


def side_by_side(base: Told, scenarios: list[Told]) -> Table | None:
    """The table of the tool’s page."""
    told = [one for one in (base, *scenarios) if one.study]
    if not base.study:
        return None
    rows = [(label, *(cell(one.study) for one in told if one.study)) for label, cell in lines(base.study)]
    return Table(COMPARED, ("", *(one.title for one in told)), tuple(rows))


def votes(engagement: Engagement, scenarios: list[UUID], name: Callable[[Any], str]) -> Mapping[UUID, Ballot]:
    pk = engagement.pk
    return ballots.ballots(
        scenarios, list(selectors.votes_of(pk)), selectors.voters(pk), selectors.changed(pk), name
    )


def chosen(row: Row) -> bool:
    return bool(row.get("is_chosen"))


def lines_of(sheet: Sheet, scenario: Row) -> tuple[Line, ...]:
    """Before there is a base: what is written, without a word on what counts."""
    rows = sheet.children(scenario, "hypothesis")
    return told(tuple(Said(row, reading.hypothesis_of(row)) for row in rows))


def told(said: tuple[Said, ...]) -> tuple[Line, ...]:
    return tuple(line(one) for one in said)


def line(one: Said) -> Line:
    made, sort = one.hypothesis, SORTS.get(one.hypothesis.sort)
    has_mid = reading.decimal(one.row, "mid") is not None
    low, high = made.bounds
    return Line(
        title=made.title,
        sort=sort.label if sort else "",
        low=words.value(made, low) if has_mid else NO_CENTRAL,
        mid=words.value(made, made.mid) if has_mid else NO_CENTRAL,
        high=words.value(made, high) if has_mid else NO_CENTRAL,
        when=words.when(made),
        details=tuple(costing.details(made, with_cost=False)) if sort else (),
        notes=str(one.row.get("notes")),
        fault=" ".join(fault.sentence for fault in one.faults),
    )


def balances(begin: Start) -> tuple[tuple[str, str], ...]:
    base = begin.base
    return (
        ("Exercice de départ", str(base.year)),
        ("Trésorerie", words.money(base.treasury)),
        ("Fonds propres", words.money(base.equity)),
        ("Ce qu’on nous doit", words.money(base.receivables)),
        ("Ce que nous devons", words.money(base.payables)),
    )
