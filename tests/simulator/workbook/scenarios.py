"""Books to write: the golden cases side by side, and plans drawn with all the sorts."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from apps.simulator.plan import COSTS, RESOURCES, Base, Hypothesis, Plan, Settings
from apps.simulator.project import project
from apps.simulator.sorts import MONTHS, SORTS, YEARS, Quantity, Sort
from apps.simulator.workbook.book import Book, Scenario

DAY = date(2026, 11, 27)


def book(*plans: Plan, title: str = "Trajectoire", association: str = "Les Amis de la Vallée") -> Book:
    return Book(
        title, association, DAY, [Scenario(f"Scénario {plan.key}", plan, project(plan)) for plan in plans]
    )


def drawn(seed: int, years: int) -> Plan:
    """Every sort once, and each with odd cents: the same seed gives the same plan."""
    chance = random.Random(seed)
    codes = (*RESOURCES, *COSTS)
    base = Base(
        year=2025,
        amounts={code: chance.randrange(0, 9_000_000) for code in codes},
        treasury=chance.randrange(-100_000, 5_000_000),
        equity=chance.randrange(0, 5_000_000),
        receivables=chance.randrange(0, 2_000_000),
        payables=chance.randrange(0, 2_000_000),
        volunteer_hours=Decimal(chance.randrange(0, 300_000)) / 100,
        in_kind=chance.randrange(0, 900_000),
    )
    delays = {name: chance.randrange(0, 13) for name in ("delay_public", "delay_sales", "delay_suppliers")}
    settings = Settings(
        years=years,
        public_month=chance.choice((None, 3, 11)),
        settle_months=chance.randrange(1, 13),
        hour_value=chance.randrange(0, 3000),
        with_in_kind=chance.random() < 0.7,
        **delays,
    )
    said = tuple(hypothesis(chance, sort, place) for place, sort in enumerate(SORTS.values()))
    return Plan(f"tirage {seed}", base, settings, said)


def hypothesis(chance: random.Random, sort: Sort, place: int) -> Hypothesis:
    amounts = {
        one.code: quantity(chance, one) for one in sort.quantities if one.is_needed or chance.random() < 0.8
    }
    if "borrowed" in amounts:
        amounts["loan_years"] = Decimal(chance.randrange(1, 6))
    starts = date(chance.randrange(2025, 2030), chance.randrange(1, 13), chance.randrange(1, 29))
    return Hypothesis(
        key=f"h{place}",
        sort=sort.code,
        title=f"{sort.label} n° {place}",
        mid=quantity(chance, sort.main),
        starts=chance.choice((None, starts, starts)),
        lasts=chance.randrange(1, 5) if sort.lasts == "needed" else chance.choice((None, 1, 3)),
        amounts=amounts,
        choices={one.code: chance.choice(one.codes) for one in sort.choices},
    )


def quantity(chance: random.Random, one: Quantity) -> Decimal:
    if one.unit in (MONTHS, YEARS):
        return Decimal(chance.randrange(1, 7))
    if one.unit.startswith("%"):
        return Decimal(chance.randrange(-2000 if one.is_signed else 0, 9000)) / 100
    if one.unit == "ETP":
        return Decimal(chance.randrange(1, 30)) / 10
    return Decimal(chance.randrange(-300_000 if one.is_signed else 0, 3_000_000)) / 100
