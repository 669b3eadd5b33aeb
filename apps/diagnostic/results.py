"""A campaign's rows turned into the pure arithmetic's values, and its frozen result."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.diagnostic import selectors
from apps.diagnostic.disclosure import public_outcome, statement_rows
from apps.diagnostic.models import Answer, Campaign, FinanceYear, Result
from apps.diagnostic.scoring import RESOURCE_KEYS, SCORING_VERSION, Copy, Year, score
from apps.diagnostic.scoring.answers import Reply
from apps.diagnostic.scoring.case import FIGURES


def reply(value: str) -> Reply:
    """« 2 » → 2; « nsp » and « nc » stay."""
    return int(value) if value.isdigit() else value


def confirmed_copies(campaign: Campaign) -> list[Copy]:
    """One copy a person with at least one confirmed answer; last year's suggestions never count."""
    copies: dict[tuple[UUID, str], dict[str, Reply]] = {}
    rows = Answer.objects.filter(respondent__campaign=campaign, is_suggestion=False)
    for person, role, code, value in rows.order_by(
        "respondent__created_at", "respondent", "statement"
    ).values_list("respondent", "respondent__role", "statement", "value"):
        copies.setdefault((person, role), {})[code] = reply(value)
    return [Copy(role, answers) for (_, role), answers in copies.items()]


def build_result(campaign: Campaign, copies: list[Copy]) -> Result:
    """Scores ``copies`` with the campaign's accounts and context, keeps only what may be disclosed."""
    questionnaire = selectors.questionnaire(campaign.instrument)
    statements = [(s.code, s.axis) for s in questionnaire.statements]
    years = selectors.years_of(campaign)
    outcome = score(statements, copies, [as_year(y) for y in years], campaign.years_since_board_renewal)
    return Result.objects.create(
        campaign=campaign,
        instrument=campaign.instrument,
        instrument_sha256=campaign.instrument.sha256,
        scoring_version=SCORING_VERSION,
        respondent_count=len(copies),
        payload=public_outcome(outcome.as_json(), len(copies)),
        statements=statement_rows(statements, copies),
        finances=[as_row(y) for y in years],
    )


def amount(year: FinanceYear, key: str) -> Fraction | None:
    value: Decimal | None = getattr(year, key)
    return None if value is None else Fraction(value)


def as_year(year: FinanceYear) -> Year:
    return Year(
        year=year.year,
        figures={key: amount(year, key) for key in FIGURES},
        resources={key: amount(year, key) for key in RESOURCE_KEYS},
    )


def plain(value: Decimal | None) -> int | float | None:
    """A JSON number: whole euros as an integer, cents as a float of two decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 2))


def as_row(year: FinanceYear) -> dict[str, Any]:
    """Shape of a row of ``case.finances`` in ``example-diagnostic.json``; unknown figures are null."""
    return {
        "year": year.year,
        **{key: plain(getattr(year, key)) for key in FIGURES},
        "resources": {key: plain(getattr(year, key)) for key in RESOURCE_KEYS},
    }
