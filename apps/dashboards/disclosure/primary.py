"""What a cell may show by itself, without looking at the others or at the past (rules 1 to 4)."""

from __future__ import annotations

from apps.dashboards.disclosure.cells import HIDDEN, MISSING, ZERO, Exact, Published, State
from apps.dashboards.disclosure.rules import QUARTERS, ROOM, Rules, band, nearest_five, round_count, whole
from apps.dashboards.tables import Kind, Table

Verdict = tuple[Published, str]
COUNTED = (Kind.COUNT, Kind.DISTRIBUTION)
MEAN = (Kind.MEANS, Kind.CHANGE)


def first_look(table: Table, cell: Exact, base: int, rules: Rules, reports: int = 0) -> Verdict:
    """The cell as it would be published alone, and the reason when it is hidden ("" otherwise).

    ``base``: associations that could be in it; ``reports``: those of the whole population that told a funder.
    """
    if base == 0 and (cell.n == 0 and (table.tells_answers or table.kind not in COUNTED)):
        return MISSING, ""
    if cell.n == 0 and not table.tells_answers:
        return ZERO, ""
    reason = too_few(table, cell, rules) or says_too_much(table, cell, base, rules, reports)
    return (HIDDEN, reason) if reason else (shown(table, cell, rules), "")


def too_few(table: Table, cell: Exact, rules: Rules) -> str:
    times = QUARTERS if table.kind is Kind.QUARTILES else 1
    if cell.n >= times * rules.least(cell.held):
        return ""
    if cell.n == 0 and table.kind in COUNTED:
        return "uniform"
    return "held" if cell.n >= times * rules.k else "small"


def says_too_much(table: Table, cell: Exact, base: int, rules: Rules, reports: int) -> str:
    if table.kind in COUNTED and table.tells_answers:
        # Those who did not give this answer are a group like any other.
        return "uniform" if base - cell.n < rules.need(reports) else ""
    if table.kind in MEAN:
        return "uniform" if corners(cell) else ""
    return dominated(cell, rules) if table.kind is Kind.AMOUNTS else ""


def corners(cell: Exact) -> bool:
    """A mean close to 0 or to 100 leaves each of them hardly any room."""
    mean = whole(cell.values["mean"])
    return min(mean, 100 - mean) * 2 * cell.n + cell.n < 2 * ROOM


def dominated(cell: Exact, rules: Rules) -> str:
    total, largest, second = (cell.values[name] for name in ("total", "largest", "second"))
    if total <= 0 or largest > rules.dominance * total:
        return "dominance"
    # The second knows its own share: what it would learn of the first is uncertain by what the others bring.
    return "share" if rules.p is not None and total - largest - second < rules.p * largest else ""


def shown(table: Table, cell: Exact, rules: Rules) -> Published:
    values: dict[str, int] = {}
    if table.kind in MEAN:
        values = {"mean": whole(cell.values["mean"])}
    elif table.kind is Kind.AMOUNTS:
        values = dict(zip(("low", "high"), band(cell.values["total"]), strict=True))
    elif table.kind is Kind.QUARTILES:
        values = {name: nearest_five(cell.values[name]) for name in ("q1", "q2", "q3")}
    return Published(State.SHOWN, round_count(cell.n, rules.rounding), values)
