"""What earlier releases already told of a cell (rule 6, and rule 9 for the other scopes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.dashboards.disclosure.cells import HIDDEN, CellKey, Exact, Published
from apps.dashboards.disclosure.rules import Rules


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A published release of the last eight quarters, as this one's neighbours see it: tables by key."""

    release: str
    same_scope: bool
    published: Mapping[str, Mapping[CellKey, Published]]
    exact: Mapping[str, Mapping[CellKey, Exact]]


@dataclass(frozen=True, slots=True)
class Past:
    """One cell in the releases already published, newest first."""

    last: Published | None  # shown by the newest of this scope
    own: tuple[str, ...]  # releases of this scope whose value was shown
    others: tuple[str, ...]  # of other scopes


def past_of(table: str, cell: CellKey, earlier: Sequence[EarlierRelease]) -> Past:
    own = [found for e in earlier if e.same_scope and (found := e.published.get(table, {}).get(cell))]
    others = [found for e in earlier if not e.same_scope and (found := e.published.get(table, {}).get(cell))]
    last = own[0] if own and own[0].is_shown else None
    return Past(last, _told(own), _told(others))


def _told(cells: Iterable[Published]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.since for cell in cells if cell.is_shown))


def against_the_past(
    fresh: Published, reason: str, cell: Exact, past: Past, rules: Rules, release: str
) -> tuple[Published, str]:
    """The fresh cell, dated; or the last value again, or nothing, when too few have moved since one that was shown."""
    need = rules.need(cell.held)
    if past.last is not None and cell.moved.get(past.last.since, need) < need:
        return past.last, "moved" if cell.moved[past.last.since] else ""
    if not fresh.is_shown:
        return fresh, reason
    close = [told for told in (*past.own, *past.others) if 0 < cell.moved.get(told, need) < need]
    if not close:
        return replace(fresh, since=release), ""
    if past.last is not None:
        return past.last, "moved"
    return HIDDEN, "moved" if close[0] in past.own else "scopes"
