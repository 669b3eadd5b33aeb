"""The campaign that feeds a démarche, and what this person may do with it. A result is read by members only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import Membership, User
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import person_id
from apps.diagnostic.models import Campaign, Respondent, Result
from apps.methodology.access import Place
from apps.methodology.models import CrossedDiagnostic, Engagement

MOST_CAMPAIGNS = 20


@dataclass(frozen=True, slots=True)
class Powers:
    """``reads``: what the campaign and its result show their members. ``opens``: a new campaign from here.

    ``chooses``: which campaign feeds the démarche. ``uses``: takes points and levers from its result.
    """

    role: str = ""
    reads: bool = False
    opens: bool = False
    chooses: bool = False
    uses: bool = False


def powers(place: Place, role: str) -> Powers:
    """``role``: hers in the association, "" for none. A campaign opens by who may open it elsewhere, no more."""
    member, manager, leads = bool(role), role in MANAGERS, place.may("lead")
    return Powers(
        role=role,
        reads=member,
        opens=place.writes and leads and manager,
        chooses=place.writes and (manager or (member and leads)),
        uses=place.writes and member,
    )


def role_in(user: User, organisation: UUID) -> str:
    """Her role in the association, "" for none. 1 query."""
    rows = Membership.objects.filter(user=user, organisation=organisation)
    return str(rows.values_list("role", flat=True).first() or "")


def linked(engagement: Engagement, user: User) -> CrossedDiagnostic | None:
    """With its campaign, its result if there is one, and for ``user`` her ``role`` ("" or None: not a member).

    ``people`` and ``finished`` count the copies of the campaign. 1 query.
    """
    role = Membership.objects.filter(user=person_id(user), organisation=OuterRef("campaign__organisation"))
    return (
        CrossedDiagnostic.objects.filter(engagement=engagement)
        .select_related("campaign__instrument", "campaign__result", "linked_by__user")
        .defer("campaign__instrument__content")
        .annotate(
            role=Subquery(role.values("role")[:1]),
            people=copies(),
            finished=copies(finished_at__isnull=False),
        )
        .first()
    )


def copies(**wanted: bool) -> Subquery:
    """How many people of a link’s campaign; never what they answered."""
    rows = Respondent.objects.filter(campaign=OuterRef("campaign"), **wanted).order_by().values("campaign")
    return Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def result_of(link: CrossedDiagnostic | None) -> Result | None:
    """Of a link read by ``linked``; None while the campaign is open. No query."""
    return getattr(link.campaign, "result", None) if link else None


def campaigns_to_choose(engagement: Engagement, other_than: UUID | None = None) -> QuerySet[Campaign]:
    """The association’s, newest first. 1 query."""
    rows = Campaign.objects.filter(~Q(pk=other_than), organisation=engagement.organisation_id)
    return rows.only("state", "opened_at", "closed_at")[:MOST_CAMPAIGNS]
