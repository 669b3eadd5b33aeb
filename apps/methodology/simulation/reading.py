"""From what is written in a démarche to the plans of ``apps.simulator``: values, the base, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.tools.photograph import COSTS as COST_LINES
from apps.methodology.tools.photograph import RESOURCES as RESOURCE_LINES
from apps.simulator.checks import Fault, faults, remarks
from apps.simulator.plan import COSTS, FEWEST_YEARS, MOST_YEARS, RESOURCES, Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import SORTS

LINES = (*RESOURCES, *COSTS)
LABELS = dict([*RESOURCE_LINES, *COST_LINES])
NONE_YET = Fault("mid", "Il manque la valeur la plus probable.")
UNEVEN = Fault("lasts", "La durée est un nombre entier d’années.")
BALANCES = ("treasury", "equity", "receivables", "payables")


@dataclass(frozen=True, slots=True)
class Said:
    """A hypothesis as it is written. ``faults``: why it is not counted; ``remarks``: counted all the same."""

    row: Row
    hypothesis: Hypothesis
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class Start:
    """Where everything starts from. ``row``: the exercise; ``blanks``: its lines without amount, counted as zero;
    ``lacking``: balances of the last day that nobody typed; ``years``: the exercises that may be chosen, latest first.
    """

    row: Row
    base: Base
    settings: Settings
    blanks: tuple[str, ...]
    lacking: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Future:
    """A scenario ready to be counted. ``said``: all its hypotheses; the plan holds those without fault."""

    row: Row
    plan: Plan
    said: tuple[Said, ...]

    @property
    def left_out(self) -> list[Said]:
        return [one for one in self.said if not one.counts]


# --- values --------------------------------------------------------------------------------------------------------------
def decimal(row: Row, code: str) -> Decimal | None:
    """None for an empty field, or one that an earlier platform filled otherwise."""
    try:
        return Decimal(str(row.get(code))) if row.get(code) not in ("", None) else None
    except InvalidOperation:
        return None


def cents(row: Row, code: str) -> int:
    return int((decimal(row, code) or Decimal(0)) * 100)


def whole(row: Row, code: str, default: int, least: int, most: int) -> int:
    value = decimal(row, code)
    return default if value is None else min(max(int(value), least), most)


def day(row: Row, code: str) -> date | None:
    try:
        return date.fromisoformat(str(row.get(code))) if row.get(code) else None
    except ValueError:
        return None


# --- the base ------------------------------------------------------------------------------------------------------------
def start(sheet: Sheet) -> Start | None:
    """None until step 3 has an exercise of the whole association with its year and an amount."""
    rows = whole_years(sheet)
    if not rows:
        return None
    told = sheet.single("simulation")
    asked = whole(told, "base_year", 0, 0, 9999)
    year = asked if asked in rows else max(rows)
    row = rows[year]
    return Start(
        row,
        base_of(year, row, told),
        settings_of(told),
        tuple(LABELS[code] for code in LINES if decimal(row, code) is None),
        tuple(told.kind.field(code).label for code in BALANCES if decimal(told, code) is None),
        tuple(sorted(rows, reverse=True)),
    )


def whole_years(sheet: Sheet) -> dict[int, Row]:
    """The exercises of the association as a whole that have an amount, by year; the first of two of the same year."""
    found: dict[int, Row] = {}
    for row in sheet.rows("year"):
        number = whole(row, "year", 0, 0, 9999)
        if number and not row.get("activity") and any(decimal(row, code) is not None for code in LINES):
            found.setdefault(number, row)
    return found


def base_of(year: int, row: Row, told: Row) -> Base:
    amounts = {code: cents(row, code) for code in LINES if decimal(row, code) is not None}
    balances = {code: cents(told, code) for code in BALANCES}
    hours = decimal(row, "volunteer_hours") or Decimal(0)
    return Base(year, amounts, volunteer_hours=hours, in_kind=cents(row, "in_kind"), **balances)


def settings_of(told: Row) -> Settings:
    usual = Settings()
    return Settings(
        years=whole(told, "years", usual.years, FEWEST_YEARS, MOST_YEARS),
        delay_public=whole(told, "delay_public", 0, 0, 12),
        delay_sales=whole(told, "delay_sales", 0, 0, 12),
        delay_suppliers=whole(told, "delay_suppliers", 0, 0, 12),
        public_month=whole(told, "public_month", 0, 0, 12) or None,
        settle_months=whole(told, "settle_months", usual.settle_months, 1, 12),
        hour_value=cents(told, "hour_value"),
        with_in_kind=told.get("with_in_kind") != "no",
    )


# --- the scenarios -------------------------------------------------------------------------------------------------------
def future(sheet: Sheet, begin: Start, scenario: Row) -> Future:
    said = tuple(read(begin, row) for row in sheet.children(scenario, "hypothesis"))
    plan = Plan(
        str(scenario.id),
        begin.base,
        begin.settings,
        tuple(one.hypothesis for one in said if one.counts),
    )
    return Future(scenario, plan, said)


def futures(sheet: Sheet, begin: Start) -> list[Future]:
    return [future(sheet, begin, row) for row in sheet.rows("scenario")]


def nothing(begin: Start) -> Plan:
    """The base carried on, without any hypothesis."""
    return Plan("", begin.base, begin.settings)


def read(begin: Start, row: Row) -> Said:
    said = hypothesis_of(row)
    if said.sort in SORTS and decimal(row, "mid") is None:
        return Said(row, said, (NONE_YET,))
    lasts = decimal(row, "lasts")
    if lasts is not None and lasts != int(lasts):
        return Said(row, said, (UNEVEN,))
    if found := faults(said):
        return Said(row, said, tuple(found))
    return Said(row, said, (), tuple(remarks(said, begin.base, begin.settings)))


def hypothesis_of(row: Row) -> Hypothesis:
    """Only what its sort asks: what was typed for another sort stays in the démarche and out of the calculation."""
    sort = SORTS.get(str(row.get("sort")))
    amounts = {one.code: decimal(row, one.code) for one in sort.quantities} if sort else {}
    choices = {one.code: str(row.get(one.code)) for one in sort.choices if row.get(one.code)} if sort else {}
    lasts = decimal(row, "lasts") if sort and sort.lasts != "no" else None
    return Hypothesis(
        key=str(row.id),
        sort=str(row.get("sort")),
        title=row.title,
        mid=decimal(row, "mid") or Decimal(0),
        low=decimal(row, "low"),
        high=decimal(row, "high"),
        starts=day(row, "starts"),
        lasts=None if lasts is None else int(lasts),
        amounts={code: value for code, value in amounts.items() if value is not None},
        choices=choices,
    )


# --- what is tried -------------------------------------------------------------------------------------------------------
def tried(said: Sequence[Said], asked: Mapping[str, Any]) -> dict[str, Decimal]:
    """``asked``: « v-key » → text, as a slider sends it. What is no number, or out of its bounds, is left as written."""
    found = {}
    for one in said:
        value = number(str(asked.get(f"v-{one.hypothesis.key}", "")))
        low, high = one.hypothesis.bounds
        if one.counts and value is not None and low <= value <= high and value != one.hypothesis.mid:
            found[one.hypothesis.key] = value
    return found


def number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**12 else None
