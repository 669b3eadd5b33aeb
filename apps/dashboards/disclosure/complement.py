"""What subtraction would give: the cells that share out a population, together with its whole (attacks A2 and A8).

Each release s tells the whole T(s). A reader takes away from it, cell by cell, the closest value ever shown: what
remains is a group, which must be empty or large enough. The same holds of what T gained from one release to another,
less what the cells gained. ``moved`` says how far two values of a cell are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.dashboards.disclosure.cells import HIDDEN, CellKey, Exact, Published
from apps.dashboards.disclosure.past import EarlierRelease, Past, past_of
from apps.dashboards.disclosure.rules import Rules

NOWHERE: CellKey = ("", "")


@dataclass
class Share:
    """A cell of the group; ``cell`` is what would be published of it now."""

    key: CellKey
    exact: Exact
    past: Past
    cell: Published
    history: Mapping[str, Exact]  # its exact values in earlier releases of this scope

    def is_fresh(self, release: str) -> bool:
        """Shown with a value that no earlier release told."""
        told = (*self.past.own, *self.past.others)
        return (
            self.cell.is_shown
            and self.cell.since == release
            and all(self.exact.moved.get(t) != 0 for t in told)
        )

    def distance(self, at: str, release: str) -> int:
        """Associations by which its closest shown value misses the one it had in release ``at``."""
        there = self.exact if at == release else self.history.get(at)
        if there is None:
            return 0
        known = list(self.past.own)
        if self.cell.is_shown and self.cell.since == release:
            known.append(release)
        return min([there.n, *(self._between(at, told, release) for told in known)])

    def gained(self, at: str, release: str) -> int:
        """Associations by which what it gained since ``at`` is missed."""
        if at not in self.history:
            return 0
        return min(
            self._between(release, at, release), self.distance(release, release) + self.distance(at, release)
        )

    def _between(self, one: str, other: str, release: str) -> int:
        if one == other:
            return 0
        for newer, older in ((one, other), (other, one)):
            exact = self.exact if newer == release else self.history.get(newer)
            if exact is not None and older in exact.moved:
                return exact.moved[older]
        if self.key == NOWHERE:
            return abs(self._n(one, release) - self._n(other, release))
        return self._n(one, release)

    def _n(self, at: str, release: str) -> int:
        return self.exact.n if at == release else self.history[at].n if at in self.history else 0

    def hold_back(self) -> None:
        self.cell = self.past.last or HIDDEN


def protect_group(
    table: str,
    group: Mapping[CellKey, tuple[Exact, Published]],
    earlier: Sequence[EarlierRelease],
    rules: Rules,
    release: str,
    outside: Mapping[str, int],
) -> dict[CellKey, Published]:
    """The cells that must be held back, so that every remainder is empty or large enough.

    ``outside``: by release, associations of the whole that no cell of the group counts (no région given…).
    """
    own = [e for e in earlier if e.same_scope]
    shares = [
        Share(
            key,
            exact,
            past_of(table, key, earlier),
            cell,
            {e.release: found for e in own if (found := e.exact.get(table, {}).get(key))},
        )
        for key, (exact, cell) in group.items()
    ]
    shares.append(nowhere(outside, release))
    held: dict[CellKey, Published] = {}
    while (share := next_to_hold(shares, [e.release for e in own], rules, release)) is not None:
        share.hold_back()
        held[share.key] = share.cell
    return held


def nowhere(outside: Mapping[str, int], release: str) -> Share:
    """Those of the whole that are in no cell: never shown, they are always in what remains."""
    told = {there: Exact(n) for there, n in outside.items()}
    return Share(NOWHERE, told.pop(release, Exact(0)), Past(None, (), ()), HIDDEN, told)


def next_to_hold(shares: Sequence[Share], past: Sequence[str], rules: Rules, release: str) -> Share | None:
    """The smallest fresh cell, while some remainder is too small; None when all is well or nothing is left to hold."""
    fresh = [share for share in shares if share.is_fresh(release)]
    if not fresh:
        return None
    for at in (release, *past):
        if is_too_small(remainder(shares, at, release), held_of(shares, at, release), rules):
            told_before = sum(_before(share, at, release) for share in shares)
            if at == release or remainder(shares, at, release) != told_before:
                return smallest(fresh)
        movers = [share for share in shares if share.gained(at, release)]
        gained = sum(share.gained(at, release) for share in movers)
        if at != release and is_too_small(gained, sum(share.exact.held for share in movers), rules):
            return smallest(fresh)
    return None


def smallest(shares: Sequence[Share]) -> Share:
    return min(shares, key=lambda share: (share.exact.n, share.key))


def remainder(shares: Sequence[Share], at: str, release: str) -> int:
    return sum(share.distance(at, release) for share in shares)


def _before(share: Share, at: str, release: str) -> int:
    """The distance without what this release adds."""
    there = share.history.get(at)
    if there is None:
        return 0
    return min([there.n, *(share._between(at, told, release) for told in share.past.own)])


def held_of(shares: Sequence[Share], at: str, release: str) -> int:
    return sum(share.exact.held for share in shares if share.distance(at, release))


def is_too_small(group: int, held: int, rules: Rules) -> bool:
    return 0 < group < rules.need(held)
