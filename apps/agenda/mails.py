"""Mails of the agenda: rows in the mail table, in plain text, with the session as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from post_office.models import Attachment, Email
from post_office.utils import create_attachments

from apps.accounts.mails import row, safely
from apps.agenda import ical, words
from apps.agenda.links import leave_url
from apps.agenda.models import Registration, Session


def queue(template: str, session: Session, people: Sequence[Registration], **extra: Any) -> bool:
    """One mail a person from ``emails/agenda/<template>``, whose first line is the subject. All or none."""

    def send() -> None:
        context = {**about(session), **extra}
        mails = [mail(template, person, context) for person in people]
        Email.objects.bulk_create(mails, batch_size=500)
        if file := calendar_file(session):
            file.emails.add(*mails)

    return safely(send, template=template)


def mail(template: str, person: Registration, context: Mapping[str, Any]) -> Email:
    values = {**context, "name": person.name, "email": person.email, "leave_url": leave_url(person)}
    return row(f"agenda/{template}", to=person.email, context=values)


def about(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "day": words.day_of(session.starts_at),
        "hours": words.hours(session.starts_at, session.ends_at),
        "page_url": settings.SITE_URL + session.get_absolute_url(),
        "agenda_url": settings.SITE_URL + reverse("agenda:agenda"),
    }


def calendar_file(session: Session) -> Attachment | None:
    """One file a version of the session, shared by its mails; None when the storage does not answer."""
    name = f"{session.slug}-{session.sequence}.ics"
    if known := Attachment.objects.filter(name=name).first():
        return known
    content = ContentFile(ical.invitation(session))
    made: list[Attachment] = []
    safely(
        lambda: made.extend(create_attachments({name: {"file": content, "mimetype": "text/calendar"}})),
        template=name,
    )
    return made[0] if made else None
