"""The reminder of the eve, once a person, whatever beat does."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.agenda import rules, selectors, words
from apps.agenda.models import Registration, Session
from apps.agenda.services.notices import locked, people_of, write_to


def remind_due() -> None:
    for session in selectors.to_remind(timezone.now()):
        remind(session=session)


@transaction.atomic
def remind(*, session: Session) -> None:
    """Mails and marks are written together: two rounds at once, or one cut short, remind nobody twice."""
    session, now = locked(session), timezone.now()
    if not session.is_open(now) or not rules.reminder_is_due(session.starts_at, now):
        return
    people = [person for person in people_of(session) if person.reminded_at is None]
    if people and write_to("reminder", session, people, when=words.from_today(session.starts_at, now)):
        Registration.objects.filter(pk__in=[person.pk for person in people]).update(reminded_at=now)
