"""Closing a campaign: the moment its result is computed and frozen."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.errors import Refused
from apps.diagnostic.models import Campaign, Result
from apps.diagnostic.results import build_result, confirmed_copies
from apps.diagnostic.services.locks import locked

logger = structlog.get_logger(__name__)
NO_ANSWER = (
    "Personne n’a encore répondu : il n’y a rien à calculer. La campagne reste ouverte ; "
    "répondez vous-même ou relancez une personne, puis revenez la clore."
)


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: User | None, at: datetime | None = None) -> Result:
    """The frozen result. Closing twice gives the same one; Refused when nobody has answered."""
    held = locked(campaign.pk)
    if not held.is_open:
        return Result.objects.get(campaign=held)
    copies = confirmed_copies(held)
    if not copies:
        raise Refused(NO_ANSWER)
    held.state = CampaignState.CLOSED
    held.closed_at = at or timezone.now()
    held.save(update_fields=["state", "closed_at"])
    result = build_result(held, copies)
    logger.info("campaign_closed", campaign=str(held.pk), by=by.pk if by else None, respondents=len(copies))
    return result
