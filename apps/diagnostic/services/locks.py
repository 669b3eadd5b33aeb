"""One lock a campaign: an answer and the closing of its campaign never cross."""

from uuid import UUID

from django.http import Http404

from apps.diagnostic.errors import CampaignClosed
from apps.diagnostic.models import Campaign, Respondent


def locked(pk: UUID) -> Campaign:
    """The campaign, held until the end of the transaction."""
    return Campaign.objects.select_for_update(no_key=True).get(pk=pk)


def locked_open(pk: UUID) -> Campaign:
    """The same, or CampaignClosed."""
    campaign = locked(pk)
    if not campaign.is_open:
        raise CampaignClosed
    return campaign


def lock_copy(respondent: Respondent) -> None:
    """Before a write in her copy: CampaignClosed, or Http404 when she was taken out a moment ago."""
    locked_open(respondent.campaign_id)
    if not Respondent.objects.filter(pk=respondent.pk).exists():
        raise Http404
