"""A8, A13, A15: the same cell at several dates (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.groups import Partition, aliases, partitions
from apps.dashboards.audit.remainders import Remainder, Term, across, term
from apps.dashboards.audit.seen import Case, Place, Seen
from apps.dashboards.audit.words import cell_name, labels, table_name, title

# A share is that of the numbers printed beside it: it may change when they do.
VALUES = ("mean", "low", "high", "q1", "q2", "q3")


def fresh(case: Case) -> Iterator[tuple[Place, Term]]:
    """What this release tells anew."""
    for place in case.subject.cells:
        found = term(case, case.subject, place)
        if found is not None and found.cell.origin == case.subject.key:
            yield place, found


def earlier_values(case: Case, place: Place) -> Iterator[Term]:
    for seen, cell in case.told(place):
        exact = case.at(cell.origin, place)
        if cell.origin != case.subject.key and exact is not None:
            yield Term(cell, exact, seen.precision)


def in_time(case: Case) -> Findings:
    """A8: a cell told anew after too few moved; a whole of one date minus the parts of others."""
    out = Findings("A8", title("A8"))
    for place, now in fresh(case):
        for before in earlier_values(case, place):
            out.tried()
            moved = case.moved(place, case.subject.key, before.cell.origin)
            if moved is not None and case.is_small(moved, now.exact.held):
                out.found(f"{cell_name(case.subject, place)} : refaite alors que trop peu ont changé.")
    for partition in partitions(case.subject):
        for left in (*_remainders(case, partition), *_differences(case, partition)):
            _judge(case, out, partition, left)
    return out


def _judge(case: Case, out: Findings, partition: Partition, left: Remainder) -> None:
    out.tried()
    if not case.is_small(left.group, left.held):
        return
    name = (
        f"{table_name(case.subject, partition.name)}, colonne {labels(case.subject, partition.parts[0])[1]}"
    )
    if not partition.is_mean and left.tells_count:
        out.found(f"{name} : d’une publication à l’autre, un petit groupe se compte.")
    if partition.is_mean and left.tells_mean:
        out.found(f"{name} : d’une publication à l’autre, la moyenne d’un petit groupe se retrouve.")


def _remainders(case: Case, partition: Partition) -> Iterator[Remainder]:
    """Each whole ever told, minus the closest value of each part; only with something of this release."""
    for when in (case.subject, *case.own):
        left = across(case, partition, when)
        if left is None:
            continue
        origins = {t.cell.origin for t in (*left.wholes, *left.used)}
        if case.subject.key in origins and len(origins) > 1:
            yield left


def _differences(case: Case, partition: Partition) -> Iterator[Remainder]:
    """What the whole gained since a date, minus what the parts told at both dates gained."""
    now = term(case, case.subject, partition.whole)
    if now is None or now.cell.origin != case.subject.key:
        return
    for before in earlier_values(case, partition.whole):
        gained, lost, group, held = [now], [before], 0, 0
        for place in partition.parts:
            here = _at(case, place, case.subject.key)
            there = _at(case, place, before.cell.origin)
            if here is not None and there is not None:
                gained.append(there)
                lost.append(here)
                continue
            exact = case.at(case.subject.key, place)
            group += case.moved(place, case.subject.key, before.cell.origin) or 0
            held += exact.held if exact else 0
        if len(gained) > 1:
            yield Remainder(gained, lost, group, held, is_pure=False)


def _at(case: Case, place: Place, origin: str) -> Term | None:
    for seen, cell in case.told(place):
        if cell.origin == origin:
            exact = case.at(origin, place)
            return Term(cell, exact, seen.precision) if exact is not None else None
    return None


def newcomers(case: Case) -> Findings:
    """A13: mean × count now, minus mean × count before: the mean of those who came."""
    out = Findings("A13", title("A13"))
    for place, now in fresh(case):
        if "mean" not in now.cell.values:
            continue
        for before in earlier_values(case, place):
            out.tried()
            moved = case.moved(place, case.subject.key, before.cell.origin)
            if moved is None or not case.is_small(moved, now.exact.held):
                continue
            if Remainder([now], [before], moved, now.exact.held, is_pure=False).tells_mean:
                out.found(f"{cell_name(case.subject, place)} : la moyenne des quelques nouvelles se calcule.")
    return out


def same_again(case: Case) -> Findings:
    """A15: nothing moved and the number did; one group told twice with two numbers."""
    out = Findings("A15", title("A15"))
    for place, now in fresh(case):
        name = cell_name(case.subject, place)
        for before in earlier_values(case, place):
            out.tried()
            if case.moved(place, case.subject.key, before.cell.origin) == 0 and _said(now) != _said(before):
                out.found(f"{name} : rien n’a changé, et le nombre n’est plus le même.")
        for other in aliases(place):
            out.tried()
            if (twin := _twin(case, case.subject, other)) and twin.exact.n == now.exact.n != 0:
                if twin.cell.n != now.cell.n:
                    out.found(f"{name} : le même groupe y a un autre nombre qu’ailleurs.")
    return out


def _twin(case: Case, seen: Seen, place: Place) -> Term | None:
    found = term(case, seen, place)
    return found if found is not None and found.cell.origin == seen.key else None


def _said(told: Term) -> tuple[object, ...]:
    return (told.cell.n, *(told.cell.values.get(name) for name in VALUES))
