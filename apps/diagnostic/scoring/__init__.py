"""The exact arithmetic of the self-diagnostic (``diagnostic.md`` § 2). Pure: no Django, no float."""

from apps.diagnostic.scoring.answers import Copy, StatementStats, statement_stats
from apps.diagnostic.scoring.finances import RESOURCE_KEYS, Year, alerts, indicators
from apps.diagnostic.scoring.outcome import SCORING_VERSION, Outcome, score
from apps.diagnostic.scoring.rounding import half_up

__all__ = [
    "RESOURCE_KEYS",
    "SCORING_VERSION",
    "Copy",
    "Outcome",
    "StatementStats",
    "Year",
    "alerts",
    "half_up",
    "indicators",
    "score",
    "statement_stats",
]
