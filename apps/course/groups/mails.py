"""The weekly mail: a row of the mail table, in plain text, with the link that stops it."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from post_office.mail import create
from post_office.models import Email

from apps.accounts.models import User
from apps.course.groups.letters import Letter
from apps.course.groups.links import stop_url


def mail(person: User, letter: Letter) -> Email:
    """Not saved. The first line of the template is the subject."""
    url = stop_url(person.pk)
    values = {
        "name": person.full_name.strip(),
        "letter": letter,
        "stop_url": url,
        "site_name": settings.SITE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    subject, _, body = render_to_string("emails/course/digest.txt", values).partition("\n")
    return create(
        sender=settings.DEFAULT_FROM_EMAIL,
        recipients=[person.email],
        # The mail table reads subject and body as templates: what people typed must reach it as values.
        subject="{{ subject|safe }}",
        message="{{ body|safe }}",
        context={"subject": subject.strip(), "body": body.strip() + "\n"},
        # RFC 8058: mail readers show a button that stops it.
        headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        commit=False,
    )
