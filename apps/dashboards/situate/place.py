"""Where a score falls between the three published quarters of a group (pure).

A quarter here is a mark, as published: a fourth of the group is at the first or under it, half at the second, three
fourths at the third. It is known to the nearest 5 only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.microtypography import NO_BREAK
from apps.core.typography import Number, exact, join_list

EVERYBODY = "tout"
WITH_EMPLOYEES, WITHOUT_EMPLOYEES = "salaries-oui", "salaries-non"
# A mark of 45 may be anything from 42.5 to 47.5: closer than that, nobody can say on which side of it a score is.
BLUR = exact(2.5)
ORDINALS = ("1er", "2e", "3e")
GROUPS = {
    WITH_EMPLOYEES: "des associations avec salariés",
    WITHOUT_EMPLOYEES: "des associations sans salarié",
    EVERYBODY: "de toutes les associations comptées",
}
OWN_SIZE = "des associations de votre taille"


@dataclass(frozen=True, slots=True)
class Marks:
    """The three quarters of a group, 0 to 100. ``since``: « 2026-t2 » when the values are those of an earlier release."""

    cohort: str
    group: int
    values: tuple[int, int, int]
    since: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """``says`` comes after « votre résultat est »: « entre le 1er et le 2e quart »."""

    says: str
    level_with: tuple[int, ...]  # places (0 to 2) of the marks that it cannot be told from


def cohorts(size: str, has_employees: bool | None) -> tuple[str, ...]:
    """From the closest group to the widest. ``size`` is "" and ``has_employees`` None when the campaign says nothing."""
    employees = () if has_employees is None else (WITH_EMPLOYEES if has_employees else WITHOUT_EMPLOYEES,)
    return (*((size,) if size else ()), *employees, EVERYBODY)


def marks(table: Mapping[str, Any], axis: str, wanted: Sequence[str]) -> Marks | None:
    """The first of the ``wanted`` groups whose quarters are published for this axis. ``table``: the protected one."""
    rows = {row["key"]: row["cells"] for row in table["rows"]}
    for cohort in wanted:
        cell = rows.get(cohort, {}).get(axis, {})
        if cell.get("state") == "shown":
            values = (cell["q1"], cell["q2"], cell["q3"])
            return Marks(cohort, cell["n"], values, cell.get("since", ""))
    return None


def place(score: Number, values: tuple[int, int, int]) -> Place:
    """ValueError for a score outside 0 to 100, or quarters that go down."""
    own = exact(score)
    if not 0 <= own <= 100 or list(values) != sorted(values):
        raise ValueError("a score goes from 0 to 100, and quarters go up")
    level = tuple(rank for rank, value in enumerate(values) if abs(own - value) < BLUR)
    if level:
        return Place(f"au niveau {_of(level)}", level)
    passed = sum(own > value for value in values)
    if passed == 0:
        return Place("sous le 1er quart", ())
    if passed == len(values):
        return Place("au-delà du 3e quart", ())
    return Place(f"entre le {ORDINALS[passed - 1]} et le {ORDINALS[passed]} quart", ())


def _of(ranks: tuple[int, ...]) -> str:
    """« du 2e quart », « du 1er et du 2e quart »."""
    return f"{join_list(f'du {ORDINALS[rank]}' for rank in ranks)} quart"


def group_words(cohort: str) -> str:
    return GROUPS.get(cohort, OWN_SIZE)


def since_words(since: str) -> str:
    """« T2 2026 » of « 2026-t2 »; what is no quarter stays as it is."""
    found = re.fullmatch(r"(\d{4})-t([1-4])", since)
    return f"T{found[2]}{NO_BREAK}{found[1]}" if found else since
