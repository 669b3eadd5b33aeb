"""A scenario whole: projection, ten thousand drawings, sensitivity; what the server counts for one move of a slider.

``python -m tests.bench.simulator`` measures this alone; it needs no server.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median, quantiles

from apps.simulator.plan import Base, Hypothesis, Plan, Settings
from apps.simulator.sorts import SORTS, Sort
from apps.simulator.study import study

ROUNDS, SIZES = 60, (1, 10, 12, 20)
BASE = Base(
    2025,
    {"ventes": 74_500_00, "subv_bloc_communal": 106_000_00, "subv_region": 24_000_00, "dons": 9_200_00}
    | {"payroll": 226_000_00, "purchases": 27_900_00, "services": 33_900_00, "depreciation": 7_800_00},
    treasury=55_300_00,
    equity=40_600_00,
    receivables=30_500_00,
    payables=40_000_00,
    volunteer_hours=Decimal(4700),
)
SETTINGS = Settings(
    years=7, delay_public=4, delay_sales=1, delay_suppliers=1, public_month=6, hour_value=16_00
)


@dataclass(frozen=True)
class Measure:
    """Seconds, one a round."""

    hypotheses: int
    times: tuple[float, ...]

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]


def hypothesis(number: int) -> Hypothesis:
    """One of each sort in turn, all of them uncertain."""
    sorts: list[Sort] = list(SORTS.values())
    sort = sorts[number % len(sorts)]
    mid = Decimal(5 if sort.main.unit.startswith("%") else 6000)
    amounts = {one.code: Decimal(4 if one.unit in ("mois", "ans", "%") else 900) for one in sort.quantities}
    choices = {
        one.code: "all_costs" if sort.code == "indexation" else one.default or one.codes[0]
        for one in sort.choices
    }
    return Hypothesis(
        f"h{number}",
        sort.code,
        sort.label,
        mid,
        mid / 2,
        mid * 2,
        date(2027, 1 + number % 12, 1),
        4,
        amounts,
        choices,
    )


def measure(rounds: int = ROUNDS, sizes: Sequence[int] = SIZES) -> list[Measure]:
    found = []
    for size in sizes:
        plan = Plan("banc", BASE, SETTINGS, tuple(hypothesis(number) for number in range(size)))
        study(plan)
        times = []
        for turn in range(rounds):
            tried = replace(plan, key=f"banc {turn % 3}")
            begin = time.perf_counter()
            study(tried)
            times.append(time.perf_counter() - begin)
        found.append(Measure(size, tuple(times)))
    return found


def told(measures: Sequence[Measure]) -> list[str]:
    return [
        "Simulateur : projection, 10 000 tirages et sensibilité sur sept ans",
        *(
            f"  {one.hypotheses:>2} hypothèse{'s' if one.hypotheses > 1 else ' '}   médiane {median(one.times) * 1000:.0f} ms   p95 {one.p95 * 1000:.0f} ms"
            for one in measures
        ),
    ]


if __name__ == "__main__":
    print("\n".join(told(measure())))  # noqa: T201
