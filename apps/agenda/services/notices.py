"""Writing to those who come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.agenda import mails, selectors
from apps.agenda.links import secret
from apps.agenda.models import Registration, Session
from apps.core.secrets import hash_token


def write_to(template: str, session: Session, people: Sequence[Registration], **extra: Any) -> bool:
    """Whether the mails were queued. After a change of SECRET_KEY their link is a new one: it is noted."""
    late = [person for person in people if person.token_hash != hash_token(secret(person))]
    for person in late:
        person.token_hash = hash_token(secret(person))
    Registration.objects.bulk_update(late, ["token_hash"])
    return mails.queue(template, session, people, **extra)


def locked(session: Session) -> Session:
    """The session as it is now; nobody registers and nothing changes until the transaction ends."""
    return Session.objects.select_for_update().get(pk=session.pk)


def people_of(session: Session) -> list[Registration]:
    return list(selectors.registrations_of(session))
