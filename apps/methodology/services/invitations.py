"""Asking somebody into a démarche by mail: accepted by a click of hers, never by opening the link."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.enums import InvitationState
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.selectors import owns_email
from apps.core.secrets import hash_token, new_token
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Seat, SeatInvitation
from apps.methodology.services.seats import open_team
from apps.methodology.team import mails
from apps.methodology.team.selectors import HELD, TWICE, holds, open_invitations, team_of

VALIDITY = timedelta(days=14)
# Limits that a real team never meets, and that stop a stolen account.
PER_DAY = 50
SENDINGS = 5
PAUSE = timedelta(minutes=5)
OPEN = (InvitationState.PENDING, InvitationState.EXPIRED)


@transaction.atomic
def invite(*, engagement: Engagement, email: str, role: SeatRole, by: User) -> tuple[SeatInvitation, bool]:
    """The invitation and whether its mail was queued; an expired one is renewed, a second click changes nothing.

    Raises Refused. Nothing here tells who has an account.
    """
    email = email.strip().lower()
    held = open_team(engagement.pk)
    _refuse_if_seated(held, email)
    waiting = open_invitations(held.pk).filter(email__iexact=email).first()
    if waiting and waiting.state == InvitationState.PENDING:
        if (waiting.invited_by, waiting.role) == (by, role) and waiting.sent_at > timezone.now() - TWICE:
            return waiting, True
        raise Refused("Cette personne est déjà invitée. Vous pouvez renvoyer son courriel ci-dessous.")
    _refuse_if_too_many(held)
    invitation = waiting or SeatInvitation(engagement=held, email=email)
    invitation.role, invitation.invited_by, invitation.sent_count = role, by, 1
    return invitation, _send(invitation)


@transaction.atomic
def resend(*, invitation: SeatInvitation) -> bool:
    """Whether the mail was queued. A new link replaces the old one; a second click sends nothing. Raises Refused."""
    open_team(invitation.engagement_id)
    rows = SeatInvitation.objects.select_for_update(of=("self",))
    found = rows.select_related("engagement__organisation", "invited_by").filter(pk=invitation.pk).first()
    if found and found.sent_count > 1 and found.sent_at > timezone.now() - TWICE:
        return True
    if found is None or found.state not in OPEN:
        raise Refused("Cette invitation n’est plus en attente\u00a0: il n’y a rien à renvoyer.")
    if found.sent_count >= SENDINGS:
        raise Refused(
            f"Le courriel est déjà parti {SENDINGS} fois. Vérifiez l’adresse avec la personne, "
            "puis annulez cette invitation et créez-en une autre."
        )
    if found.sent_at > timezone.now() - PAUSE:
        raise Refused("Un courriel vient de partir. Laissez-lui cinq minutes avant de le renvoyer.")
    found.sent_count += 1
    return _send(found)


def revoke(*, invitation: SeatInvitation) -> bool:
    """Whether its link opens nothing any more; False when the person answered meanwhile."""
    rows = SeatInvitation.objects.filter(pk=invitation.pk)
    rows.filter(answered_at=None).update(answer=InvitationState.REVOKED, answered_at=timezone.now())
    return rows.filter(answer=InvitationState.REVOKED).exists()


@transaction.atomic
def accept(*, invitation: SeatInvitation, by: User) -> Seat:
    """Seated from outside when she is no member of the association. Whoever is seated keeps her seat and role.

    Raises Refused.
    """
    held = open_team(invitation.engagement_id)
    fresh = _lock_pending(invitation, by)
    is_outside = not Membership.objects.filter(user=by, organisation=held.organisation_id).exists()
    seat = team_of(held.pk).filter(user=by).first()
    if seat is None:
        seat = Seat.objects.create(engagement=held, user=by, role=fresh.role, is_outside=is_outside)
    elif not holds(seat):
        # She was a member once: this time she comes in by name.
        seat.role, seat.is_outside = fresh.role, is_outside
        seat.save(update_fields=["role", "is_outside"])
    _answer(fresh, InvitationState.ACCEPTED)
    return seat


@transaction.atomic
def decline(*, invitation: SeatInvitation, by: User) -> None:
    """Raises Refused."""
    _answer(_lock_pending(invitation, by), InvitationState.DECLINED)


def _lock_pending(invitation: SeatInvitation, by: User) -> SeatInvitation:
    fresh = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.state != InvitationState.PENDING:
        raise Refused("Cette invitation ne peut plus recevoir de réponse.")
    if not owns_email(by, fresh.email):
        raise NotYours("Cette invitation a été envoyée à une autre adresse que la vôtre.")
    return fresh


def _answer(invitation: SeatInvitation, answer: InvitationState) -> None:
    invitation.answer, invitation.answered_at = answer, timezone.now()
    invitation.save(update_fields=["answer", "answered_at"])


def _refuse_if_seated(engagement: Engagement, email: str) -> None:
    if team_of(engagement.pk).filter(HELD, user__email__iexact=email).exists():
        raise Refused("Cette personne est déjà dans l’équipe. Son rôle se change dans la liste ci-dessus.")


def _refuse_if_too_many(engagement: Engagement) -> None:
    """Counted for the association: one person may lead many démarches."""
    Organisation.objects.select_for_update(no_key=True).get(pk=engagement.organisation_id)
    sent = SeatInvitation.objects.filter(
        engagement__organisation=engagement.organisation_id, sent_at__gt=timezone.now() - timedelta(days=1)
    )
    if sent.count() >= PER_DAY:
        raise Refused(
            f"Votre association a déjà envoyé {PER_DAY} invitations en un jour. Reprenez demain\u00a0: "
            "celles qui sont parties restent valables."
        )


def _send(invitation: SeatInvitation) -> bool:
    token, now = new_token(), timezone.now()
    invitation.token_hash = hash_token(token)
    invitation.sent_at, invitation.expires_at = now, now + VALIDITY
    invitation.save()
    return mails.invite(invitation, token)
