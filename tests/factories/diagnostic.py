"""Campaigns at every stage, with as little ceremony as a test deserves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.core.secrets import hash_token, new_token
from apps.diagnostic import selectors
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.models import Answer, Campaign, FinanceYear, Respondent, Result
from apps.diagnostic.services import close_campaign, open_campaign
from tests.factories.accounts import OrganisationFactory

__all__ = ["answer", "answer_all", "campaign", "closed_campaign", "finance_year", "respondent"]


def campaign(organisation: Organisation | None = None, **fields: Any) -> Campaign:
    """An open campaign."""
    made = open_campaign(organisation=organisation or OrganisationFactory.create(), by=None)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def respondent(
    campaign: Campaign,
    role: str = RespondentRole.TEAM,
    *,
    user: User | None = None,
    token: str = "",
    **fields: Any,
) -> Respondent:
    """A copy, with an account or a personal link (``token``)."""
    values = {"joined_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=90), **fields}
    return Respondent.objects.create(
        campaign=campaign, role=role, user=user, token_hash=hash_token(token or new_token()), **values
    )


def answer(copy: Respondent, code: str = "A1", value: str = "2", *, suggestion: bool = False) -> Answer:
    return Answer.objects.create(respondent=copy, statement=code, value=value, is_suggestion=suggestion)


def answer_all(
    copy: Respondent, values: Mapping[str, str] | str = "2", *, finished: bool = True
) -> Respondent:
    """The 36 statements: one value for all, or a value a code."""
    for code in selectors.questionnaire(copy.campaign.instrument).codes:
        value = values if isinstance(values, str) else values.get(code)
        if value:
            answer(copy, code, value)
    if finished:
        copy.finished_at = timezone.now()
        copy.save()
    return copy


def finance_year(campaign: Campaign, year: int = 2025, **figures: Any) -> FinanceYear:
    return FinanceYear.objects.create(campaign=campaign, year=year, **figures)


def closed_campaign(
    organisation: Organisation | None = None, *, people: int = 3, value: str = "2", at: datetime | None = None
) -> Result:
    """A closed campaign answered by several people."""
    made = campaign(organisation)
    for _ in range(people):
        answer_all(respondent(made), value)
    return close_campaign(campaign=made, by=None, at=at)
