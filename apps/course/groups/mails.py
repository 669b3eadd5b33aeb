"""The weekly mail: a row of the mail table, in plain text, with the link that stops it."""

from __future__ import annotations

from post_office.models import Email

from apps.accounts import mails
from apps.accounts.models import User
from apps.course.groups.letters import Letter
from apps.course.groups.links import stop_url


def mail(person: User, letter: Letter) -> Email:
    """Not saved."""
    url = stop_url(person.pk)
    return mails.row(
        "course/digest",
        to=person.email,
        context={"name": person.full_name.strip(), "letter": letter, "stop_url": url},
        # RFC 8058: mail readers show a button that stops it.
        headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
