"""Plans to try: a small base one can count in one’s head, and any valid plan for the property tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from apps.simulator.plan import COSTS, RESOURCES, Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import HOURS, MONTHS, SORTS, YEARS, Quantity, Sort

# 12 000 € of sales, 6 000 € of pay and 3 000 € of purchases: 3 000 € a year remain.
SMALL = Base(
    2025, {"ventes": 12_000_00, "payroll": 6_000_00, "purchases": 3_000_00}, treasury=1_000_00, equity=500_00
)


def plan(*said: Hypothesis, base: Base = SMALL, **settings: Any) -> Plan:
    return Plan("essai", base, Settings(**{"years": 3, **settings}), said)


def said(sort: str, mid: str | int, key: str = "", **more: Any) -> Hypothesis:
    """``more``: fields of a Hypothesis, and quantities or choices of its sort."""
    own = {name: more.pop(name) for name in ("low", "high", "starts", "lasts", "title") if name in more}
    own = {name: Decimal(value) if name in ("low", "high") else value for name, value in own.items()}
    choices: dict[str, str] = {name: more.pop(name) for name in ("nature", "saved_on") if name in more}
    amounts = {name: Decimal(value) for name, value in more.items()}
    own.setdefault("title", key or sort)
    return Hypothesis(key or sort, sort, mid=Decimal(mid), amounts=amounts, choices=choices, **own)


# --- any valid plan -----------------------------------------------------------------------------------------------------
def numbers(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


CENTS = st.integers(0, 40_000_000)
BASES = st.builds(
    Base,
    year=st.just(2025),
    amounts=st.dictionaries(st.sampled_from((*RESOURCES, *COSTS)), CENTS, max_size=20),
    treasury=st.integers(-5_000_000, 30_000_000),
    equity=st.integers(-5_000_000, 30_000_000),
    receivables=CENTS,
    payables=CENTS,
    volunteer_hours=numbers(0, 9000),
    in_kind=CENTS,
)
DELAYS = st.integers(0, 12)
SETTINGS = st.builds(
    Settings,
    years=st.integers(3, 7),
    delay_public=DELAYS,
    delay_sales=DELAYS,
    delay_suppliers=DELAYS,
    public_month=st.none() | st.integers(1, 12),
    settle_months=st.integers(1, 12),
    hour_value=st.integers(0, 4000),
    with_in_kind=st.booleans(),
)


def quantity(one: Quantity) -> st.SearchStrategy[Decimal]:
    if one.unit in (MONTHS, YEARS):
        return st.integers(1 if one.is_needed or one.code == "loan_years" else 0, 12).map(Decimal)
    if one.unit.startswith("%"):
        return numbers(-30 if one.is_signed else 0, 150)
    most = 3 if one.code == "fte" else 3000 if one.unit == HOURS else 50_000
    return numbers(-most if one.is_signed else 0, most)


@st.composite
def hypotheses(draw: st.DrawFn, key: str = "h") -> Hypothesis:
    sort: Sort = SORTS[draw(st.sampled_from(sorted(SORTS)))]
    low, mid, high = sorted(draw(st.tuples(*[quantity(sort.main)] * 3)))
    amounts = {
        one.code: draw(quantity(one)) for one in sort.quantities if one.is_needed or draw(st.booleans())
    }
    if "borrowed" in amounts:
        amounts["loan_years"] = amounts.get("loan_years") or Decimal(4)
    choices = {one.code: draw(st.sampled_from(one.codes)) for one in sort.choices}
    lasts = draw(st.none() | st.integers(1, 6))
    return Hypothesis(
        key,
        sort.code,
        f"{sort.label} {key}",
        mid,
        draw(st.sampled_from((None, low))),
        draw(st.sampled_from((None, high))),
        draw(st.none() | st.dates(date(2024, 1, 1), date(2034, 12, 31))),
        lasts or (3 if sort.lasts == "needed" else None),
        amounts,
        choices,
    )


@st.composite
def plans(draw: st.DrawFn, most: int = 6) -> Plan:
    number = draw(st.integers(0, most))
    found = tuple(draw(hypotheses(f"h{place}")) for place in range(number))
    return Plan(draw(st.sampled_from(("a", "b"))), draw(BASES), draw(SETTINGS), found)
