"""Coming to a session, and no longer coming."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.agenda import rules, selectors
from apps.agenda.errors import Refused
from apps.agenda.links import secret
from apps.agenda.models import Registration, Session
from apps.agenda.services.notices import locked, write_to
from apps.core.secrets import hash_token

# Somebody else's address cannot be flooded by asking again and again.
BETWEEN_TWO_MAILS = timedelta(minutes=10)
MOST_MAILS = 5


@transaction.atomic
def register(*, session: Session, email: str, name: str = "") -> bool:
    """The address comes, once; asked again later, its confirmation is sent again. Refused when too late.

    The answer is the same whether the address was already there: it tells nothing about anybody. False only
    when the mail could not be written.
    """
    now = timezone.now()
    session = locked(session)
    refuse_unless_open(session, now)
    email = email.strip().lower()
    person = selectors.registrations_of(session).filter(email__iexact=email).first()
    if person is None:
        person = new_registration(session, email, name, now)
    if not may_be_written_to(person, now):
        return True
    queued = write_to("confirmation", session, [person])
    if queued:
        person.sent_at, person.sent_count = now, person.sent_count + 1
        person.save(update_fields=["sent_at", "sent_count"])
    return queued


def new_registration(session: Session, email: str, name: str, now: datetime) -> Registration:
    person = Registration(session=session, email=email, name=name, created_at=now)
    person.token_hash = hash_token(secret(person))
    if rules.reminder_is_due(session.starts_at, now):
        person.reminded_at = now  # the confirmation of the eve is the reminder
    person.save()
    return person


def refuse_unless_open(session: Session, now: datetime) -> None:
    if session.is_cancelled:
        raise Refused("Cette séance est annulée : elle ne prend plus d’inscription.")
    if session.is_over(now):
        raise Refused("Cette séance a déjà eu lieu : elle ne prend plus d’inscription.")
    if session.is_draft:
        raise Refused("Les inscriptions à cette séance ne sont pas encore ouvertes.")


def may_be_written_to(person: Registration, now: datetime) -> bool:
    return person.sent_count < MOST_MAILS and (
        person.sent_at is None or person.sent_at <= now - BETWEEN_TWO_MAILS
    )


def cancel_registration(*, registration: Registration) -> None:
    """She no longer comes: her address goes at once, the link stays to say so. Nothing the second time."""
    Registration.objects.filter(selectors.ACTIVE, pk=registration.pk).update(
        cancelled_at=timezone.now(), email="", name=""
    )


def erase_past() -> int:
    """Registrations of sessions over for thirty days; how many were erased."""
    gone = Registration.objects.filter(session__ends_at__lt=timezone.now() - rules.KEPT)
    return gone.delete()[0]
