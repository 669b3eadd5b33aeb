"""The mail table, told that a mail is a text: it reads subjects and bodies as templates otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.message import EmailAlternative
from post_office.backends import EmailBackend as PostOfficeBackend

# An association may be called « {% oups %} »: each brace becomes the tag that writes it. One by one: « {}} » with
# its last two replaced together would open a tag with the first.
BRACES = str.maketrans({"{": "{% templatetag openbrace %}", "}": "{% templatetag closebrace %}"})


def literal(text: str) -> str:
    """A template whose rendering is ``text``."""
    return text.translate(BRACES)


class EmailBackend(PostOfficeBackend):  # type: ignore[misc]
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int | None:
        for message in email_messages:
            message.subject, message.body = literal(str(message.subject)), literal(str(message.body))
            if isinstance(message, EmailMultiAlternatives):
                message.alternatives = [
                    EmailAlternative(literal(str(content)), kind) for content, kind in message.alternatives
                ]
        sent: int | None = super().send_messages(email_messages)
        return sent
