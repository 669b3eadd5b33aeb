from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.enums import InvitationState, Role
from apps.accounts.models import Invitation, Membership, Organisation, User
from apps.accounts.roles import DUTIES
from apps.accounts.selectors import open_invitations, owns_email
from apps.accounts.services.organisations import choose_organisation
from apps.audit.events import Event
from apps.audit.services import record
from apps.core.secrets import hash_token, new_token

VALIDITY = timedelta(days=14)
# Limits that a real team never meets, and that stop a stolen account.
PER_DAY = 50
SENDINGS = 5
PAUSE = timedelta(minutes=5)


class InvitationRefusedError(Exception):
    """The message is a French sentence for the person who acted. Nothing was recorded."""


def invite_member(*, organisation: Organisation, email: str, role: Role, by: User) -> tuple[Invitation, bool]:
    """The invitation and whether its mail was queued; an expired one is renewed.

    Raises InvitationRefusedError.
    """
    email = email.strip().lower()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        _refuse_if_known(organisation, email)
        _refuse_if_too_many(organisation)
        token = new_token()
        invitation = open_invitations(organisation).filter(email__iexact=email).first()
        invitation = invitation or Invitation(organisation=organisation, email=email)
        invitation.role, invitation.invited_by = role, by
        invitation.sent_count = 1
        _renew(invitation, token)
        return invitation, _send(invitation, token)


def resend_invitation(*, invitation: Invitation) -> bool:
    """Whether the mail was queued. A new link replaces the old one. Raises InvitationRefusedError."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().select_related(None).get(pk=invitation.pk)
        if invitation.state not in (InvitationState.PENDING, InvitationState.EXPIRED):
            raise InvitationRefusedError("Cette invitation n’est plus en attente : il n’y a rien à renvoyer.")
        if invitation.sent_count >= SENDINGS:
            raise InvitationRefusedError(
                f"Le courriel est déjà parti {SENDINGS} fois. Vérifiez l’adresse avec la personne, "
                "puis annulez cette invitation et créez-en une autre."
            )
        if invitation.sent_at > timezone.now() - PAUSE:
            raise InvitationRefusedError(
                "Un courriel vient de partir. Laissez-lui cinq minutes avant de le renvoyer."
            )
        token = new_token()
        invitation.sent_count += 1
        _renew(invitation, token)
        return _send(invitation, token)


def revoke_invitation(*, invitation: Invitation) -> None:
    """Does nothing when the invitation was answered meanwhile."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, declined_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    """Become a member, once, and make the organisation current. Raises InvitationRefusedError."""
    with transaction.atomic():
        fresh = _lock_pending(invitation, by)
        membership, is_new = Membership.objects.get_or_create(
            user=by, organisation=fresh.organisation, defaults={"role": fresh.role}
        )
        fresh.accepted_at = timezone.now()
        fresh.save(update_fields=["accepted_at"])
        choose_organisation(user=by, organisation=fresh.organisation)
        if is_new:
            details = {"person": by.pk, "role": membership.role}
            record(Event.MEMBER_JOINED, actor=by, subject=fresh.organisation, details=details)
    return membership


def decline_invitation(*, invitation: Invitation, by: User) -> None:
    """Raises InvitationRefusedError."""
    with transaction.atomic():
        fresh = _lock_pending(invitation, by)
        fresh.declined_at = timezone.now()
        fresh.save(update_fields=["declined_at"])


def _lock_pending(invitation: Invitation, by: User) -> Invitation:
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=invitation.pk)
    )
    if fresh.state != InvitationState.PENDING:
        raise InvitationRefusedError("Cette invitation ne peut plus recevoir de réponse.")
    if not owns_email(by, fresh.email):
        raise InvitationRefusedError("Cette invitation a été envoyée à une autre adresse que la vôtre.")
    return fresh


def _refuse_if_known(organisation: Organisation, email: str) -> None:
    if Membership.objects.filter(organisation=organisation, user__email__iexact=email).exists():
        raise InvitationRefusedError(
            "Cette personne est déjà membre. Son rôle se change dans la liste ci-dessus."
        )
    pending = open_invitations(organisation).filter(email__iexact=email, expires_at__gt=timezone.now())
    if pending.exists():
        raise InvitationRefusedError(
            "Cette personne est déjà invitée. Vous pouvez renvoyer son courriel ci-dessous."
        )


def _refuse_if_too_many(organisation: Organisation) -> None:
    since = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(organisation=organisation, sent_at__gt=since).count() >= PER_DAY:
        raise InvitationRefusedError(
            f"Votre association a déjà envoyé {PER_DAY} invitations en un jour. Reprenez demain : "
            "celles qui sont parties restent valables."
        )


def _renew(invitation: Invitation, token: str) -> None:
    now = timezone.now()
    invitation.token_hash = hash_token(token)
    invitation.sent_at, invitation.expires_at = now, now + VALIDITY
    invitation.save()


def _send(invitation: Invitation, token: str) -> bool:
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "inviter": invitation.invited_by,
        "role": invitation.get_role_display(),
        "duty": DUTIES[invitation.role],
        "url": settings.SITE_URL + reverse("accounts:invitation", args=[token]),
    }
    return mails.queue("invitation", to=invitation.email, context=context)
