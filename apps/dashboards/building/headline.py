"""The sentence that heads a release, made from protected numbers and from nothing else (pure)."""

from __future__ import annotations

from apps.core.typography import number
from apps.dashboards.disclosure import ProtectedTable
from apps.dashboards.quarters import Quarter

EVERYBODY = "tout"
PILLARS = {"A": "Les richesses humaines", "B": "Les ressources financières", "C": "Les alliances"}
# Whole numbers closer than this are said to be level.
LEVEL = 3


def headline(axes: ProtectedTable, size: int, quarter: Quarter) -> str:
    """« Les alliances sont à 45 sur 100, sous les autres appuis. »"""
    cells = {axis: axes.cells[(EVERYBODY, axis)] for axis in PILLARS}
    if not all(cell.is_shown for cell in cells.values()):
        return neutral(size, quarter)
    means = {axis: cell.values["mean"] for axis, cell in cells.items()}
    low, middle, high = sorted(means, key=lambda axis: means[axis])
    if means[middle] - means[low] >= LEVEL:
        return f"{PILLARS[low]} sont à {means[low]} sur 100, sous les autres appuis."
    if means[high] - means[middle] >= LEVEL:
        return f"{PILLARS[high]} sont à {means[high]} sur 100, au-dessus des autres appuis."
    if means[low] == means[high]:
        return f"Les trois appuis se tiennent, à {means[low]} sur 100."
    return f"Les trois appuis se tiennent, de {means[low]} à {means[high]} sur 100."


def neutral(size: int, quarter: Quarter) -> str:
    if size:
        return f"{number(size)} associations comptées au {quarter.name}."
    return f"Les associations comptées au {quarter.name}."
