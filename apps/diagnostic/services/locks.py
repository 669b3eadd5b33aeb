"""One lock a campaign: an answer and the closing of its campaign never cross."""

from uuid import UUID

from apps.diagnostic.errors import CampaignClosed
from apps.diagnostic.models import Campaign


def locked(pk: UUID) -> Campaign:
    """The campaign, held until the end of the transaction."""
    return Campaign.objects.select_for_update(no_key=True).get(pk=pk)


def locked_open(pk: UUID) -> Campaign:
    """The same, or CampaignClosed."""
    campaign = locked(pk)
    if not campaign.is_open:
        raise CampaignClosed
    return campaign
