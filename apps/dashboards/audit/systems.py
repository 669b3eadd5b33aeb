"""A2, A3, A7: hidden cells found again by subtraction, inside a table or between tables of one release (pure)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from apps.dashboards.audit.bounds import Equation, Interval, minus, plus, sum_of, tighten
from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.groups import Partition, aliases, partitions
from apps.dashboards.audit.remainders import NARROW_COUNT, Remainder, Term, at_once, term, told_as
from apps.dashboards.audit.seen import Case, Json, Place, Seen
from apps.dashboards.audit.words import cell_name, labels, table_name, title
from apps.dashboards.tables import BY_KEY, Kind

BAND = {f"b{low}": (Fraction(low), Fraction(low + 20)) for low in (0, 20, 40, 60, 80)}


def hidden_of(seen: Seen, places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place in seen.cells and seen.cells[place].state == "hidden"]


def judge(
    case: Case, out: Findings, hidden: Sequence[Place], equations: Sequence[Equation], top: Fraction
) -> None:
    """Says which hidden cells these equations pin to a narrow interval that holds the truth."""
    start: dict[Hashable, Interval] = dict.fromkeys(hidden, (Fraction(0), max(top, Fraction(0))))
    bounds = tighten(start, equations)
    for place in hidden_of(case.subject, hidden):
        out.tried()
        exact, (low, high) = case.at(case.subject.key, place), bounds[place]
        if exact is None or not case.is_small(exact.n, exact.held):
            continue
        if low <= exact.n <= high and high - low < NARROW_COUNT:
            out.found(f"{cell_name(case.subject, place)} : masquée, mais son nombre se retrouve.")


def visible(case: Case, places: Sequence[Place]) -> list[Interval]:
    found = (term(case, case.subject, place) for place in places)
    return [known.count for known in found if known is not None]


def in_table(case: Case) -> Findings:
    """A2: the printed total of a table, or the shares of a row, minus the cells that are shown."""
    out = Findings("A2", title("A2"))
    for key, table in case.subject.tables.items():
        out.tried(_asked(case, key, table))
        for places, whole in (*_printed_total(case, key, table), *_shares(case, key, table)):
            hidden = hidden_of(case.subject, places)
            low, high = minus(whole, plus(visible(case, places)))
            judge(case, out, hidden, [sum_of(hidden, low, high)], high)
            _judge_all(case, out, key, hidden, (low, high))
    return out


def _asked(case: Case, key: str, table: Json) -> int:
    """Hidden cells looked for from a printed total, or from the shares of their row; most totals and shares tell nothing."""
    hidden = hidden_of(case.subject, case.subject.places(key))
    about = BY_KEY.get(key)
    return len(hidden) if table.get("total") or (about and about.kind is Kind.DISTRIBUTION) else 0


def _judge_all(case: Case, out: Findings, key: str, hidden: Sequence[Place], left: Interval) -> None:
    out.tried()
    exacts = [case.at(case.subject.key, place) for place in hidden]
    group, held = sum(e.n for e in exacts if e), sum(e.held for e in exacts if e)
    low, high = max(left[0], Fraction(0)), left[1]
    if case.is_small(group, held) and low <= group <= high and high - low < NARROW_COUNT:
        out.found(f"{table_name(case.subject, key)} : le total fait retrouver les cases masquées ensemble.")


def _printed_total(case: Case, key: str, table: Json) -> Iterator[tuple[list[Place], Interval]]:
    total, column = (table.get("total") or {}).get("n"), table["columns"][0]["key"]
    places = [place for place in case.subject.places(key) if place.column == column]
    shown = sum(case.subject.cells[place].n for place in places if case.subject.cells[place].is_shown)
    # A total made of the visible cells says nothing that they do not say.
    if total is None or total == shown:
        return
    rounding = case.subject.precision.rounding
    exact = (Fraction(total), Fraction(total))
    yield places, exact if total % rounding else case.subject.precision.count(total)


def _shares(case: Case, key: str, table: Json) -> Iterator[tuple[list[Place], Interval]]:
    """In a row with hidden cells, a share and its number tell the base."""
    about = BY_KEY.get(key)
    if about is None or about.kind is not Kind.DISTRIBUTION:
        return
    for row in table["rows"]:
        places = [Place(key, row["key"], column) for column in row["cells"]]
        base: Interval | None = None
        for place in places:
            found = term(case, case.subject, place)
            share = found.cell.values.get("share") if found else None
            if found is None or not share:
                continue
            low, high = found.count
            told = (
                100 * low / (Fraction(share) + Fraction(1, 2)),
                100 * high / (Fraction(share) - Fraction(1, 2)),
            )
            base = told if base is None else (max(base[0], told[0]), min(base[1], told[1]))
        if base is not None and hidden_of(case.subject, places):
            yield places, base


def linked(case: Case) -> Findings:
    """A3: the whole of one table minus the visible parts of another; a hidden group that another table shows."""
    out = Findings("A3", title("A3"))
    found = [partition for partition in partitions(case.subject) if partition.name != "distribution-axes"]
    for partition in found:
        left = at_once(case, case.subject, partition)
        if left is not None:
            _judge_remainder(case, out, partition, left)
            if not partition.is_mean:
                _judge_parts(case, out, partition, left)
    for one, other in permutations([p for p in found if p.is_mean], 2):
        if one.whole == other.whole and (left := _between(case, one, other)) is not None:
            _judge_remainder(case, out, other, left)
    _same_group(
        case, out, [place for place in case.subject.cells if place.table not in ("alertes", "finances")]
    )
    return out


def _judge_remainder(case: Case, out: Findings, partition: Partition, left: Remainder) -> None:
    out.tried(2 if partition.is_mean else 1)
    if not case.is_small(left.group, left.held):
        return
    name = (
        f"{table_name(case.subject, partition.name)}, colonne {labels(case.subject, partition.parts[0])[1]}"
    )
    if left.tells_count and (left.is_sure or hidden_of(case.subject, partition.parts)):
        out.found(f"{name} : le nombre de celles que ce tableau ne montre pas se retrouve.")
    if partition.is_mean and left.tells_mean:
        out.found(f"{name} : la moyenne de celles que ce tableau ne montre pas se retrouve.")


def _judge_parts(case: Case, out: Findings, partition: Partition, left: Remainder) -> None:
    hidden = [p for p in hidden_of(case.subject, partition.parts) if told_as(case, case.subject, p) is None]
    if hidden and left.count is not None:
        # Nothing says that the parts make the whole: what is left bounds them from above only.
        judge(case, out, hidden, [sum_of(hidden, Fraction(0), left.count[1])], left.count[1])


def _between(case: Case, complete: Partition, other: Partition) -> Remainder | None:
    """The parts of one table stand for the whole, when they are all shown; minus those of the other."""
    seen = case.subject
    whole = case.at(seen.key, complete.whole)
    ones = [t for p in complete.parts if (t := term(case, seen, p)) and t.cell.origin == seen.key]
    others = [t for p in other.parts if (t := term(case, seen, p)) and t.cell.origin == seen.key]
    if whole is None or not ones or not others or sum(t.exact.n for t in ones) != whole.n:
        return None
    left = whole.n - sum(t.exact.n for t in others)
    held = max(0, whole.held - sum(t.exact.held for t in others))
    return Remainder(ones, others, left, held, is_pure=True) if left > 0 else None


def _same_group(case: Case, out: Findings, places: Sequence[Place]) -> None:
    for place in hidden_of(case.subject, places):
        exact = case.at(case.subject.key, place)
        for other in aliases(place):
            out.tried()
            found = term(case, case.subject, other)
            if exact is None or found is None or not case.is_small(exact.n, exact.held):
                continue
            if found.cell.origin == case.subject.key and found.exact.n == exact.n:
                out.found(f"{cell_name(case.subject, place)} : masquée, mais montrée dans un autre tableau.")


def recoded(case: Case) -> Findings:
    """A7: bands against the count and the mean of the same axis; alerts against bands; bands that changed names."""
    out = Findings("A7", title("A7"))
    for partition in partitions(case.subject):
        if partition.name == "distribution-axes":
            _bands(case, out, partition)
    _same_group(case, out, [place for place in case.subject.cells if place.table in ("alertes", "finances")])
    for other in case.others:
        for key in case.subject.tables.keys() & other.tables.keys():
            out.tried()
            if not _same_bands(case.subject.tables[key], other.tables[key]):
                out.found(
                    f"{table_name(case.subject, key)} : les tranches ont changé depuis une autre publication."
                )
    return out


def _bands(case: Case, out: Findings, partition: Partition) -> None:
    """The bands of an axis must add up to its count, and their scores to its mean."""
    left = at_once(case, case.subject, partition)
    if left is None or left.count is None:
        return
    _judge_remainder(case, out, partition, left)
    # A repeated value is of another date: unknown here, like a hidden one.
    here = {place: _of_now(case, place) for place in partition.parts}
    unknown = [place for place, found in here.items() if found is None]
    whole = left.wholes[0]
    mean = Fraction(str(whole.cell.values.get("mean", 0)))
    least = whole.count[0] * max(Fraction(0), mean - whole.precision.mean)
    most = whole.count[1] * (mean + whole.precision.mean)
    for place, found in here.items():
        if found is not None:
            least -= found.count[1] * BAND[place.column][1]
            most -= found.count[0] * BAND[place.column][0]
    scores = Equation({place: BAND[place.column] for place in unknown}, least, most)
    judge(case, out, unknown, [sum_of(unknown, *left.count), scores], left.count[1])


def _of_now(case: Case, place: Place) -> Term | None:
    found = told_as(case, case.subject, place)
    return found if found is not None and found.cell.origin == case.subject.key else None


def _same_bands(one: Json, other: Json) -> bool:
    names = {column["key"]: column["label"] for column in other["columns"]}
    if any(names.get(column["key"], column["label"]) != column["label"] for column in one["columns"]):
        return False
    rows = {row["key"]: row.get("labels", {}) for row in other["rows"]}
    return all(rows.get(row["key"], row.get("labels", {})) == row.get("labels", {}) for row in one["rows"])
