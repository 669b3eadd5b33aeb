"""A4 and A9: one group inside another, in one release or across those of several funders (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.groups import AXIS_KEYS, EVERYBODY, nested_counts, nested_means
from apps.dashboards.audit.history import fresh
from apps.dashboards.audit.remainders import Remainder, Term, term
from apps.dashboards.audit.seen import Case, Place, Seen
from apps.dashboards.audit.words import cell_name, title

# Programmes whose figures are put together: one, two or three.
MOST_TOGETHER = 3
MANY = 25


def filters(case: Case) -> Findings:
    """A4: everything, minus what one reachable value shows: those of no such value."""
    out = Findings("A4", title("A4"))
    for whole, part in nested_means(case.subject):
        out.tried()
        left = _left(case, whole, part)
        if left is not None and left.tells_mean:
            out.found(f"{cell_name(case.subject, part)} : la moyenne de toutes les autres se retrouve.")
    _two_rows(case, out)
    for whole, part in nested_counts(case.subject):
        out.tried()
        left = _left(case, whole, part)
        if left is not None and left.tells_count and left.is_sure:
            out.found(f"{cell_name(case.subject, part)} : le nombre de toutes les autres se retrouve.")
    return out


def _two_rows(case: Case, out: Findings) -> None:
    """Two values of one filter that count nearly the same: one minus the other."""
    truth = case.truths.get(case.subject.key)
    for table, pairs in (truth.shared if truth else {}).items():
        for (row, other, column), both in pairs.items():
            out.tried()
            terms = [term(case, case.subject, Place(table, one, column)) for one in (row, other)]
            shown = sorted((t for t in terms if t is not None), key=lambda found: -found.exact.n)
            if len(shown) < 2 or shown[0].cell.origin != shown[1].cell.origin:
                continue
            large, small = shown
            group = large.exact.n + small.exact.n - 2 * both
            left = Remainder([large], [small], group, 0, is_pure=both == small.exact.n)
            if case.is_small(group) and left.tells_mean:
                name = cell_name(case.subject, Place(table, row, column))
                out.found(f"{name} : la moyenne de celles qu’une autre ligne n’a pas se retrouve.")


def _left(case: Case, whole: Place, part: Place) -> Remainder | None:
    """What is left, when it is a small group and both numbers are of one date."""
    one, other = term(case, case.subject, whole), term(case, case.subject, part)
    if one is None or other is None or one.cell.origin != other.cell.origin:
        return None
    group, held = one.exact.n - other.exact.n, max(0, one.exact.held - other.exact.held)
    return Remainder([one], [other], group, held, is_pure=True) if case.is_small(group, held) else None


def together(case: Case) -> Findings:
    """A9: the same cell in two scopes; a scope minus one, two or three that share it out."""
    out = Findings("A9", title("A9"))
    whole = case.at(case.subject.key, Place("participation", EVERYBODY, "n"))
    for other in case.foreign:
        out.tried()
        if whole is not None and case.is_small(whole.moved.get(other.key, 0), whole.held):
            out.found(f"Publication {other.quarter} d’un autre périmètre : à quelques-unes près les mêmes.")
    for place, now in fresh(case):
        for other in case.foreign:
            cell = other.shown(place)
            if cell is None:
                continue
            out.tried()
            moved = case.moved(place, case.subject.key, cell.origin)
            if moved is not None and case.is_small(moved, now.exact.held):
                out.found(f"{cell_name(case.subject, place)} : un autre périmètre compte presque les mêmes.")
    for large, parts in _unions(case):
        out.tried()
        _judge_union(case, out, large, parts)
    return out


def _newest(case: Case) -> list[Seen]:
    """One release a scope; ``case.others`` has the newest first."""
    found: dict[str, Seen] = {case.subject.scope: case.subject}
    for other in case.others:
        found.setdefault(other.scope, other)
    return list(found.values())


def _unions(case: Case) -> Iterator[tuple[Seen, Sequence[Seen]]]:
    """(a scope, others inside it that share nobody); the judged release is one of them."""
    scopes = [seen for seen in _newest(case) if _members(case, seen)]
    for large in scopes:
        inside = [s for s in scopes if s is not large and _is_inside(case, s, large)]
        most = MOST_TOGETHER if len(inside) <= MANY else 2
        for size in range(2, most + 1):
            for parts in combinations(inside, size):
                if case.subject in (large, *parts) and _are_apart(case, parts):
                    yield large, parts


def _members(case: Case, seen: Seen) -> frozenset[str]:
    truth = case.truths.get(seen.key)
    return truth.members if truth else frozenset()


def _outside(case: Case, seen: Seen) -> int:
    truth = case.truths.get(seen.key)
    return truth.outside if truth else 0


def _is_inside(case: Case, part: Seen, large: Seen) -> bool:
    return _outside(case, part) + len(_members(case, part) - _members(case, large)) <= case.k


def _are_apart(case: Case, parts: Sequence[Seen]) -> bool:
    return all(not _members(case, one) & _members(case, other) for one, other in combinations(parts, 2))


def _judge_union(case: Case, out: Findings, large: Seen, parts: Sequence[Seen]) -> None:
    union = frozenset().union(*(_members(case, part) for part in parts))
    group = _outside(case, large) + len(_members(case, large) ^ union)
    if not case.is_small(group):
        return
    names = ", ".join(seen.quarter for seen in (large, *parts))
    for place in [Place("participation", EVERYBODY, "n"), *(Place("axes", EVERYBODY, a) for a in AXIS_KEYS)]:
        terms = [_fresh_term(case, seen, place) for seen in (large, *parts)]
        known = [found for found in terms if found is not None]
        if len(known) < len(terms):
            continue
        left = Remainder(known[:1], known[1:], group, 0, is_pure=False)
        width = left.count
        if "mean" in known[0].cell.values and left.tells_mean:
            out.found(f"Périmètres mis ensemble ({names}) : la moyenne de quelques-unes se retrouve.")
        elif width is not None and width[1] - width[0] < Fraction(5):
            out.found(f"Périmètres mis ensemble ({names}) : quelques-unes se comptent.")


def _fresh_term(case: Case, seen: Seen, place: Place) -> Term | None:
    found = term(case, seen, place)
    return found if found is not None and found.cell.origin == seen.key else None
