"""The natures that one may give to an account: those of its own side of the accounts."""

from __future__ import annotations

from functools import cache

from apps.ledger.chart.natures import NATURES, side_of


@cache
def natures_of(side: str) -> dict[str, str]:
    """Code → label."""
    return {code: nature.label for code, nature in NATURES.items() if nature.side == side}


def natures_for(number: str) -> dict[str, str]:
    """Empty for an account that is neither in the balance nor in the result: it stays apart."""
    return natures_of(side_of(number) or "")
