"""Reads of programmes, scoped by person first. Each says how many queries it costs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from apps.accounts.enums import InvitationState, PlatformRole
from apps.accounts.models import Membership, Organisation, PlatformGrant, User
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import Person, person_id
from apps.core.secrets import hash_token
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation, Release
from apps.dashboards.quarters import Quarter
from apps.diagnostic.models import Campaign

# A second click comes within it.
TWICE = timedelta(minutes=1)
# Of the people that ``people_of`` gives.
HELD = Q(holds=True)


def programmes_of(user: Person) -> QuerySet[Programme]:
    """Those she leads, open ones first, with ``joined`` and ``waiting``. 1 query."""
    joined = Q(consents__withdrawn_at=None, consents__isnull=False)
    waiting = Q(invitations__answer="", invitations__expires_at__gt=timezone.now())
    return (
        Programme.objects.filter(people=person_id(user))
        .annotate(
            joined=Count("consents", filter=joined, distinct=True),
            waiting=Count("invitations", filter=waiting, distinct=True),
        )
        .order_by(F("closed_at").desc(nulls_first=True), "name")
    )


def programme_or_404(user: Person, pk: UUID) -> Programme:
    """1 query."""
    found = Programme.objects.filter(pk=pk, people=person_id(user)).first()
    if found is None:
        raise Http404
    return found


def is_agreed_to(programme: Programme) -> bool:
    """1 query."""
    return programme.consents.filter(withdrawn_at=None).exists()


def by_code(code: str) -> Programme | None:
    """Also a closed one, whose page says so. 1 query."""
    return Programme.objects.filter(code=code).first()


def people_of(programme: Programme) -> QuerySet[User]:
    """By name, with ``holds``: whether they can still open it. 1 query."""
    grant = PlatformGrant.objects.filter(user=OuterRef("pk"), role=PlatformRole.FUNDER)
    people = User.objects.filter(programmes=programme).annotate(holds=Exists(grant))
    return people.order_by("full_name", "email")


def holders(programme: Programme) -> QuerySet[User]:
    """1 query."""
    return people_of(programme).filter(HELD, is_active=True)


def state_of(invitation: ProgrammeInvitation) -> InvitationState:
    if invitation.answer:
        return InvitationState(invitation.answer)
    is_late = invitation.expires_at <= timezone.now()
    return InvitationState.EXPIRED if is_late else InvitationState.PENDING


def invitation_by_token(token: str) -> ProgrammeInvitation | None:
    """1 query."""
    rows = ProgrammeInvitation.objects.select_related("programme", "invited_by")
    return rows.filter(token_hash=hash_token(token)).first()


def open_invitations(programme: Programme) -> QuerySet[ProgrammeInvitation]:
    """Not answered; expired ones can be sent again. 1 query."""
    return programme.invitations.filter(answer="").order_by("association", "pk")


def followed_invitations(programme: Programme) -> QuerySet[ProgrammeInvitation]:
    """Waiting, expired or declined: an accepted one is told by its consent, or by nothing once withdrawn. 1 query."""
    return programme.invitations.filter(answer__in=["", InvitationState.DECLINED])


def followed_consents(programme: Programme) -> QuerySet[Consent]:
    """Active ones, with ``is_finished`` and ``is_started``: whether a campaign is closed, or open. 1 query.

    Counts a campaign closed in the period that today's quarter counts, or since the association joined. Of a closed
    programme: as things stood on its last day.
    """
    until = programme.closed_at or timezone.now()
    first_day = Quarter.of(timezone.localdate(until)).counted_from
    theirs = Campaign.objects.filter(organisation=OuterRef("organisation"), opened_at__lte=until)
    closed = theirs.filter(closed_at__lte=until).filter(
        Q(closed_at__date__gte=first_day) | Q(closed_at__gte=OuterRef("given_at"))
    )
    still_open = theirs.filter(Q(closed_at=None) | Q(closed_at__gt=until))
    rows = programme.consents.filter(withdrawn_at=None).select_related("organisation")
    return rows.annotate(is_finished=Exists(closed), is_started=Exists(still_open))


def releases_of(programme: Programme) -> QuerySet[Release]:
    """Published ones, newest first. 1 query."""
    return programme.releases.filter(state=ReleaseState.PUBLISHED)


def joined_among(programme: Programme, organisations: list[Organisation]) -> set[UUID]:
    """Which of these are in the programme. 1 query."""
    rows = programme.consents.filter(withdrawn_at=None, organisation__in=organisations)
    return set(rows.values_list("organisation_id", flat=True))


def managers_of(organisation: Organisation) -> list[str]:
    """Names to ask, in the order they joined. 1 query."""
    rows = Membership.objects.filter(organisation=organisation, role__in=MANAGERS, user__is_active=True)
    return [str(row.user) for row in rows.select_related("user")]
