"""The sixteen attacks of ``confidentiality.md``, in order (pure)."""

from __future__ import annotations

from collections.abc import Callable

from apps.dashboards.audit import direct, history, scopes, shapes, systems
from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.seen import Case
from apps.dashboards.audit.words import note

Attack = Callable[[Case], Findings]
ATTACKS: dict[str, Attack] = {
    "A1": direct.small_cells,
    "A2": systems.in_table,
    "A3": systems.linked,
    "A4": scopes.filters,
    "A5": shapes.exclusions,
    "A6": shapes.territories,
    "A7": systems.recoded,
    "A8": history.in_time,
    "A9": scopes.together,
    "A10": direct.insiders,
    "A11": direct.dominant,
    "A12": direct.uniform,
    "A13": history.newcomers,
    "A14": shapes.side_channels,
    "A15": history.same_again,
    "A16": shapes.deep_links,
}


def attack(case: Case) -> list[Findings]:
    """Everything is tried, even after one has succeeded."""
    found = [run(case) for run in ATTACKS.values()]
    for findings in found:
        findings.note = note(findings.code)
    return found
