"""Ten thousand futures at once (pure, NumPy): docs/simulateur.md § 7. Cents in floats, never rounded on the way.

An effect is a constant plus v times a slope, so a drawing is a product of matrices; only an indexation needs powers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from apps.simulator.effects import base_moves, case_of, effect, index_year, steps_of
from apps.simulator.money import LOOSE
from apps.simulator.moves import UNPAID, Moves, timing
from apps.simulator.outcome import Band, Months, Risk
from apps.simulator.plan import Hypothesis, Plan

Floats = NDArray[np.float64]
CENTILES = (0.1, 0.5, 0.9)
ONE_THREAD = 250_000  # multiplications; OpenBLAS starts its threads above 262 144


@dataclass(frozen=True, slots=True)
class Track:
    """What the bands are made of. ``cash``: by month; ``result`` and ``paid`` (charges that are paid): by year."""

    cash: Floats
    result: Floats
    paid: Floats

    def plus(self, other: Track, times: float = 1) -> Track:
        pairs = ((self.cash, other.cash), (self.result, other.result), (self.paid, other.paid))
        return Track(*(mine + times * theirs for mine, theirs in pairs))


def draw(plan: Plan, number: int = 10_000) -> Band:
    """Each drawing is the certain part plus a sum of tracks, each times its own factor."""
    certain = track(base_moves(plan, LOOSE))
    factors: list[Floats] = []
    tracks: list[Track] = []
    for one in plan.hypotheses:
        low, high = one.bounds
        if low == high:
            certain = certain.plus(track(effect(plan, one, float(one.mid), LOOSE)))
        elif one.sort == "indexation":
            rate = drawn(plan.key, one, number) / 100
            for steps, year in indexed(plan, one):
                factors.append((1 + rate) ** steps - 1)
                tracks.append(year)
        else:
            still = track(effect(plan, one, 0.0, LOOSE))
            certain = certain.plus(still)
            factors.append(drawn(plan.key, one, number))
            tracks.append(track(effect(plan, one, 1.0, LOOSE)).plus(still, -1))
    return band(plan, number, spread(plan, certain, factors, tracks, number))


def track(moves: Moves) -> Track:
    cash = np.array(moves.receipts, dtype=float) - np.array(moves.payments, dtype=float)
    costs = summed(moves.costs.values(), moves.months)
    unpaid = np.array(moves.costs.get(UNPAID, [0.0] * moves.months), dtype=float)
    result = summed(moves.resources.values(), moves.months) - costs
    return Track(cash, by_year(result), by_year(costs - unpaid))


def summed(rows: Iterable[list[float]], months: int) -> Floats:
    found = list(rows)
    return np.asarray(np.array(found, dtype=float).sum(axis=0) if found else np.zeros(months))


def by_year(months: Floats) -> Floats:
    return np.asarray(months.reshape(-1, 12).sum(axis=1))


def indexed(plan: Plan, one: Hypothesis) -> list[tuple[int, Track]]:
    """(how many times the change was applied, what a whole year of the nature brings in that year)."""
    found = []
    for year, steps in steps_of(one, timing(one, plan.base, plan.settings)):
        case = case_of(plan, one, 0.0, LOOSE)
        index_year(case, year, 1.0)
        found.append((steps, track(case.moves)))
    return found


@dataclass(frozen=True, slots=True)
class Futures:
    """Row after row: the treasury of each month, the result then the paid charges of each year. ``still``: by row;
    ``slopes``: a row each, a column a factor; ``factors``: a column a drawing.
    """

    still: Floats
    slopes: Floats
    factors: Floats

    def rows(self, first: int, after: int) -> Floats:
        """A column a drawing. In blocks that the linear algebra library keeps on one thread: those it starts for a larger
        product wait for each other, 20 ms at a time when all cores are busy, for 2 ms of work.
        """
        slopes, number = self.slopes[first:after], self.factors.shape[1]
        made = np.empty((after - first, number))
        width = max(1, ONE_THREAD // max(1, slopes.size))
        for start in range(0, number, width):
            block = slice(start, start + width)
            np.matmul(slopes, self.factors[:, block], out=made[:, block])
        made += self.still[first:after, None]
        return made


def spread(plan: Plan, certain: Track, factors: list[Floats], tracks: list[Track], number: int) -> Futures:
    still = stacked(certain)
    still[: plan.settings.months] += plan.base.treasury
    slopes = np.column_stack([stacked(one) for one in tracks]) if tracks else np.zeros((still.size, 0))
    return Futures(still, slopes, np.vstack(factors) if factors else np.zeros((0, number)))


def stacked(one: Track) -> Floats:
    return np.concatenate((np.cumsum(one.cash), one.result, one.paid))


# --- the drawings ----------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=256)
def uniforms(seed: str, key: str, number: int) -> Floats:
    """The same for the same scenario and hypothesis, whatever stands beside it."""
    digest = sha256(f"{seed}\n{key}".encode()).digest()
    made = np.random.Generator(np.random.PCG64(np.random.SeedSequence(int.from_bytes(digest)))).random(number)
    made.flags.writeable = False
    return made


def drawn(seed: str, one: Hypothesis, number: int) -> Floats:
    """The triangular law, from its inverse."""
    (low, high), mid = map(float, one.bounds), float(one.mid)
    u, width = uniforms(seed, one.key, number), high - low
    turn = (mid - low) / width
    rising = low + np.sqrt(u * width * (mid - low))
    falling = high - np.sqrt((1 - u) * width * (high - mid))
    return np.where(u < turn, rising, falling)


# --- the bands --------------------------------------------------------------------------------------------------------------
def band(plan: Plan, number: int, futures: Futures) -> Band:
    """The treasury year by year: what is in the processor’s memory is used at once."""
    months, years = plan.settings.months, plan.settings.years
    result = futures.rows(months, months + years)
    paid = futures.rows(months + years, months + 2 * years)
    lowest = np.empty((years, number))
    treasury = []
    for t in range(years):
        rows = futures.rows(12 * t, 12 * t + 12)
        rows.min(axis=0, out=lowest[t])
        treasury.append(centiles(rows))
    low, mid, high = (tuple(month for year in part for month in year) for part in zip(*treasury, strict=True))
    equity = np.cumsum(result, axis=0) + plan.base.equity
    under_one, under_three = risk(lowest, paid / 12), risk(lowest, paid / 4)
    return Band(
        number,
        low,
        mid,
        high,
        *centiles(result),
        *centiles(equity),
        under_one=under_one,
        under_three=under_three,
    )


def centiles(rows: Floats) -> tuple[Months, Months, Months]:
    """Of each row, which is left sorted; the drawing of that rank, not a mean of two."""
    ranks = [round(part * (rows.shape[1] - 1)) for part in CENTILES]
    rows.sort(axis=1)  # faster than a partition around three ranks
    low, mid, high = (tuple(round(value) for value in rows[:, rank].tolist()) for rank in ranks)
    return low, mid, high


def risk(lowest: Floats, floor: Floats) -> Risk:
    """Both: a row a year, a column a drawing."""
    under = lowest < floor
    return Risk(float(under.any(axis=0).mean()), tuple(under.mean(axis=1).tolist()))
