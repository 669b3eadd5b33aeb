"""Reads the ``case`` object of ``example-diagnostic.json`` (shape given there)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.diagnostic.scoring.answers import Copy, check_reply
from apps.diagnostic.scoring.finances import RESOURCE_KEYS, Year

FIGURES = (
    "charges",
    "depreciation",
    "payroll",
    "treasury",
    "equity",
    "result",
    "top_funder",
    "multi_year",
    "volunteer_hours",
    "employees_fte",
    "in_kind",
)


def amount(value: object, key: str) -> Fraction | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ValueError(f"{key} : {value!r} n’est pas un nombre.")
    try:
        return Fraction(Decimal(str(value))) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError, ArithmeticError) as error:
        raise ValueError(f"{key} : {value!r} n’est pas un nombre.") from error


def year(row: Mapping[str, Any]) -> Year:
    resources = row.get("resources") or {}
    return Year(
        year=int(row["year"]),
        figures={key: amount(row.get(key), key) for key in FIGURES},
        resources={key: amount(resources.get(key), key) for key in RESOURCE_KEYS},
    )


def copy(row: Mapping[str, Any], known: frozenset[str]) -> Copy:
    answers = row.get("answers") or {}
    if unknown := sorted(set(answers) - known):
        raise ValueError(f"Énoncés inconnus de l’instrument : {', '.join(unknown)}.")
    return Copy(row.get("role", ""), {code: check_reply(code, reply) for code, reply in answers.items()})


def read(case: Mapping[str, Any], codes: frozenset[str]) -> tuple[list[Copy], list[Year], int | None]:
    """(copies, years, years since the board was renewed) of a case, or ValueError in French."""
    context = case.get("context") or {}
    copies = [copy(row, codes) for row in case.get("respondents") or []]
    years = [year(row) for row in case.get("finances") or []]
    if len({y.year for y in years}) != len(years):
        raise ValueError("Un exercice est donné deux fois.")
    return copies, years, context.get("years_since_board_renewal")
