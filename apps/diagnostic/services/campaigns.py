"""Opening a campaign and its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.catalogue.models import Department, Fragility, LegalForm, Level, SizeClass
from apps.core.secrets import new_code
from apps.diagnostic import selectors
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Campaign
from apps.diagnostic.services.locks import locked_open

Effort = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """What is asked once a campaign; ``effort`` is 18 months, 7 years, 28 years in %, or None."""

    legal_form: LegalForm | None = None
    department: Department | None = None
    size_class: SizeClass | None = None
    fragilities: Sequence[Fragility] = ()
    levels: Sequence[Level] = ()
    years_since_board_renewal: int | None = None
    effort: Effort | None = None


def context_of(organisation: Organisation) -> Context:
    """What the organisation's own sheet already says."""
    return Context(
        legal_form=organisation.legal_form,
        department=organisation.department,
        size_class=organisation.size_class,
        fragilities=list(organisation.fragilities.all()),
    )


@transaction.atomic
def open_campaign(
    *, organisation: Organisation, by: User | None, context: Context | None = None, at: datetime | None = None
) -> Campaign:
    """The open campaign of the organisation, created when there is none (asking twice gives one)."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if existing := selectors.open_campaign_of(organisation):
        return existing
    campaign = Campaign.objects.create(
        organisation=organisation,
        instrument=selectors.current_instrument(),
        previous=organisation.campaigns.filter(state=CampaignState.CLOSED).order_by("-closed_at").first(),
        code=free_code(),
        opened_by=by,
        opened_at=at or timezone.now(),
        is_demo=organisation.is_demo,
    )
    write_context(campaign, context or context_of(organisation))
    return campaign


def free_code() -> str:
    """A code no campaign has, old ones included: an old mail must not open another association's door."""
    code = new_code()
    while Campaign.objects.filter(code=code).exists():
        code = new_code()
    return code


@transaction.atomic
def update_context(*, campaign: Campaign, context: Context) -> Campaign:
    return write_context(locked_open(campaign.pk), context)


def write_context(campaign: Campaign, context: Context) -> Campaign:
    campaign.legal_form = context.legal_form
    campaign.department = context.department
    campaign.size_class = context.size_class
    campaign.years_since_board_renewal = context.years_since_board_renewal
    effort = context.effort or (None, None, None)
    campaign.effort_18_months, campaign.effort_7_years, campaign.effort_28_years = effort
    campaign.save()
    campaign.fragilities.set(context.fragilities)
    campaign.levels.set(context.levels)
    return campaign
