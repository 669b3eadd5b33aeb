"""Writes of a programme: opened, edited, shared with colleagues, closed; whom it invites by mail."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.enums import InvitationState, PlatformRole
from apps.accounts.models import User
from apps.core.secrets import hash_token, new_code, new_token
from apps.dashboards.models import Programme, ProgrammeInvitation
from apps.dashboards.programmes import mails
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.programmes.selectors import TWICE, holders, is_agreed_to, state_of

VALIDITY = timedelta(days=30)
# Limits that a real programme never meets, and that stop a stolen account.
PER_DAY = 200
SENDINGS = 5
PAUSE = timedelta(minutes=5)
CLOSED = "Ce programme est clos\u00a0: il n’accueille plus d’association."
AGREED = (
    "Des associations ont accepté ces mots\u00a0: qui porte le programme et à quoi serviront les chiffres "
    "ne changent plus. Pour un autre usage, ouvrez un autre programme."
)
LAST = "Personne d’autre ne tient ce programme. Ajoutez d’abord une ou un collègue, ou fermez le programme."
NO_FUNDER = (
    "Aucun compte avec le rôle «\u202ffinanceur\u202f» n’a cette adresse. "
    "Ce rôle se demande à l’équipe de la plateforme."
)


def open_programme(
    *,
    by: User,
    name: str,
    funder_name: str,
    purpose: str,
    key: UUID | None = None,
    is_demo: bool = False,
) -> Programme:
    """``key``: drawn with the form; the same form sent twice opens one programme."""
    key = key or uuid4()
    try:
        with transaction.atomic():
            made = Programme.objects.create(
                opening_key=key,
                name=name,
                funder_name=funder_name,
                purpose=purpose,
                code=free_code(),
                is_demo=is_demo,
            )
            made.people.add(by)
            return made
    except IntegrityError:
        # A double click, and the other one came first; or the key is somebody else’s.
        known = Programme.objects.filter(opening_key=key, people=by).first()
        return known or open_programme(
            by=by, name=name, funder_name=funder_name, purpose=purpose, is_demo=is_demo
        )


def free_code() -> str:
    """A code no programme has, closed ones included."""
    code = new_code()
    while Programme.objects.filter(code=code).exists():
        code = new_code()
    return code


@transaction.atomic
def edit(*, programme: Programme, name: str, funder_name: str, purpose: str) -> Programme:
    """Raises Refused when who carries it, or what for, would change under those who agreed to it."""
    held = _locked(programme)
    if is_agreed_to(held) and (held.funder_name, held.purpose) != (funder_name, purpose):
        raise Refused(AGREED)
    held.name, held.funder_name, held.purpose = name, funder_name, purpose
    held.save(update_fields=["name", "funder_name", "purpose"])
    return held


@transaction.atomic
def renew_code(*, programme: Programme) -> str:
    """The old code leads nowhere; associations that joined stay. A second click within the minute changes it again."""
    held = _open(programme)
    held.code = free_code()
    held.save(update_fields=["code"])
    return held.code


@transaction.atomic
def close(*, programme: Programme) -> Programme:
    """Nobody joins any more, waiting invitations fall; consents and releases stay. The same again changes nothing."""
    held = _locked(programme)
    if held.is_open:
        held.closed_at = timezone.now()
        held.save(update_fields=["closed_at"])
        held.invitations.filter(answer="").update(answer=InvitationState.REVOKED, answered_at=held.closed_at)
    return held


@transaction.atomic
def add_person(*, programme: Programme, email: str) -> User:
    """Another funder reads and leads the programme; the same again changes nothing. Raises Refused."""
    held = _locked(programme)
    found = User.objects.filter(
        email__iexact=email.strip(), is_active=True, platform_grants__role=PlatformRole.FUNDER
    ).first()
    if found is None:
        raise Refused(NO_FUNDER)
    held.people.add(found)
    return found


@transaction.atomic
def remove_person(*, programme: Programme, person: User) -> None:
    """Somebody who can still lead it must be left. The same again changes nothing. Raises Refused."""
    held = _locked(programme)
    if not held.people.filter(pk=person.pk).exists():
        return
    if not holders(held).exclude(pk=person.pk).exists():
        raise Refused(LAST)
    held.people.remove(person)


@transaction.atomic
def invite(
    *, programme: Programme, association: str, email: str, by: User
) -> tuple[ProgrammeInvitation, bool]:
    """The invitation and whether its mail was queued; an expired one is renewed, a second click changes nothing.

    Raises Refused. Nothing here tells who has an account.
    """
    email = email.strip().lower()
    held = _open(programme)
    waiting = held.invitations.filter(answer="", email__iexact=email).first()
    if waiting and state_of(waiting) == InvitationState.PENDING:
        same = (waiting.invited_by_id, waiting.association) == (by.pk, association)
        if same and waiting.sent_at > timezone.now() - TWICE:
            return waiting, True
        raise Refused("cette adresse est déjà invitée\u00a0: son courriel peut être renvoyé, plus bas")
    _refuse_if_too_many(by)
    invitation = waiting or ProgrammeInvitation(programme=held, email=email)
    invitation.association, invitation.invited_by, invitation.sent_count = association, by, 1
    return invitation, _send(invitation)


@transaction.atomic
def resend(*, invitation: ProgrammeInvitation) -> bool:
    """Whether the mail was queued. A new link replaces the old one; a second click sends nothing. Raises Refused."""
    _open(invitation.programme)
    found = ProgrammeInvitation.objects.select_for_update().filter(pk=invitation.pk, answer="").first()
    if found is None:
        raise Refused("Cette invitation n’est plus en attente\u00a0: il n’y a rien à renvoyer.")
    if found.sent_count > 1 and found.sent_at > timezone.now() - TWICE:
        return True
    if found.sent_count >= SENDINGS:
        raise Refused(
            f"Le courriel est déjà parti {SENDINGS} fois. Vérifiez l’adresse avec l’association, "
            "puis annulez cette invitation et créez-en une autre."
        )
    if found.sent_at > timezone.now() - PAUSE:
        raise Refused("Un courriel vient de partir. Laissez-lui cinq minutes avant de le renvoyer.")
    found.sent_count += 1
    return _send(found)


def revoke(*, invitation: ProgrammeInvitation) -> bool:
    """Whether its link opens nothing any more; False when the association answered meanwhile."""
    rows = ProgrammeInvitation.objects.filter(pk=invitation.pk)
    rows.filter(answer="").update(answer=InvitationState.REVOKED, answered_at=timezone.now())
    return rows.filter(answer=InvitationState.REVOKED).exists()


@transaction.atomic
def decline(*, invitation: ProgrammeInvitation) -> None:
    """By whoever holds the link. Raises Refused."""
    fresh = ProgrammeInvitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of(fresh) != InvitationState.PENDING:
        raise Refused("Cette invitation ne peut plus recevoir de réponse.")
    fresh.answer, fresh.answered_at = InvitationState.DECLINED, timezone.now()
    fresh.save(update_fields=["answer", "answered_at"])


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _open(programme: Programme) -> Programme:
    held = _locked(programme)
    if not held.is_open:
        raise Refused(CLOSED)
    return held


def _refuse_if_too_many(by: User) -> None:
    """Counted for the person: one may lead many programmes."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    day = timezone.now() - timedelta(days=1)
    if ProgrammeInvitation.objects.filter(invited_by=by, sent_at__gt=day).count() >= PER_DAY:
        raise Refused(f"{PER_DAY} invitations sont déjà parties en un jour\u00a0: reprenez demain")


def _send(invitation: ProgrammeInvitation) -> bool:
    token, now = new_token(), timezone.now()
    invitation.token_hash = hash_token(token)
    invitation.sent_at, invitation.expires_at = now, now + VALIDITY
    invitation.save()
    return mails.invite(invitation, token)
