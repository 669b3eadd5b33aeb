"""The whole result of a campaign, exact inside, rounded only on the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.diagnostic.instrument import PILLARS
from apps.diagnostic.scoring.answers import AxisScore, Copy, axis_score, extremes, statement_stats
from apps.diagnostic.scoring.finances import Year, alerts, indicators
from apps.diagnostic.scoring.rounding import half_up, maybe

SCORING_VERSION = "score-1"


@dataclass(frozen=True, slots=True)
class Outcome:
    axes: Mapping[str, AxisScore]
    pillar_gap: Fraction | None
    barycentre: Mapping[str, Fraction] | None
    strengths: Sequence[str]
    weaknesses: Sequence[str]
    divergences: Sequence[tuple[str, int]]
    indicators: Mapping[str, Fraction | None]
    alerts: Sequence[tuple[str, str]]
    profile: str | None

    def as_json(self) -> dict[str, Any]:
        """The shape of ``expected`` in ``example-diagnostic.json``; missing values are null."""
        centre = self.barycentre
        return {
            "axes": {
                code: {"score": maybe(axis.score, 1), "coverage": maybe(axis.coverage, 3)}
                for code, axis in self.axes.items()
            },
            "pillar_gap": maybe(self.pillar_gap, 1),
            "barycentre": None if centre is None else {k: half_up(v, 3) for k, v in centre.items()},
            "strengths": list(self.strengths),
            "weaknesses": list(self.weaknesses),
            "divergences": [{"question": code, "spread": spread} for code, spread in self.divergences],
            "indicators": {key: maybe(value, 3) for key, value in self.indicators.items()},
            "alerts": [{"code": code, "level": level} for code, level in self.alerts],
            "profile": self.profile,
        }


def balance(scores: Sequence[Fraction]) -> list[Fraction]:
    total = sum(scores, Fraction())
    return [s / total for s in scores] if total else [Fraction(1, 3)] * len(scores)


def profile_of(alert_levels: Iterable[str], scores: Sequence[Fraction] | None) -> str | None:
    if "red" in alert_levels:
        return "a_securiser"
    if scores is None:
        return None
    if max(scores) - min(scores) > 30:
        return "a_reequilibrer"
    if max(scores) < 34:
        return "en_construction"
    return "a_deployer" if min(scores) >= 67 else "a_consolider"


def score(
    statements: Sequence[tuple[str, str]],
    copies: Sequence[Copy],
    years: Sequence[Year] = (),
    years_since_board_renewal: int | None = None,
) -> Outcome:
    """Score ``copies`` on ``statements`` ((code, axis) in the instrument's order) and the accounts."""
    rows = statement_stats(statements, copies)
    axes = {
        code: axis_score([r for r in rows if r.axis == code])
        for code in dict.fromkeys(a for _, a in statements)
    }
    found = [axes[code].score if code in axes else None for code in PILLARS]
    known = [s for s in found if s is not None]
    scores = known if len(known) == len(PILLARS) else None
    strengths, weaknesses, divergences = extremes(rows)
    alarm = alerts(years, years_since_board_renewal)
    return Outcome(
        axes=axes,
        pillar_gap=None if scores is None else max(scores) - min(scores),
        barycentre=None if scores is None else dict(zip(PILLARS.values(), balance(scores), strict=True)),
        strengths=strengths,
        weaknesses=weaknesses,
        divergences=divergences,
        indicators=indicators(years),
        alerts=alarm,
        profile=profile_of((level for _, level in alarm), scores),
    )
