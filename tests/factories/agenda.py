"""Sessions in any state, and people who come, without a mail."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from apps.agenda import rules
from apps.agenda.enums import SessionState
from apps.agenda.links import secret
from apps.agenda.models import Registration, Session
from apps.core.secrets import hash_token

# A Thursday in winter, far from any change of the clocks.
DAY = date(2027, 1, 21)
JOIN = "https://visio.example/salle?code=42"


def moment(day: date = DAY, hour: int = 13, minute: int = 0) -> datetime:
    """What clocks in Paris show."""
    return rules.at(day, time(hour, minute))


def session(day: date = DAY, **fields: Any) -> Session:
    """Open, at the usual hours."""
    starts_at, ends_at = rules.slot(day)
    values = {
        "slug": f"seance-{uuid4().hex[:12]}",
        "title": "Habiter autrement",
        "summary": "Une coopérative raconte.",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "join_url": JOIN,
        "state": SessionState.OPEN,
        **fields,
    }
    return Session.objects.create(**values)


def cancelled(day: date = DAY, **fields: Any) -> Session:
    values = {"state": SessionState.CANCELLED, "cancelled_reason": "L’intervenante est souffrante.", **fields}
    return session(day, **values)


def registration(to: Session, email: str = "ami@exemple.fr", **fields: Any) -> Registration:
    person = Registration(session=to, email=email, **fields)
    person.token_hash = hash_token(secret(person))
    person.save()
    return person
