"""What a list of actions says (pure): order, delays, costs, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

DONE, DROPPED = "done", "dropped"
PILLARS = ("human", "financial", "alliances")
NO_PILLAR = ""


@dataclass(frozen=True, slots=True)
class Action:
    """``owner``: a name, or ""; ``after``: keys of those it must come after; ``pillar``: one of ``PILLARS``, or ""."""

    id: str
    title: str
    owner: str = ""
    starts: date | None = None
    due: date | None = None
    pillar: str = NO_PILLAR
    cost: Decimal | None = None
    after: tuple[str, ...] = ()
    progress: str = ""
    done_on: date | None = None
    indicator: str = ""

    @property
    def is_dropped(self) -> bool:
        return self.progress == DROPPED

    @property
    def is_done(self) -> bool:
        return self.progress == DONE or (self.done_on is not None and not self.is_dropped)

    @property
    def is_live(self) -> bool:
        """Still to be finished."""
        return not self.is_done and not self.is_dropped

    @property
    def first(self) -> date | None:
        """The first day it takes; its due date when no start is written, and that date when both are reversed."""
        if self.starts and self.due:
            return min(self.starts, self.due)
        return self.starts or self.due

    @property
    def last(self) -> date | None:
        return self.due or self.starts

    @property
    def ends(self) -> date | None:
        """When what waits for it may begin."""
        return self.done_on or self.due

    def is_late(self, today: date) -> bool:
        return self.is_live and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Early:
    """``action`` begins before ``before``, which it must come after, is over."""

    action: Action
    before: Action


@dataclass(frozen=True, slots=True)
class Order:
    """What does not hold in the order of the actions. ``stuck``: each waits for the next, the last for the first."""

    early: tuple[Early, ...] = ()
    orphans: tuple[Early, ...] = ()  # what it waits for was dropped
    reversed: tuple[Action, ...] = ()  # due before it starts
    stuck: tuple[tuple[Action, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.early or self.orphans or self.reversed or self.stuck)


def order(actions: Sequence[Action]) -> Order:
    """Done and dropped actions are past: what they waited for is no trouble any more."""
    known = {action.id: action for action in actions}
    circles = cycles([action for action in actions if action.is_live])
    together = {frozenset((a.id, b.id)) for circle in circles for a in circle for b in circle}
    waits = [
        Early(action, known[key])
        for action in actions
        if action.is_live
        for key in action.after
        if key in known and frozenset((action.id, key)) not in together
    ]
    return Order(
        early=tuple(wait for wait in waits if not wait.before.is_dropped and begins_too_soon(wait)),
        orphans=tuple(wait for wait in waits if wait.before.is_dropped),
        reversed=tuple(a for a in actions if a.is_live and a.starts and a.due and a.due < a.starts),
        stuck=circles,
    )


def begins_too_soon(wait: Early) -> bool:
    """An action done on an unknown day is done: nothing waits for it."""
    ends = None if wait.before.is_done and not wait.before.done_on else wait.before.ends
    return bool(wait.action.first and ends and wait.action.first < ends)


def cycles(actions: Sequence[Action]) -> tuple[tuple[Action, ...], ...]:
    """One circle of waits for each knot, the shortest through its first action; an action may wait for itself."""
    known = {action.id: action for action in actions}
    edges = {key: [one for one in action.after if one in known] for key, action in known.items()}
    found: list[tuple[Action, ...]] = []
    told: set[str] = set()
    for key in known:
        if key in told:
            continue
        if circle := shortest_circle(key, edges):
            found.append(tuple(known[one] for one in circle))
            told |= knot_of(key, edges)
    return tuple(found)


def shortest_circle(start: str, edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Keys from ``start`` to the last before it again; [] when nothing leads back to it."""
    came: dict[str, str] = {}
    queue = [start]
    for key in queue:
        for after in edges[key]:
            if after == start:
                path = [key]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return path[::-1]
            if after not in came:
                came[after] = key
                queue.append(after)
    return []


def reached(start: str, edges: Mapping[str, Sequence[str]]) -> set[str]:
    seen, queue = {start}, [start]
    for key in queue:
        fresh = [one for one in edges.get(key, ()) if one not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return seen


def knot_of(start: str, edges: Mapping[str, Sequence[str]]) -> set[str]:
    """All those that wait for ``start`` and that it waits for."""
    back: dict[str, list[str]] = {}
    for key, afters in edges.items():
        for after in afters:
            back.setdefault(after, []).append(key)
    return reached(start, edges) & reached(start, back)


@dataclass(frozen=True, slots=True)
class YearCost:
    """``year``: None for actions without a date. ``parts``: by pillar, "" last for none."""

    year: int | None
    parts: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.parts.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Costs:
    """An action is counted in the year it is due. ``unknown``: how many live actions have no cost."""

    years: tuple[YearCost, ...] = ()
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    unknown: int = 0

    @property
    def total(self) -> Decimal:
        return sum(self.parts.values(), Decimal(0))


def costs(actions: Iterable[Action]) -> Costs:
    """Of all but the dropped ones."""
    kept = [action for action in actions if not action.is_dropped]
    by_year: dict[int | None, dict[str, Decimal]] = {}
    parts: dict[str, Decimal] = {}
    for action in kept:
        if action.cost is None:
            continue
        year = action.last.year if action.last else None
        line = by_year.setdefault(year, {})
        line[action.pillar] = line.get(action.pillar, Decimal(0)) + action.cost
        parts[action.pillar] = parts.get(action.pillar, Decimal(0)) + action.cost
    years = sorted(by_year, key=lambda year: (year is None, year))
    unknown = sum(action.cost is None for action in kept)
    return Costs(tuple(YearCost(year, by_year[year]) for year in years), parts, unknown)


@dataclass(frozen=True, slots=True)
class Lacks:
    """Live actions that nobody answers for, or that no date holds."""

    owner: tuple[Action, ...]
    due: tuple[Action, ...]


def lacks(actions: Iterable[Action]) -> Lacks:
    live = [action for action in actions if action.is_live]
    return Lacks(tuple(a for a in live if not a.owner), tuple(a for a in live if a.due is None))


def late(actions: Iterable[Action], today: date) -> list[Action]:
    """The longest first."""
    return sorted((a for a in actions if a.is_late(today)), key=lambda a: (a.due or today, a.title))
