"""Who is in a démarche and as what. It is never left without a lead, whatever two people do at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.audit.events import Event
from apps.audit.services import record
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Presence, Seat
from apps.methodology.services.fields import CLOSED
from apps.methodology.team import mails
from apps.methodology.team.selectors import HELD, held_leads, team_of

LAST_LEAD = (
    "Une démarche garde toujours une personne qui la conduit. Confiez d’abord ce rôle à quelqu’un de l’équipe, "
    "puis recommencez."
)
GONE = "Cette personne ne fait plus partie de l’équipe."
NOT_A_MEMBER = (
    "Cette personne n’est plus membre de l’association\u00a0: invitez-la par son adresse électronique."
)
FROM_OUTSIDE = (
    "Vous n’êtes pas membre de l’association\u00a0: invitez cette personne par son adresse électronique."
)
NOT_SEATED = "Choisissez une personne de l’équipe qui a toujours accès à la démarche."


@transaction.atomic
def seat_member(*, by: Seat, user: User, role: SeatRole) -> tuple[Seat, bool]:
    """The seat of a member of the association, told by mail, and whether it is new; whoever is seated keeps hers.

    A lead from outside is not shown who the members are. Raises Refused.
    """
    held = open_team(by.engagement_id)
    if by.is_outside:
        raise NotYours(FROM_OUTSIDE)
    if not Membership.objects.filter(user=user, organisation=held.organisation_id).exists():
        raise Refused(NOT_A_MEMBER)
    seat, is_new = Seat.objects.get_or_create(
        engagement=held, user=user, left_at=None, defaults={"role": role}
    )
    if is_new:
        mails.tell_seated(seat, by)
        _note(seat, "", seat.role)
    return seat, is_new


@transaction.atomic
def change_role(*, seat: Seat, role: SeatRole) -> Seat:
    """Raises Refused when she has left, or when nobody would lead any more."""
    lock_team(seat.engagement_id)
    fresh = _seated(seat)
    if role != SeatRole.LEAD:
        _keep_one_lead_without(fresh)
    before, fresh.role = fresh.role, role
    fresh.save(update_fields=["role"])
    if before != role:
        _note(fresh, before, role)
    return fresh


@transaction.atomic
def leave(*, seat: Seat) -> None:
    """Someone leaves, or is removed: the same act, also in a closed démarche. A second time changes nothing.

    Raises Refused for the last lead.
    """
    lock_team(seat.engagement_id)
    fresh = Seat.objects.get(pk=seat.pk)
    if fresh.left_at is None:
        _keep_one_lead_without(fresh)
        _go(fresh)
        _note(fresh, fresh.role, "")


@transaction.atomic
def hand_over(*, seat: Seat, to: Seat, leaves: bool) -> None:
    """``seat``, a lead’s, names ``to`` as lead, then becomes a member or leaves. Raises Refused."""
    lock_team(seat.engagement_id)
    mine = _seated(seat)
    heir = team_of(mine.engagement_id).filter(HELD, pk=to.pk).exclude(pk=mine.pk).first()
    if heir is None or not heir.user or not heir.user.is_active:
        raise Refused(NOT_SEATED)
    if mine.role != SeatRole.LEAD:
        raise NotYours(NOT_SEATED)
    before, heir.role = heir.role, SeatRole.LEAD
    heir.save(update_fields=["role"])
    if leaves:
        _go(mine)
    else:
        mine.role = SeatRole.MEMBER
        mine.save(update_fields=["role"])
    _note(heir, before, SeatRole.LEAD)
    _note(mine, SeatRole.LEAD, "" if leaves else SeatRole.MEMBER)


def wish_mails(*, seat: Seat, wanted: bool) -> None:
    """Whether she is written to about what waits for her: ``team.roles.MAILS``."""
    Seat.objects.filter(pk=seat.pk).update(wants_reminders=wanted)


def lock_team(engagement: UUID) -> Engagement:
    """Held until the end of the transaction: seats change one hand at a time. Never stops what others write."""
    return Engagement.objects.select_for_update(no_key=True).get(pk=engagement)


def open_team(engagement: UUID) -> Engagement:
    """``lock_team``, refused for a closed démarche."""
    held = lock_team(engagement)
    if not held.is_open:
        raise Refused(CLOSED)
    return held


def _seated(seat: Seat) -> Seat:
    fresh = team_of(seat.engagement_id).filter(pk=seat.pk).first()
    if fresh is None:
        raise Refused(GONE)
    return fresh


def _keep_one_lead_without(seat: Seat) -> None:
    leads = {lead.pk for lead in held_leads(seat.engagement_id)}
    if leads == {seat.pk}:
        raise Refused(LAST_LEAD)


def _go(seat: Seat) -> None:
    """Her calendar stops with her seat."""
    seat.left_at, seat.feed_hash = timezone.now(), ""
    seat.save(update_fields=["left_at", "feed_hash"])
    Presence.objects.filter(seat=seat).delete()


def _note(seat: Seat, before: str, after: str) -> None:
    """In the journal of acts; "" for who comes in, or goes."""
    details = {"person": seat.user_id, "from": before, "to": after}
    record(Event.SEAT_CHANGED, subject=f"engagement:{seat.engagement_id}", details=details)
