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
    return band(plan, number, spread(certain, factors, tracks, number))


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


def spread(certain: Track, factors: list[Floats], tracks: list[Track], number: int) -> Track:
    """A row a month (or a year), a column a drawing; ``cash`` added up: what it changes of the treasury."""
    each = np.vstack(factors) if factors else np.zeros((0, number))
    rows = [
        (np.cumsum(certain.cash), [np.cumsum(one.cash) for one in tracks]),
        (certain.result, [one.result for one in tracks]),
        (certain.paid, [one.paid for one in tracks]),
    ]
    return Track(*(still[:, None] + turned(moving, still.size) @ each for still, moving in rows))


def turned(rows: list[Floats], size: int) -> Floats:
    return np.column_stack(rows) if rows else np.zeros((size, 0))


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
def band(plan: Plan, number: int, futures: Track) -> Band:
    treasury = plan.base.treasury + futures.cash
    equity = plan.base.equity + np.cumsum(futures.result, axis=0)
    years = treasury.reshape(plan.settings.years, 12, number)
    month_of_charges = futures.paid / 12
    under_one = risk(years, month_of_charges)
    return Band(
        number,
        *centiles(treasury),
        *centiles(futures.result),
        *centiles(equity),
        under_one=under_one,
        under_three=risk(years, 3 * month_of_charges),
    )


def centiles(rows: Floats) -> tuple[Months, Months, Months]:
    """Of each row; the drawing of that rank, not a mean of two."""
    ranks = [round(part * (rows.shape[1] - 1)) for part in CENTILES]
    ordered = np.sort(rows, axis=1)  # faster than a partition around three ranks
    low, mid, high = (tuple(round(float(value)) for value in ordered[:, rank]) for rank in ranks)
    return low, mid, high


def risk(treasury: Floats, floor: Floats) -> Risk:
    """``treasury``: year, month, drawing; ``floor``: year, drawing."""
    under = treasury.min(axis=1) < floor
    return Risk(
        float(np.mean(np.any(under, axis=0))), tuple(float(share) for share in np.mean(under, axis=1))
    )
