"""Who the crowd of the demonstration is, drawn with a fixed seed: places, sizes, levels, days, answers, accounts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from apps.dashboards.quarters import Quarter
from apps.demo.campaigns import NOT_CONCERNED_SHARE, UNKNOWN_SHARE
from apps.diagnostic.scoring import RESOURCE_KEYS, Copy
from apps.diagnostic.scoring.answers import NOT_CONCERNED, UNKNOWN, Reply

T = TypeVar("T")
Crowd = Mapping[str, Any]
ALSACE_MOSELLE = ("57", "67", "68")
TILT = {"gouvernance": 0.3, "equipe": -0.25}  # the board sees things a little better than the team
OLDEST = 10  # quarters back


@dataclass(frozen=True, slots=True)
class Drawn:
    """One association. ``levels``: by axis, 0 to 3, at its first campaign; ``closings``: oldest first."""

    rank: int
    name: str
    department: str | None
    legal_form: str
    size: str
    fragilities: tuple[str, ...]
    levels: Mapping[str, float]
    closings: tuple[date, ...]
    roles: Mapping[str, int]
    budget: int  # euros a year; 0 when it does not give its accounts
    chance: random.Random


def pick(chance: random.Random, weights: Mapping[T, float]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def one_of(chance: random.Random, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return rows[pick(chance, {place: row["weight"] for place, row in enumerate(rows)})]


def draw(crowd: Crowd, today: date) -> list[Drawn]:
    """Everybody, always in the same order; ``today`` moves the days of the campaigns and nothing else."""
    names = [f"{head} {tail}" for tail in crowd["names"]["tails"] for head in crowd["names"]["heads"]]
    random.Random("la foule").shuffle(names)  # noqa: S311 - the same data at each run
    places = [(row, d) for row in crowd["regions"] for d in spread(row["departments"], row["count"])]
    return [
        association(crowd, rank, name, place, today)
        for rank, (name, place) in enumerate(zip(names, places, strict=False))
    ]


def spread(departments: Sequence[T], count: int) -> Iterator[T]:
    """More in the first departments than in the last ones."""
    for rank in range(count):
        yield departments[min(rank % len(departments), rank * 7 % len(departments))]


def association(
    crowd: Crowd, rank: int, name: str, place: tuple[Mapping[str, Any], str | None], today: date
) -> Drawn:
    chance = random.Random(f"foule {rank}")  # noqa: S311
    region, department = place
    size = pick(chance, {code: row["weight"] for code, row in crowd["sizes"].items()})
    about = crowd["sizes"][size]
    stage = one_of(chance, crowd["stages"])
    ease = chance.gauss(stage["plus"], 0.35)
    levels = {
        axis: stage["times"] * (level + region["tilt"].get(axis, 0) + about["tilt"].get(axis, 0))
        + ease
        + chance.gauss(0, 0.25)
        for axis, level in crowd["levels"].items()
    }
    roles = one_of(chance, crowd["respondents"])["roles"]
    low, high = about["budget"]
    gives = chance.random() < about["finances"]
    return Drawn(
        rank=rank,
        name=name,
        department=department,
        legal_form="association-alsace-moselle"
        if department in ALSACE_MOSELLE
        else pick(chance, crowd["legal_forms"]),
        size=size,
        fragilities=several(chance, crowd["fragilities"], pick(chance, crowd["fragility_counts"])),
        levels=levels,
        closings=closings(crowd, chance, today),
        roles=roles,
        budget=round(low * (high / low) ** chance.random()) if gives else 0,
        chance=chance,
    )


def several(chance: random.Random, weights: Mapping[str, float], count: int) -> tuple[str, ...]:
    found: list[str] = []
    while len(found) < count:
        code = pick(chance, weights)
        if code not in found:
            found.append(code)
    return tuple(found)


def closings(crowd: Crowd, chance: random.Random, today: date) -> tuple[date, ...]:
    """Days of closing, oldest first; two of the same association are half a year apart or more."""
    back, found = pick(chance, crowd["quarters"]), []
    for _ in range(pick(chance, crowd["campaigns"])):
        if back > OLDEST:
            break
        found.append(day_of(chance, today, back))
        back += chance.choice((3, 4, 4, 5))
    return tuple(reversed(found))


def day_of(chance: random.Random, today: date, back: int) -> date:
    quarter = Quarter.of(today)
    for _ in range(back):
        quarter = quarter.before
    days = (min(quarter.last_day, today - timedelta(days=1)) - quarter.first_day).days
    share = chance.random()
    # On the first day of a quarter, nothing is closed in it yet: the last day of the one before.
    return quarter.first_day + timedelta(days=round(share * days)) if days >= 0 else quarter.before.last_day


def copies(crowd: Crowd, who: Drawn, rank: int, statements: Sequence[tuple[str, str]]) -> list[Copy]:
    """The answers of its ``rank``-th campaign, around the level of each axis."""
    own = {code: random.Random(f"{code} {who.rank}").uniform(-0.6, 0.6) for code, _ in statements}  # noqa: S311
    aimed = {axis: level + rank * crowd["growth"][axis] for axis, level in who.levels.items()}
    return [
        Copy(
            role,
            {
                code: reply(who.chance, aimed[axis] + own[code] + TILT.get(role, 0))
                for code, axis in statements
            },
        )
        for role, count in who.roles.items()
        for _ in range(count)
    ]


def reply(chance: random.Random, level: float) -> Reply:
    drawn = chance.random()
    if drawn < UNKNOWN_SHARE:
        return UNKNOWN
    if drawn < UNKNOWN_SHARE + NOT_CONCERNED_SHARE:
        return NOT_CONCERNED
    return min(3, max(0, round(chance.gauss(level, 0.5))))


def accounts(crowd: Crowd, who: Drawn, last: int) -> list[tuple[int, dict[str, Decimal]]]:
    """One to three closed years that end with ``last``: (year, figures in euros); what comes in pays what goes out."""
    if not who.budget:
        return []
    chance, has_employees = who.chance, who.size.startswith("salaries")
    models = [row for row in crowd["models"] if row["employees"] == has_employees]
    parts = one_of(chance, models)["parts"]
    shares = {key: part * chance.lognormvariate(0, 0.45) for key, part in parts.items()}
    cash, equity = chance.lognormvariate(1.15, 0.75), chance.gauss(3.2, 2.6)
    multi, margin = chance.choice((0.0, 0.0, 0.05, 0.15, 0.25, 0.4, 0.55)), chance.gauss(0.012, 0.035)
    years = range(last - pick(chance, {0: 15, 1: 20, 2: 65}), last + 1)
    return [
        (
            year,
            year_of(
                shares, who.budget * 1.03 ** (year - last), cash, equity, multi, margin, chance, has_employees
            ),
        )
        for year in years
    ]


def year_of(
    shares: Mapping[str, float],
    budget: float,
    cash: float,
    equity: float,
    multi: float,
    margin: float,
    chance: random.Random,
    has_employees: bool,
) -> dict[str, Decimal]:
    whole = sum(shares.values())
    resources = {key: round(shares.get(key, 0) / whole * budget, -1) for key in RESOURCE_KEYS}
    total = sum(resources.values())
    result = round((margin + chance.gauss(0, 0.015)) * total, -1)
    charges, depreciation = total - result, round(total * 0.02, -1)
    payroll = round(charges * chance.uniform(0.5, 0.7), -1) if has_employees else 0
    paid = [amount for key, amount in resources.items() if key not in ("cotisations", "dons", "financiers")]
    figures = {
        **resources,
        "charges": charges,
        "depreciation": depreciation,
        "payroll": payroll,
        "treasury": round(cash * (charges - depreciation) / 12, -1),
        "equity": round(equity * charges / 12, -1),
        "result": result,
        "top_funder": round(max(paid) * chance.choice((1, 1, 0.9, 0.75)), -1),
        "multi_year": round(total * multi, -1),
        "in_kind": round(total * 0.08, -1),
        "volunteer_hours": round(chance.lognormvariate(7, 0.8), -1),
        "employees_fte": max(1, round(payroll / 36_000)) if has_employees else 0,
    }
    return {key: Decimal(int(value)) for key, value in figures.items()}
