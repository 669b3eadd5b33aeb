"""Reads, scoped by person first. No function here gives one person's answers to another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.diagnostic.content import CURRENT
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.instrument import Questionnaire, parse
from apps.diagnostic.models import Answer, Campaign, FinanceYear, Instrument, Respondent

if TYPE_CHECKING:
    from apps.accounts.models import User

_parsed: dict[str, Questionnaire] = {}


def questionnaire(instrument: Instrument) -> Questionnaire:
    """The parsed questionnaire; a published content never changes, so its hash is the key."""
    if instrument.sha256 not in _parsed:
        _parsed[instrument.sha256] = parse(instrument.content)
    return _parsed[instrument.sha256]


@lru_cache(maxsize=1)
def current_questionnaire() -> Questionnaire:
    """The published version in use, for pages without a campaign; read from the database once."""
    return questionnaire(current_instrument())


def current_instrument() -> Instrument:
    return Instrument.objects.get(code=CURRENT)


def campaigns_of(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """Campaigns of the organisations of this person, newest first, each with her ``member_role``."""
    if not user.is_authenticated:
        return Campaign.objects.none()
    return (
        Campaign.objects.filter(organisation__memberships__user=user)
        .annotate(member_role=F("organisation__memberships__role"))
        .select_related("organisation", "instrument")
        .defer("instrument__content")
    )


def campaign_for(user: User | AnonymousUser, pk: UUID) -> Campaign:
    """Campaign.DoesNotExist when she is not a member of its organisation."""
    return campaigns_of(user).get(pk=pk)


def open_campaign_of(organisation: Organisation) -> Campaign | None:
    return organisation.campaigns.filter(state=CampaignState.OPEN).first()


def member_and_open_campaign(user: User, organisation: Organisation) -> tuple[str, UUID | None]:
    """Her role ("" for none) and the campaign she would find open, in one query."""
    opened = Campaign.objects.filter(organisation=OuterRef("organisation"), state=CampaignState.OPEN)
    found = organisation.memberships.filter(user=user).annotate(opened=Subquery(opened.values("pk")[:1]))
    return found.values_list("role", "opened").first() or ("", None)


def context_choices(campaign: Campaign) -> dict[str, list[str]]:
    """Codes of its fragilities and levels, in one query."""
    found = Campaign.objects.filter(pk=campaign.pk).aggregate(
        fragilities=ArrayAgg("fragilities", distinct=True, filter=Q(fragilities__isnull=False)),
        levels=ArrayAgg("levels", distinct=True, filter=Q(levels__isnull=False)),
    )
    return {name: codes or [] for name, codes in found.items()}


def campaign_by_code(code: str) -> Campaign | None:
    if not code.isalpha():
        return None  # PostgreSQL refuses a NUL, which an address may hold.
    related = Campaign.objects.select_related("organisation", "instrument").defer("instrument__content")
    return related.filter(code=code).first()


def respondents_of(campaign: Campaign) -> QuerySet[Respondent]:
    """People of a campaign with ``has_started``: at least one confirmed answer, never which nor how many."""
    confirmed = Answer.objects.filter(respondent=OuterRef("pk"), is_suggestion=False)
    return campaign.respondents.annotate(has_started=Exists(confirmed))


def respondent_of_user(campaign: Campaign, user: User | AnonymousUser) -> Respondent | None:
    return campaign.respondents.filter(user=user).first() if user.is_authenticated else None


def emails_in(campaign: Campaign, emails: Collection[str]) -> list[str]:
    """Those who already answer: invited at this address, or joined with an account that has verified it."""
    owned = EmailAddress.objects.annotate(bare=Lower("email")).filter(
        bare__in=emails, verified=True, user__in=campaign.respondents.values("user")
    )
    invited = campaign.respondents.filter(email__in=emails)
    return sorted({*invited.values_list("email", flat=True), *owned.values_list("bare", flat=True)})


def with_campaign() -> QuerySet[Respondent]:
    """Without the questionnaire's text, which is read once a process."""
    related = ("campaign__organisation", "campaign__instrument")
    return Respondent.objects.select_related(*related).defer("campaign__instrument__content")


def respondent_by_id(pk: UUID) -> Respondent | None:
    return with_campaign().filter(pk=pk).first()


def respondent_by_token(token_hash: str) -> Respondent | None:
    return with_campaign().filter(token_hash=token_hash).first()


def answers_of(respondent: Respondent) -> dict[str, Answer]:
    """Her own answers by statement, suggestions included. For her own pages and for scoring only."""
    return {answer.statement: answer for answer in respondent.answers.all()}


def campaigns_summary(organisation: Organisation, user: User) -> QuerySet[Campaign]:
    """Campaigns of an organisation and the open ones she answers for elsewhere, newest first.

    With ``people``, ``finished`` (respondents) and ``my_copy`` (a respondent's id or None).
    """
    mine = Respondent.objects.filter(campaign=OuterRef("pk"), user=user).values("pk")[:1]
    finished = Q(respondents__finished_at__isnull=False)
    here = Campaign.objects.filter(organisation=organisation).order_by()
    asked = Campaign.objects.filter(state=CampaignState.OPEN, respondents__user=user).order_by()
    return (
        # Their keys first, each by its index: « here or asked » would read and count every campaign of the platform.
        Campaign.objects.filter(pk__in=here.values("pk").union(asked.values("pk")))
        .annotate(
            my_copy=Subquery(mine),
            people=Count("respondents"),
            finished=Count("respondents", filter=finished),
        )
        .select_related("organisation", "result")
        # A result is tens of kilobytes of JSON: its one number is enough here.
        .only("state", "code", "opened_at", "closed_at", "organisation__name", "result__respondent_count")
        .order_by("-opened_at")  # said again: grouping drops the model's order
    )


def mails_of_the_day(organisation: Organisation) -> int:
    """Personal links sent for this organisation over the last 24 hours."""
    since = timezone.now() - timedelta(days=1)
    return Respondent.objects.filter(campaign__organisation=organisation, invited_at__gte=since).count()


def years_of(campaign: Campaign) -> list[FinanceYear]:
    """Years of accounts, oldest first."""
    return list(campaign.finances.all())
