"""Up to three years of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from apps.diagnostic.errors import Refused
from apps.diagnostic.models import Campaign, FinanceYear
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.diagnostic.scoring.case import FIGURES
from apps.diagnostic.services.locks import locked_open

MOST_YEARS = 3
TOO_MANY = "Trois exercices sont déjà saisis, et trois suffisent. Pour en saisir un autre, supprimez-en un."


@transaction.atomic
def save_finance_year(*, campaign: Campaign, year: int, figures: Mapping[str, Decimal | None]) -> FinanceYear:
    """The accounts of a year, replaced as a whole; a figure left out is unknown, not zero."""
    campaign = locked_open(campaign.pk)
    others = campaign.finances.exclude(year=year).count()
    if others >= MOST_YEARS:
        raise Refused(TOO_MANY)
    whole = {**dict.fromkeys((*FIGURES, *RESOURCE_KEYS)), **figures}
    row, _ = FinanceYear.objects.update_or_create(campaign=campaign, year=year, defaults=whole)
    return row


@transaction.atomic
def delete_finance_year(*, campaign: Campaign, year: int) -> bool:
    """False when there was no such year any more."""
    deleted, _ = locked_open(campaign.pk).finances.filter(year=year).delete()
    return bool(deleted)
