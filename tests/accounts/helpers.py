"""What several tests of this folder read from pages and mails."""

from __future__ import annotations

import html
import re
from typing import Any

from post_office.models import Email

PASSWORD = "une phrase assez longue"
SIREN = "732829320"
SIRET = "73282932000074"
RNA = "W583004126"


def text(response: Any) -> str:
    """The visible words of a page, with plain spaces."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return re.sub(r"\s+", " ", plain.replace("\u202f", " ").replace("\u00a0", " "))


def last_mail(to: str) -> Email:
    mail = Email.objects.filter(to__icontains=to).order_by("-pk").first()
    assert mail is not None, f"no mail for {to}"
    return mail


def mailed_code(to: str) -> str:
    found = re.search(r"^\s+(\d{6})$", last_mail(to).message, re.M)
    assert found, last_mail(to).message
    return found[1]


def mailed_path(to: str) -> str:
    """Path of the invitation in the last mail."""
    found = re.search(r"http://[^/\s]+(/invitations/\S+)", last_mail(to).message)
    assert found, last_mail(to).message
    return found[1]


def sheet(**changes: Any) -> dict[str, Any]:
    """A complete form of organisation, as a browser sends it."""
    return {
        "name": "Les Ateliers du Canal",
        "department": "58",
        "legal_form": "association-1901",
        "size_class": "salaries-50k-200k",
        "creation_key": "5f4d3b0e-0000-4000-8000-000000000001",
        **changes,
    }
