"""What is left of a whole once visible parts are taken away, at one date or across several (pure; A2, A3, A7, A8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.dashboards.audit.bounds import Interval, minus, plus
from apps.dashboards.audit.groups import Partition, aliases
from apps.dashboards.audit.seen import Case, Place, Precision, Read, Seen
from apps.dashboards.disclosure.cells import Exact

# A count known within less than this, or a mean within less than that, is known.
NARROW_COUNT = 5
NARROW_MEAN = 50


@dataclass(frozen=True, slots=True)
class Term:
    """One published number of a subtraction, with the truth behind it."""

    cell: Read
    exact: Exact
    precision: Precision

    @property
    def count(self) -> Interval:
        return self.precision.count(self.cell.n)

    @property
    def error(self) -> Fraction:
        """Uncertainty of the sum of the scores, whoever knows how many there are."""
        return self.exact.n * self.precision.mean

    @property
    def total(self) -> Fraction:
        return self.exact.n * Fraction(str(self.cell.values["mean"]))


@dataclass(frozen=True, slots=True)
class Remainder:
    """``wholes``: what is subtracted from (one number, or the parts of another table that make it up); ``used``: what is
    taken away; ``group``: associations really left, ``is_pure`` when all of them were in the whole.
    """

    wholes: Sequence[Term]
    used: Sequence[Term]
    group: int
    held: int
    is_pure: bool

    @property
    def count(self) -> Interval | None:
        """Feasible interval of what is left; None when what is derived is not the truth."""
        low, high = minus(plus([t.count for t in self.wholes]), plus([t.count for t in self.used]))
        real = sum(t.exact.n for t in self.wholes) - sum(t.exact.n for t in self.used)
        if not low <= real <= high:
            return None
        return (max(low, Fraction(0)), high) if self.is_pure else (low, high)

    @property
    def mean_width(self) -> Fraction | None:
        """How wide the feasible interval of the group's mean is, to whoever knows all the counts."""
        if not self.group:
            return None
        error = sum((t.error for t in (*self.wholes, *self.used)), Fraction())
        if not self.is_pure:
            return 2 * error / self.group
        rest = sum((t.total for t in self.wholes), Fraction()) - sum((t.total for t in self.used), Fraction())
        low, high = (rest - error) / self.group, (rest + error) / self.group
        width = min(high, Fraction(100)) - max(low, Fraction(0))
        return width if width >= 0 else None

    @property
    def tells_count(self) -> bool:
        return self.count is not None and self.count[1] - self.count[0] < NARROW_COUNT

    @property
    def is_sure(self) -> bool:
        """Where no cell stands for the group, equal rounded numbers do not tell that there is one."""
        return self.count is not None and self.count[0] >= 1

    @property
    def tells_mean(self) -> bool:
        return self.mean_width is not None and self.mean_width < NARROW_MEAN


def term(case: Case, seen: Seen, place: Place) -> Term | None:
    cell, exact = seen.shown(place), case.exact(seen, place)
    return Term(cell, exact, seen.precision) if cell is not None and exact is not None else None


def told_as(case: Case, seen: Seen, place: Place) -> Term | None:
    """The cell, or another one of the release that counts exactly the same group."""
    own = term(case, seen, place)
    if own is not None:
        return own
    exact = case.at(seen.key, place)
    for other in aliases(place):
        found = term(case, seen, other)
        if found and exact and (found.exact.n, found.cell.origin) == (exact.n, seen.key):
            return found
    return None


def at_once(case: Case, seen: Seen, partition: Partition) -> Remainder | None:
    """Inside one release, when whole and parts are of that release."""
    whole = term(case, seen, partition.whole)
    if whole is None or whole.cell.origin != seen.key:
        return None
    used = []
    for place in partition.parts:
        found = term(case, seen, place) if partition.is_mean else told_as(case, seen, place)
        if found is not None and found.cell.origin == seen.key:
            used.append(found)
    group = whole.exact.n - sum(t.exact.n for t in used)
    held = whole.exact.held - sum(t.exact.held for t in used)
    return Remainder([whole], used, group, max(0, held), is_pure=True) if used and group >= 0 else None


def across(case: Case, partition: Partition, when: Seen) -> Remainder | None:
    """The whole as ``when`` told it, minus the closest value ever told of each part."""
    whole = term(case, when, partition.whole)
    if whole is None:
        return None
    date, used, group, is_pure = whole.cell.origin, list[Term](), 0, True
    held, counted = 0, 0
    for place in partition.parts:
        there = case.at(date, place)
        if there is None:
            return None
        counted += there.n
        left, nearest = _nearest(case, place, date, there)
        group += left
        held += there.held if left else 0
        if nearest is not None:
            used.append(nearest)
            is_pure = is_pure and left == 0
    # Those that no part counts (no region was said) stay in the remainder.
    group += max(0, whole.exact.n - counted)
    return Remainder([whole], used, group, held, is_pure) if used else None


def _nearest(case: Case, place: Place, date: str, there: Exact) -> tuple[int, Term | None]:
    best: tuple[int, Term | None] = (there.n, None)
    for seen, cell in case.told(place):
        moved, exact = case.moved(place, date, cell.origin), case.at(cell.origin, place)
        if moved is not None and exact is not None and moved < best[0]:
            best = (moved, Term(cell, exact, seen.precision))
    return best
