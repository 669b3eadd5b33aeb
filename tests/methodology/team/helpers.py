"""What the tests of teams read from pages and mails."""

from __future__ import annotations

import re

from django.urls import reverse
from post_office.models import Email

from apps.methodology.models import Engagement


def mails(to: str) -> list[tuple[str, str]]:
    """(subject, body) of each mail to this address, oldest first, with plain spaces."""
    rows = Email.objects.filter(to__icontains=to).order_by("pk")
    return [(plain(row.subject), plain(row.message)) for row in rows]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def link(to: str) -> str:
    """Path of the invitation in the last mail."""
    found = re.search(r"https?://[^/\s]+(/agir/invitation/\S+)", mails(to)[-1][1])
    assert found
    return found[1]


def url(name: str, engagement: Engagement, *args: object) -> str:
    return reverse(f"method:{name}", args=[engagement.pk, *args])
