"""A démarche opens, gets another title, closes, opens again, and always finds somebody to lead it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import MANAGERS
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Seat
from apps.methodology.public import selectors
from apps.methodology.services.items import locked
from apps.methodology.team.selectors import held_leads

NOT_A_MANAGER = (
    "Une démarche s’ouvre par une personne qui administre l’association ou qui en est référente\u00a0: "
    "demandez-lui de l’ouvrir, puis de vous y inviter."
)
LEADS_ONLY = "Seules les personnes qui mènent cette démarche peuvent faire cela."
LED = "Cette démarche a de nouveau une personne qui la mène\u00a0: demandez-lui de vous inviter."


def open_engagement(
    *, organisation: Organisation, by: User, title: str, key: UUID | None = None
) -> Engagement:
    """With its opener as its lead. ``key``: drawn with the form; the same one again gives the démarche of the first time.

    Raises NotYours for who is neither admin nor lead of the association.
    """
    if not Membership.objects.filter(user=by, organisation=organisation, role__in=MANAGERS).exists():
        raise NotYours(NOT_A_MANAGER)
    key = key or uuid4()
    try:
        with transaction.atomic():
            return _known(organisation, by, key) or _opened(organisation, by, title, key)
    except IntegrityError:
        # A double click, and the other one came first; or a key that was sent for something else.
        return _known(organisation, by, key) or open_engagement(organisation=organisation, by=by, title=title)


def _known(organisation: Organisation, by: User, key: UUID) -> Engagement | None:
    return Engagement.objects.filter(opening_key=key, organisation=organisation, opened_by=by).first()


def _opened(organisation: Organisation, by: User, title: str, key: UUID) -> Engagement:
    engagement = Engagement.objects.create(
        organisation=organisation,
        opening_key=key,
        title=title,
        edition=selectors.latest() or 1,
        opened_by=by,
        is_demo=organisation.is_demo,
    )
    Seat.objects.create(engagement=engagement, user=by, role=SeatRole.LEAD)
    return engagement


@transaction.atomic
def rename_engagement(*, seat: Seat, title: str) -> None:
    """Raises NotYours, or Refused for a closed démarche."""
    _check_lead(seat)
    engagement = locked(seat.engagement_id)
    engagement.title = title
    engagement.save(update_fields=["title"])


@transaction.atomic
def close_engagement(*, seat: Seat) -> None:
    """Nothing is lost, nothing is written any more. Nothing the second time."""
    _check_lead(seat)
    Engagement.objects.filter(pk=seat.engagement_id, closed_at=None).update(closed_at=timezone.now())


@transaction.atomic
def reopen_engagement(*, seat: Seat) -> None:
    _check_lead(seat)
    Engagement.objects.filter(pk=seat.engagement_id).update(closed_at=None)


def _check_lead(seat: Seat) -> None:
    if seat.role != SeatRole.LEAD or seat.left_at:
        raise NotYours(LEADS_ONLY)


@transaction.atomic
def take_lead(*, engagement: Engagement, by: User) -> Seat:
    """An administrator of the association leads a démarche that nobody leads any more. The same again gives her seat.

    Raises NotYours for anybody else, Refused when somebody leads it.
    """
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if not Membership.objects.filter(
        user=by, organisation=engagement.organisation_id, role=Role.ADMIN
    ).exists():
        raise NotYours("Seule une personne qui administre l’association peut reprendre cette démarche.")
    seat = Seat.objects.filter(engagement=engagement, user=by, left_at=None).first()
    if seat and seat.role == SeatRole.LEAD:
        return seat
    if held_leads(engagement.pk).exists():
        raise Refused(LED)
    if seat is None:
        return Seat.objects.create(engagement=engagement, user=by, role=SeatRole.LEAD)
    # A member now, whatever she was when she was asked in.
    seat.role, seat.is_outside = SeatRole.LEAD, False
    seat.save(update_fields=["role", "is_outside"])
    return seat
