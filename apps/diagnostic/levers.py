"""Which three levers to show, and why (pure): alerts first, then the weakest pillar, then divergences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.diagnostic.disclosure import MEDIAN_FROM
from apps.diagnostic.instrument import PILLARS, Questionnaire

# The same as ``alert_levers`` of ``levers.yaml`` (a test holds them equal).
ALERT_LEVERS = {
    "cash_critical": "B5",
    "cash_tight": "B5",
    "negative_equity": "B6",
    "repeated_losses": "B7",
    "funder_dependency": "B2",
    "board_not_renewed": "A5",
}
WANTED = 3
WIDE = 2


@dataclass(frozen=True, slots=True)
class Reasons:
    """Everything that speaks for a lever; None and False are never told."""

    statement: str
    alerts: tuple[str, ...] = ()
    weakest_axis: bool = False
    score: float | None = None
    median: float | None = None
    spread: int | None = None
    roles: tuple[tuple[str, float], ...] = ()


class Chooser:
    """One choice. With fewer than three respondents nothing here depends on a statement's answers."""

    def __init__(self, payload: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], respondents: int,
                 questionnaire: Questionnaire, available: Collection[str]) -> None:  # fmt: skip
        self.payload = payload
        self.respondents = respondents
        self.questionnaire = questionnaire
        self.available = available
        # Below the threshold a row must not even sort the list.
        self.rows = {row["code"]: row for row in rows} if respondents >= MEDIAN_FROM else {}
        self.weakest = self._weakest()

    def choose(self) -> list[Reasons]:
        """At most three, one a statement, in the order of their urgency."""
        chosen: list[str] = []
        for code in self._candidates(chosen):
            if code in self.available and code not in chosen:
                chosen.append(code)
            if len(chosen) == WANTED:
                break
        return [self._reasons(code) for code in chosen]

    def _weakest(self) -> str | None:
        """The lowest scored pillar; another axis only when no pillar has a score."""
        scores = {
            code: axis["score"] for code, axis in self.payload["axes"].items() if axis["score"] is not None
        }
        pool = [code for code in scores if code in PILLARS] or list(scores)
        return min(sorted(pool), key=lambda code: scores[code], default=None)

    def _candidates(self, chosen: Sequence[str]) -> Iterator[str]:
        """Read one after the other: ``chosen`` grows meanwhile."""
        yield from (ALERT_LEVERS[alert["code"]] for alert in self.payload["alerts"])
        if not self.rows:
            yield from self._without_answers()
            return
        weak = self._by_weakness()
        yield from [code for code in weak if code[0] == self.weakest][:1]
        wide = [found["question"] for found in self.payload["divergences"]]
        yield from [code for code in wide if code not in chosen][:1]
        # A third voice from an axis not heard yet, before a second one from the same.
        yield from [code for code in weak if code[0] not in {c[0] for c in chosen}]
        yield from weak
        yield from self._without_answers()

    def _by_weakness(self) -> list[str]:
        """Statements that can still grow, lowest median first; the weakest pillar then the others
        on a tie.
        """
        known = [(code, row["median"]) for code, row in self.rows.items() if row["median"] is not None]
        known.sort(key=lambda found: (found[1], found[0][0] != self.weakest))
        return [code for code, _ in known]

    def _without_answers(self) -> Iterator[str]:
        """The weakest axis in the instrument's order, its express statements first; one a pillar
        when none is known.
        """
        axes = [self.weakest] if self.weakest else list(PILLARS)
        statements = [s for s in self.questionnaire.statements if s.axis in axes]
        statements.sort(key=lambda s: not s.express)
        if not self.weakest:
            yield from (next(s.code for s in statements if s.axis == axis) for axis in axes)
        yield from (s.code for s in statements)

    def _reasons(self, code: str) -> Reasons:
        row = self.rows.get(code, {})
        axis = self.payload["axes"].get(code[0], {})
        spread = row.get("spread")
        return Reasons(
            code,
            tuple(a["code"] for a in self.payload["alerts"] if ALERT_LEVERS[a["code"]] == code),
            code[0] == self.weakest,
            axis.get("score"),
            row.get("median"),
            spread if spread is not None and spread >= WIDE else None,
            tuple((row.get("roles") or {}).items()),
        )
