"""The cases of docs/simulateur-cas.md, read as plans and as expected figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from apps.simulator.plan import Base, Hypothesis, Plan, Settings

PAGE = Path(__file__).resolve().parents[2] / "docs/simulateur-cas.md"
IN_CENTS = ("treasury", "equity", "receivables", "payables", "in_kind")


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    plan: Plan
    expected: dict[str, Any]


def cents(euros: float | int) -> int:
    """Figures of the page have two places at most: what YAML reads as 66.67 is 6667 cents."""
    exact = Decimal(str(euros)) * 100
    assert exact == int(exact), f"more than two places: {euros}"
    return int(exact)


def cases() -> list[Case]:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(), re.M | re.S)
    return [read(yaml.safe_load(block)) for block in blocks]


def read(said: dict[str, Any]) -> Case:
    base = dict(said["base"])
    amounts = {code: cents(euros) for code, euros in base.pop("amounts").items()}
    hours = Decimal(str(base.pop("volunteer_hours", 0)))
    fields = {name: cents(base.pop(name)) for name in IN_CENTS if name in base}
    settings = dict(said["settings"])
    worth = cents(settings.pop("hour_value", 0))
    plan = Plan(
        key=said["case"],
        base=Base(year=base.pop("year"), amounts=amounts, volunteer_hours=hours, **fields),
        settings=Settings(hour_value=worth, **settings),
        hypotheses=tuple(hypothesis(one) for one in said["hypotheses"]),
    )
    assert not base, f"unknown: {base}"
    return Case(said["case"], plan, said["expected"])


def hypothesis(said: dict[str, Any]) -> Hypothesis:
    numbers = {code: Decimal(str(value)) for code, value in said.get("amounts", {}).items()}
    starts = said.get("starts")
    assert starts is None or isinstance(starts, date)
    return Hypothesis(
        key=said["key"],
        sort=said["sort"],
        title=said["title"],
        mid=Decimal(str(said["mid"])),
        starts=starts,
        lasts=said.get("lasts"),
        amounts=numbers,
        choices=said.get("choices", {}),
    )
