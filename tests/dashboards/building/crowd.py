"""Small populations drawn at random, with real results: scored by the real arithmetic, written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from apps.accounts.models import Organisation
from apps.catalogue.models import Fragility, SizeClass
from apps.dashboards.building.population import Window
from apps.dashboards.quarters import Quarter
from apps.diagnostic.disclosure import public_outcome, statement_rows
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Campaign, Result
from apps.diagnostic.scoring import RESOURCE_KEYS, SCORING_VERSION, Copy, Year, score
from apps.diagnostic.scoring.case import FIGURES
from apps.diagnostic.selectors import current_instrument, questionnaire

QUARTER = Quarter(2026, 3)
ROLES = ("gouvernance", "equipe", "equipe", "gouvernance", "referent")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def inside(quarter: Quarter = QUARTER, days: int = 30) -> datetime:
    """So many days before the quarter's end."""
    return Window.of(quarter).until - timedelta(days=days)


def organisations(n: int, **fields: Any) -> list[Organisation]:
    start = Organisation.objects.count()
    return Organisation.objects.bulk_create(
        Organisation(name=f"Association tirée {start + place}", **fields) for place in range(n)
    )


def close(
    organisation: Organisation,
    at: datetime,
    rng: Random,
    *,
    payload: dict[str, Any] | None = None,
    finances: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Campaign:
    """A closed campaign with a result, drawn or given."""
    place = Campaign.objects.count()
    code = "".join(LETTERS[place // len(LETTERS) ** power % len(LETTERS)] for power in range(6))
    values = {
        "department_id": rng.choice(["58", "35", "29", "2A", "971", "75", "69", None]),
        "size_class_id": rng.choice([*sizes(), None]),
    }
    made = Campaign.objects.create(
        organisation=organisation,
        instrument=current_instrument(),
        state=CampaignState.CLOSED,
        code=code,
        opened_at=at - timedelta(days=20),
        closed_at=at,
        is_demo=organisation.is_demo,
        **{**values, **fields},
    )
    codes = list(Fragility.objects.values_list("pk", flat=True))
    made.fragilities.set(rng.sample(codes, rng.randint(0, 3)))
    copies, years = drawn_copies(rng), drawn_years(rng)
    statements = [(s.code, s.axis) for s in questionnaire(made.instrument).statements]
    outcome = score(statements, copies, [as_year(year) for year in years], rng.choice([None, 3, 9]))
    Result.objects.create(
        campaign=made,
        instrument=made.instrument,
        instrument_sha256=made.instrument.sha256,
        scoring_version=SCORING_VERSION,
        respondent_count=len(copies),
        payload=payload or public_outcome(outcome.as_json(), len(copies)),
        statements=statement_rows(statements, copies),
        finances=years if finances is None else finances,
    )
    return made


def sizes() -> list[str]:
    return list(SizeClass.objects.values_list("pk", flat=True))


def drawn_copies(rng: Random) -> list[Copy]:
    level = rng.choice([0.4, 1.2, 1.8, 2.6])
    gap = rng.choice([-1, 0, 1])
    codes = questionnaire(current_instrument()).codes
    people = rng.choice([1, 2, 4, 7, 9])
    return [
        Copy(ROLES[place % len(ROLES)], {code: reply(rng, level, gap, place) for code in codes})
        for place in range(people)
    ]


def reply(rng: Random, level: float, gap: int, place: int) -> int | str:
    if rng.random() < 0.12:
        return rng.choice(["nsp", "nc"])
    lifted = level + (gap if ROLES[place % len(ROLES)] == "gouvernance" else 0)
    return min(3, max(0, round(rng.gauss(lifted, 0.8))))


def drawn_years(rng: Random) -> list[dict[str, Any]]:
    """Shape of ``results.as_row``, oldest first; figures sometimes unknown, sometimes with cents."""
    if rng.random() < 0.3:
        return []
    count = rng.choice([1, 2, 3])
    return [drawn_year(rng, 2026 - count + place) for place in range(count)]


def drawn_year(rng: Random, year: int) -> dict[str, Any]:
    def some(low: int, high: int) -> float | int | None:
        drawn = rng.random()
        if drawn < 0.1:
            return None
        return rng.randint(low, high) if drawn < 0.8 else rng.randint(low * 100, high * 100) / 100

    figures: dict[str, Any] = {key: some(1, 90_000) for key in FIGURES}
    figures.update(
        treasury=some(-5_000, 60_000),
        equity=some(-30_000, 80_000),
        result=some(-9_000, 9_000),
        depreciation=0,
    )
    sparse = rng.random() < 0.7
    resources = {key: (some(0, 50_000) or 0) if sparse else some(0, 50_000) for key in RESOURCE_KEYS}
    return {"year": year, **figures, "resources": resources}


def as_year(row: dict[str, Any]) -> Year:
    def amount(value: float | int | None) -> Fraction | None:
        return None if value is None else Fraction(str(value))

    return Year(
        row["year"],
        {key: amount(row[key]) for key in FIGURES},
        {key: amount(row["resources"][key]) for key in RESOURCE_KEYS},
    )


def crowd(n: int, seed: int, quarter: Quarter = QUARTER) -> list[Organisation]:
    """``n`` associations, most with a campaign in the window, some with one before it or after it."""
    rng = Random(seed)
    made = organisations(n)
    for organisation in made:
        days = sorted(rng.sample(range(1, 1100), rng.choice([1, 1, 2, 3])), reverse=True)
        for day in days:
            close(organisation, inside(quarter, day), rng)
        if rng.random() < 0.1:
            close(organisation, inside(quarter, -10), rng)
    return made


def again(some: Sequence[Organisation], rng: Random, quarter: Quarter) -> None:
    """A new campaign of each, in the quarter."""
    for organisation in some:
        close(organisation, inside(quarter, rng.randint(1, 80)), rng)
