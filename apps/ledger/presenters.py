"""What the pages of the accounts say, worked out before the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.accounts.models import Organisation
from apps.ledger import selectors
from apps.ledger.chart.natures import NATURES
from apps.ledger.enums import ImportState, Source
from apps.ledger.forms.days import FIRST_YEAR
from apps.ledger.models import Exercise, Import
from apps.ledger.services.exercises import COMPLEMENTS, FULL
from apps.ledger.years import COSTS, IN_KIND, MOST_YEARS, RESOURCES, LedgerYear

SOURCES = {"fec": "FEC", "pasted": "Balance collée", "typed": "Saisie à la main"}


@dataclass(frozen=True, slots=True)
class YearRow:
    year: LedgerYear
    source: str
    result: Decimal | None


def years_page(found: Sequence[LedgerYear]) -> dict[str, Any]:
    """``choices``: years that one would type now, newest first."""
    known = {one.year for one in found}
    last = timezone.localdate().year - 1
    return {
        "years": [YearRow(one, SOURCES[one.source], result_of(one)) for one in reversed(found)],
        "full": len(found) >= MOST_YEARS,
        "choices": [year for year in range(last, last - MOST_YEARS, -1) if year not in known][:3],
        "unmapped": [one.year for one in found if one.unmapped],
        "first_year": FIRST_YEAR,
        "this_year": last + 1,
    }


def result_of(year: LedgerYear) -> Decimal | None:
    """None where a year typed by hand does not give both sides."""
    return year.finances().get("result")


def imports_to_follow(organisation: Organisation) -> dict[str, list[Import]]:
    """``refused`` apart: many of them never hide what waits for somebody. 1 query."""
    found = list(selectors.imports_of(organisation)[:100])
    refused = [row for row in found if row.state == ImportState.REFUSED]
    return {"imports": [row for row in found if row.state != ImportState.REFUSED], "refused": refused}


def typing_refusal(asked: str, found: Sequence[LedgerYear]) -> str:
    """Why this year cannot be typed by hand, or ""."""
    most = timezone.localdate().year
    if len(asked) != 4 or not (asked.isascii() and asked.isdecimal()) or not FIRST_YEAR <= int(asked) <= most:
        return f"Écrivez une année en quatre chiffres, entre {FIRST_YEAR} et {most}."
    if int(asked) not in {one.year for one in found} and len(found) >= MOST_YEARS:
        return FULL
    return ""


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    lines: list[tuple[str, Decimal]]
    total: Decimal


def sides_of(year: LedgerYear) -> list[Side]:
    """Resources, costs and what is in kind, by nature, with their totals."""
    parts = (
        ("Ressources", tuple(RESOURCES), year.unmapped_resources),
        ("Charges", tuple(COSTS), year.unmapped_costs),
        ("Contributions en nature", IN_KIND, Decimal(0)),
    )
    return [side for title, natures, lost in parts if (side := side_of(year, title, natures, lost)).lines]


def side_of(year: LedgerYear, title: str, natures: tuple[str, ...], lost: Decimal) -> Side:
    lines = [(NATURES[one].label, year.amounts[one]) for one in natures if one in year.amounts]
    if lost:
        lines.append(("Sans nature", lost))
    return Side(title, lines, sum((amount for _, amount in lines), Decimal(0)))


def balance_of(year: LedgerYear) -> list[tuple[str, Decimal]]:
    pairs = (
        ("Trésorerie", year.treasury),
        ("Fonds propres, résultat compris", year.equity),
        ("Fonds dédiés", year.dedicated_funds),
        ("Ce qu’on nous doit", year.receivables),
        ("Ce que nous devons", year.payables),
        ("Emprunts", year.borrowings),
    )
    return [(label, amount) for label, amount in pairs if amount is not None]


def is_complete(exercise: Exercise) -> bool:
    return any(getattr(exercise, name) is not None for name in COMPLEMENTS)


def is_typed(exercise: Exercise) -> bool:
    return exercise.source == Source.TYPED


def back_to(accounts: Import) -> tuple[str, UUID]:
    """The page of an exercise once accepted, of its import before."""
    if exercise := getattr(accounts, "exercise", None):
        return "ledger:year", exercise.pk
    return "ledger:import", accounts.pk
