"""Builders and readers shared by the tests of programmes and consents."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import Organisation, User
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation
from apps.dashboards.services import consents
from tests.dashboards.world import programme
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient
from tests.support.world import platform_person

MAIL = "contact@canal.fr"


def funder_person(**fields: Any) -> User:
    made = platform_person("funder")
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def in_programme(of: Programme, name: str = "Les Ateliers du Canal", **fields: Any) -> Consent:
    """An association that agreed, and its manager in ``given_by``."""
    organisation = OrganisationFactory.create(name=name)
    return consents.give_consent(programme=of, organisation=organisation, by=member(organisation), **fields)


def waiting(of: Programme, email: str = MAIL, **fields: Any) -> ProgrammeInvitation:
    values = {
        "association": "Le Relais",
        "token_hash": f"{ProgrammeInvitation.objects.count():064d}",
        "expires_at": timezone.now() + timedelta(days=30),
        **fields,
    }
    return ProgrammeInvitation.objects.create(programme=of, email=email, **values)


def url(name: str, *args: object) -> str:
    return reverse(f"dashboards:{name}", args=args)


def of(programme_: Programme, name: str, *args: object) -> str:
    return url(name, programme_.pk, *args)


def mails(to: str) -> list[tuple[str, str]]:
    """(subject, body) of each mail to this address, oldest first, with plain spaces."""
    rows = Email.objects.filter(to__icontains=to).order_by("pk")
    return [(plain(row.subject), plain(row.message)) for row in rows]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def link(to: str) -> str:
    """Path of the invitation in the last mail."""
    found = re.search(r"https?://[^/\s]+(/programmes/invitation/\S+)", mails(to)[-1][1])
    assert found
    return found[1]


def queries(client: StrictClient, address: str) -> int:
    """How many the second reading takes."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(address)
    return len(seen)


def yes(organisation: Organisation, **fields: Any) -> dict[str, str]:
    """The form of consent to the programme, as a browser sends it."""
    words = consents.seen(Programme.objects.get())
    return {"organisation": str(organisation.pk), "agrees": "on", "words": words, **fields}


__all__ = [
    "MAIL",
    "funder_person",
    "in_programme",
    "link",
    "mails",
    "of",
    "programme",
    "queries",
    "url",
    "waiting",
    "yes",
]
