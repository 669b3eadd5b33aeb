"""The association chart: which nature an account belongs to, and why. Rules are content, versioned and frozen."""

from apps.ledger.chart.content import current, load
from apps.ledger.chart.rules import Chart, Placing, Rule

__all__ = ["Chart", "Placing", "Rule", "current", "load"]
