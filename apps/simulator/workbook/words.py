"""The words of the workbook: natures, quantities and their columns (pure)."""

from __future__ import annotations

from apps.ledger.chart.natures import NATURES
from apps.simulator.plan import Hypothesis
from apps.simulator.sorts import ALL, EUROS, PERCENT, SORTS, YEARLY, Quantity

ALL_COSTS = "all_costs"
SIDES = {"resource": "Ressource", "cost": "Charge", "memo": "Mémoire"}
MONEY = (EUROS, YEARLY, "€ par an et par ETP")

SHARED = {
    "delay": "Délai de versement",
    "once": "Dépense de départ",
    "upkeep": "Ce que cela coûte chaque année",
}


def nature(code: str) -> str:
    """« Cotisations »; the code itself when nobody named it."""
    if code == ALL_COSTS:
        return "Toutes les charges, sauf les amortissements"
    return NATURES[code].label if code in NATURES else code


def quantities(hypotheses: tuple[Hypothesis, ...]) -> dict[str, Quantity]:
    """The quantities that these hypotheses may have, in the order of the sorts: one column each."""
    present = {one.sort for one in hypotheses}
    return {asked.code: asked for sort in ALL if sort.code in present for asked in sort.quantities}


def choice(hypothesis: Hypothesis, code: str) -> str:
    """What was chosen, or what an empty choice means; "" when the sort has no such choice."""
    for asked in SORTS[hypothesis.sort].choices:
        if asked.code == code:
            return hypothesis.choices.get(code) or asked.default
    return ""


def column_title(asked: Quantity) -> str:
    """One column serves several sorts, which have each their own words for it."""
    return f"{SHARED.get(asked.code, asked.label)} ({asked.unit})"


def shape(unit: str) -> str:
    """The style of an input cell."""
    return "input_euros" if unit in MONEY else "input_rate"


__all__ = ["ALL_COSTS", "PERCENT", "SIDES", "choice", "column_title", "nature", "quantities", "shape"]
