"""Medians, spreads, coverages and axis scores from whole-number answers 0–3, ``nsp`` and ``nc``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

Reply = int | str
UNKNOWN, NOT_CONCERNED = "nsp", "nc"
LEVELS = range(4)
MINIMUM_COVERAGE = Fraction(6, 10)
MINIMUM_ANSWERED = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """One respondent's role and replies: statement code → 0–3, ``nsp`` or ``nc``; no entry, no reply."""

    role: str
    answers: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class StatementStats:
    code: str
    axis: str
    values: tuple[int, ...]
    applicable: bool

    @property
    def answered(self) -> bool:
        return bool(self.values)

    @property
    def median(self) -> Fraction | None:
        return median(map(Fraction, self.values)) if self.values else None

    @property
    def spread(self) -> int | None:
        return max(self.values) - min(self.values) if len(self.values) >= 2 else None


@dataclass(frozen=True, slots=True)
class AxisScore:
    """``score`` on 0–100 and ``coverage`` on 0–1, exact; None when not defined."""

    score: Fraction | None
    coverage: Fraction | None


def check_reply(code: str, reply: object) -> Reply:
    """The reply itself, or ValueError when it is not on the scale."""
    if reply in (UNKNOWN, NOT_CONCERNED):
        return str(reply)
    if isinstance(reply, int) and not isinstance(reply, bool) and reply in LEVELS:
        return reply
    raise ValueError(f"{code} : {reply!r} n’est pas une réponse (0, 1, 2, 3, « nsp » ou « nc »).")


def statement_stats(statements: Iterable[tuple[str, str]], copies: Sequence[Copy]) -> list[StatementStats]:
    """One row per (code, axis) in the instrument's order."""
    rows = []
    for code, axis in statements:
        replies = [check_reply(code, copy.answers[code]) for copy in copies if code in copy.answers]
        values = tuple(reply for reply in replies if isinstance(reply, int))
        not_applicable = bool(replies) and all(reply == NOT_CONCERNED for reply in replies)
        rows.append(StatementStats(code, axis, values, not not_applicable))
    return rows


def axis_score(rows: Sequence[StatementStats]) -> AxisScore:
    applicable = sum(row.applicable for row in rows)
    medians = [row.median for row in rows if row.median is not None]
    if not applicable:
        return AxisScore(None, None)
    coverage = Fraction(len(medians), applicable)
    if coverage < MINIMUM_COVERAGE or len(medians) < MINIMUM_ANSWERED:
        return AxisScore(None, coverage)
    return AxisScore(sum(medians, Fraction()) / len(medians) / 3 * 100, coverage)


def extremes(rows: Sequence[StatementStats]) -> tuple[list[str], list[str], list[tuple[str, int]]]:
    """(strengths, weaknesses, divergences); sorting is stable, so ties keep the instrument's order."""
    known = [(row.code, row.median) for row in rows if row.median is not None]
    strong = sorted((r for r in known if r[1] >= 2), key=lambda r: -r[1])
    weak = sorted((r for r in known if r[1] <= 1), key=lambda r: r[1])
    wide = [(row.code, row.spread) for row in rows if row.spread is not None and row.spread >= 2]
    wide.sort(key=lambda r: -r[1])
    return [code for code, _ in strong[:3]], [code for code, _ in weak[:3]], wide
