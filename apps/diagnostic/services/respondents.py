"""People who answer: invited by mail, joined by code, come back by their personal link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.selectors import verified_emails
from apps.core.secrets import hash_token, new_token
from apps.core.typography import join_list
from apps.diagnostic import selectors
from apps.diagnostic.errors import NeedsConfirmation, Refused
from apps.diagnostic.mails import send_personal_link
from apps.diagnostic.models import Campaign, Respondent
from apps.diagnostic.services.answers import suggest_from_last_year
from apps.diagnostic.services.locks import locked_open

LINK_LASTS = timedelta(days=90)
BETWEEN_TWO_LINKS = timedelta(minutes=10)
SAME_CLICK = timedelta(minutes=1)
MOST_RESPONDENTS = 100
MOST_MAILS_A_DAY = 50


@dataclass(frozen=True, slots=True)
class Invitee:
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A copy just joined; ``token`` is the secret of its personal link, known only now."""

    respondent: Respondent
    token: str


@transaction.atomic
def invite_respondents(*, campaign: Campaign, invitees: Sequence[Invitee]) -> list[Respondent]:
    """One copy and one mail each. Refused as a whole, so that nothing is half sent."""
    campaign = locked_open(campaign.pk)
    check_emails(campaign, [invitee.email for invitee in invitees])
    check_room(campaign, len(invitees))
    check_mails(campaign, len(invitees))
    return [_invite(campaign, invitee) for invitee in invitees]


def _invite(campaign: Campaign, invitee: Invitee) -> Respondent:
    email = invitee.email.lower()
    respondent = Respondent(campaign=campaign, role=invitee.role, email=email)
    _send_new_link(respondent)
    return respondent


def _send_new_link(respondent: Respondent) -> None:
    """Gives the copy a new secret (the former link dies) and mails it."""
    token = renew_token(respondent)
    respondent.invited_at = timezone.now()
    respondent.save()
    send_personal_link(respondent, token)


def just_joined(campaign: Campaign, token: str) -> Respondent | None:
    """The copy that a first click on the same form made, as long as nothing was answered in it."""
    since = timezone.now() - SAME_CLICK
    fresh = campaign.respondents.filter(user=None, joined_at__gte=since, answers=None)
    return fresh.filter(token_hash=hash_token(token)).first()


def renew_token(respondent: Respondent, token: str = "") -> str:
    token = token or new_token()
    respondent.token_hash = hash_token(token)
    respondent.expires_at = timezone.now() + LINK_LASTS
    return token


def check_emails(campaign: Campaign, emails: Sequence[str]) -> None:
    asked = [email.lower() for email in emails]
    twice = sorted({email for email in asked if asked.count(email) > 1})
    if twice:
        raise Refused(
            f"Une adresse est écrite deux fois : {join_list(twice)}. Gardez une seule ligne par personne."
        )
    if known := selectors.emails_in(campaign, asked):
        raise Refused(
            f"Déjà dans cette campagne : {join_list(known)}. Aucun courriel n’est parti. "
            "Retirez cette adresse de la liste ; la page de la campagne permet de lui renvoyer son lien."
        )


def check_room(campaign: Campaign, more: int) -> None:
    if campaign.respondents.count() + more > MOST_RESPONDENTS:
        raise Refused(f"Une campagne réunit {MOST_RESPONDENTS} personnes au plus. Personne n’a été ajouté.")


def check_mails(campaign: Campaign, more: int) -> None:
    if selectors.mails_of_the_day(campaign.organisation) + more > MOST_MAILS_A_DAY:
        raise Refused(
            f"Votre association a atteint {MOST_MAILS_A_DAY} courriels en vingt-quatre heures. "
            "Aucun courriel n’est parti. Donnez le code de la campagne, ou revenez demain."
        )


def join_campaign(
    *, campaign: Campaign, role: str, user: User | None = None, name: str = "", email: str = ""
) -> Guest:
    """A copy for a signed-in person or for a guest; CampaignClosed or Refused."""
    if user is None:
        return join_as_guest(campaign=campaign, role=role, name=name, email=email)
    return Guest(join_as_user(campaign=campaign, user=user, role=role), "")


@transaction.atomic
def join_as_user(*, campaign: Campaign, user: User, role: str) -> Respondent:
    """The copy of a signed-in person: hers already, or the one she was invited to, or a new one."""
    campaign = locked_open(campaign.pk)
    if existing := selectors.respondent_of_user(campaign, user):
        return existing
    invited = campaign.respondents.filter(user=None, email__in=verified_emails(user)).first()
    respondent = invited or Respondent(campaign=campaign)
    if invited is None:
        check_room(campaign, 1)
        renew_token(respondent)
    respondent.user, respondent.role, respondent.name = user, role, user.full_name[:80]
    respondent.joined_at = respondent.joined_at or timezone.now()
    respondent.save()
    suggest_from_last_year(respondent=respondent)
    return respondent


@transaction.atomic
def join_as_guest(
    *, campaign: Campaign, role: str, name: str = "", email: str = "", token: str = ""
) -> Guest:
    """A copy without an account; its personal link goes by mail too when she gives an address.

    ``token``: the secret of the copy when the form drew it. Sent twice within a minute, it gives one copy.
    """
    campaign = locked_open(campaign.pk)
    email = email.lower()
    if token and (known := just_joined(campaign, token)):
        return Guest(known, token)
    if token and Respondent.objects.filter(token_hash=hash_token(token)).exists():
        token = ""  # the form was shown again later, perhaps to somebody else: her own copy, her own secret
    if email and campaign.respondents.filter(email=email).exists():
        raise Refused(
            "Cette adresse a déjà un questionnaire dans cette campagne. "
            "Ouvrez le lien personnel reçu par courriel, ou demandez qu’on vous le renvoie."
        )
    check_room(campaign, 1)
    respondent = Respondent(campaign=campaign, role=role, name=name, email=email, joined_at=timezone.now())
    token = renew_token(respondent, token)
    if email:
        check_mails(campaign, 1)
        respondent.invited_at = timezone.now()
    respondent.save()
    if email:
        send_personal_link(respondent, token)
    return Guest(respondent, token)


@transaction.atomic
def resend_link(*, respondent: Respondent) -> Respondent:
    """A new personal link by mail; the former one no longer works."""
    campaign = locked_open(respondent.campaign_id)
    if not respondent.email:
        raise Refused(
            "Cette personne n’a pas donné d’adresse : son lien lui a été montré quand elle a rejoint."
        )
    if respondent.invited_at and timezone.now() - respondent.invited_at < BETWEEN_TWO_LINKS:
        raise Refused(
            "Un lien vient de partir à cette adresse. Attendez dix minutes avant d’en envoyer un autre."
        )
    check_mails(campaign, 1)
    _send_new_link(respondent)
    return respondent


def link_has_expired(respondent: Respondent, now: datetime) -> bool:
    return respondent.expires_at is not None and respondent.expires_at < now


@transaction.atomic
def accept_link(*, respondent: Respondent, user: User | None) -> Respondent:
    """She opened her link and clicked: her copy is hers, and joins her account when she has one."""
    if respondent.joined_at is None:
        respondent.joined_at = timezone.now()
        respondent.save(update_fields=["joined_at"])
    if user is None or respondent.user_id is not None or not respondent.campaign.is_open:
        return respondent
    if selectors.respondent_of_user(respondent.campaign, user) is None:
        respondent.user = user
        respondent.save(update_fields=["user"])
        suggest_from_last_year(respondent=respondent)
    return respondent


@transaction.atomic
def remove_respondent(*, respondent: Respondent, confirmed: bool = False) -> None:
    """Takes a person and her answers out of an open campaign. NeedsConfirmation once she has answered."""
    locked_open(respondent.campaign_id)
    if not confirmed and respondent.answers.filter(is_suggestion=False).exists():
        raise NeedsConfirmation(
            "Cette personne a commencé à répondre : ses réponses seraient effacées. "
            "Ouvrez « Retirer » à côté de son nom et confirmez si c’est bien ce que vous voulez."
        )
    respondent.delete()
