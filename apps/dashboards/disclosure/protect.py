"""From exact tables to the ones that may be published: each cell alone, then its past, then what subtraction gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apps.dashboards.disclosure.cells import HIDDEN, CellKey, ExactTable, ProtectedTable, Published
from apps.dashboards.disclosure.complement import protect_group
from apps.dashboards.disclosure.linked import Side, held_back, is_told
from apps.dashboards.disclosure.past import EarlierRelease, against_the_past, past_of
from apps.dashboards.disclosure.primary import first_look
from apps.dashboards.disclosure.rules import Rules
from apps.dashboards.disclosure.shares import with_shares
from apps.dashboards.tables import BY_KEY, Kind, Table

EVERYBODY = ("tout", "n")
WHOLES = ("participation", "axes")
# Means of some of the associations that the table « axes » counts, one group at a time.
PARTS_OF_THE_WHOLE = ("axes-fragilite", "evolution")


def protect_release(
    tables: Mapping[str, ExactTable], earlier: Sequence[EarlierRelease], rules: Rules, release: str
) -> dict[str, ProtectedTable]:
    """The protected tables, by key, in the order given. ``earlier``: newest first; ``release``: this one's identifier.

    The same input gives the same tables; more in ``earlier``, or a higher k, never shows more cells anew.
    """
    reports = held_in(tables)
    wholes = whole_counts(tables, earlier, release)
    protected = {
        key: one_table(exact, earlier, rules, release, reports, wholes) for key, exact in tables.items()
    }
    link(protected, tables, earlier, rules, release)
    return with_shares(protected)


def held_in(tables: Mapping[str, ExactTable]) -> int:
    whole = tables.get("participation")
    return whole.cells[EVERYBODY].held if whole is not None and EVERYBODY in whole.cells else 0


Wholes = Mapping[str, Mapping[CellKey, int]]  # by release, n of the cells that tell the whole population


def whole_counts(tables: Mapping[str, ExactTable], earlier: Sequence[EarlierRelease], release: str) -> Wholes:
    """n of « everybody » (``participation``) and of each axis (``axes``), now and in the earlier ones of this scope."""
    now = {key: cell.n for name in WHOLES if name in tables for key, cell in tables[name].cells.items()}
    past = {
        e.release: {key: cell.n for name in WHOLES for key, cell in e.exact.get(name, {}).items()}
        for e in earlier
        if e.same_scope
    }
    return {release: now, **past}


def outside(
    group: Sequence[CellKey],
    exact: ExactTable,
    earlier: Sequence[EarlierRelease],
    release: str,
    wholes: Wholes,
) -> dict[str, int]:
    """By release, those of the whole that are in no cell of the group; nothing in a table that has no whole."""
    table = BY_KEY[exact.key]
    if not table.splits:
        return {}
    whole = EVERYBODY if table.kind is Kind.COUNT else ("tout", group[0][1])
    told = {release: exact.cells, **{e.release: e.exact.get(exact.key, {}) for e in earlier if e.same_scope}}
    return {
        there: max(0, wholes[there].get(whole, 0) - sum(cells[key].n for key in group if key in cells))
        for there, cells in told.items()
    }


def one_table(
    exact: ExactTable,
    earlier: Sequence[EarlierRelease],
    rules: Rules,
    release: str,
    reports: int,
    wholes: Wholes,
) -> ProtectedTable:
    table = BY_KEY[exact.key]
    cells: dict[CellKey, Published] = {}
    reasons: dict[CellKey, str] = {}
    for key, cell in exact.cells.items():
        fresh, reason = first_look(table, cell, exact.bases.get(key[0], 0), rules, reports)
        past = past_of(exact.key, key, earlier)
        cells[key], reason = against_the_past(fresh, reason, cell, past, rules, release)
        if reason:
            reasons[key] = reason
    together(table, exact, cells, reasons)
    for group in groups_of(table, exact):
        known = {key: (exact.cells[key], cells[key]) for key in group}
        nowhere = outside(group, exact, earlier, release, wholes)
        for key, held in protect_group(exact.key, known, earlier, rules, release, nowhere).items():
            cells[key], reasons[key] = held, "complement"
    return ProtectedTable(exact.key, exact.rows, exact.columns, cells, reasons)


def together(
    table: Table, exact: ExactTable, cells: dict[CellKey, Published], reasons: dict[CellKey, str]
) -> None:
    """« Before » and « now » are means of the same associations: one alone would say nothing, so both or neither."""
    if table.kind is not Kind.CHANGE:
        return
    for row in exact.rows:
        pair = [(row, column) for column in exact.columns]
        if len({(cells[key].state, cells[key].since) for key in pair}) > 1:
            for key in pair:
                reasons[key] = reasons.get(key) or "linked"
                cells[key] = HIDDEN


def groups_of(table: Table, exact: ExactTable) -> Iterator[list[CellKey]]:
    """The sets of cells that share out one population."""
    if table.splits:
        for column in exact.columns:
            yield [(row, column) for row in exact.rows]
    elif table.kind is Kind.DISTRIBUTION:
        for row in exact.rows:
            yield [(row, column) for column in exact.columns]


def link(
    protected: dict[str, ProtectedTable],
    tables: Mapping[str, ExactTable],
    earlier: Sequence[EarlierRelease],
    rules: Rules,
    release: str,
) -> None:
    """Holds back, in place, the means by which two tables would be compared."""
    means = sorted(key for key in protected if BY_KEY[key].splits and BY_KEY[key].kind is Kind.MEANS)
    for column in protected[means[0]].columns if means else ():
        sides = [side_of(key, column, protected[key], tables[key], earlier) for key in means]
        held = held_back(sides, rules, release)
        for side in sides:
            keys = held.get(side.table, set())
            cells = {key: side.cells[key][1] for key in keys}
            protected[side.table] = protected[side.table].with_cells(cells, dict.fromkeys(keys, "linked"))
    for key in PARTS_OF_THE_WHOLE:
        if key in protected and "axes" in protected:
            cells = subtracted(protected[key], tables[key], tables["axes"], earlier, rules)
            protected[key] = protected[key].with_cells(cells, dict.fromkeys(cells, "linked"))
    for key, exact in tables.items():
        if exact.shared:
            cells = overlapping(protected[key], exact, earlier, rules)
            protected[key] = protected[key].with_cells(cells, dict.fromkeys(cells, "linked"))


def overlapping(
    table: ProtectedTable, exact: ExactTable, earlier: Sequence[EarlierRelease], rules: Rules
) -> dict[CellKey, Published]:
    """The smaller of two rows that count nearly the same associations: one less the other is a small group."""
    held: dict[CellKey, Published] = {}
    for (row, other, column), both in sorted(exact.shared.items()):
        pair = [(row, column), (other, column)]
        one, two = (held.get(key, table.cells[key]) for key in pair)
        sizes = [exact.cells[key].n for key in pair]
        apart = sum(sizes) - 2 * both
        if one.is_shown and two.is_shown and one.since == two.since and is_told(apart, sum(sizes), rules):
            key = min(pair, key=lambda place: (exact.cells[place].n, place))
            held[key] = past_of(table.key, key, earlier).last or HIDDEN
    return held


def subtracted(
    table: ProtectedTable,
    exact: ExactTable,
    whole: ExactTable,
    earlier: Sequence[EarlierRelease],
    rules: Rules,
) -> dict[CellKey, Published]:
    """The means to hold back because the whole, less them, would be a small group: all but three have this fragility."""
    held: dict[CellKey, Published] = {}
    for key, cell in table.cells.items():
        axis = key[0] if BY_KEY[table.key].kind is Kind.CHANGE else key[1]
        everybody = whole.cells.get(("tout", axis))
        if (
            cell.is_shown
            and everybody is not None
            and is_told(everybody.n - exact.cells[key].n, everybody.n + exact.cells[key].n, rules)
        ):
            for one in [key] if key[1] == axis else [(key[0], column) for column in table.columns]:
                held[one] = past_of(table.key, one, earlier).last or HIDDEN
    return held


def side_of(
    key: str, column: str, table: ProtectedTable, exact: ExactTable, earlier: Sequence[EarlierRelease]
) -> Side:
    keys = [(row, column) for row in exact.rows]
    pasts = {cell: past_of(key, cell, earlier).last for cell in keys}
    return Side(
        key,
        {cell: (exact.cells[cell], table.cells[cell]) for cell in keys},
        {cell: last for cell, last in pasts.items() if last is not None},
    )
