"""The association that is copied, everybody around it, and the addresses of the table of rights filled for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from apps.documents.models import Document, DocumentState
from tests.support.world import World, world
from tests.test_permissions import ROLES, TABLE, values

CAMPAIGNS = 10
# Who opens a page when several may: the one who sees most.
FIRST = (
    "admin",
    "lead",
    "staff",
    "guest",
    "curator",
    "author",
    "funder",
    "operator",
    "outsider",
    "anonymous",
)


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    role: str


def made() -> tuple[World, list[Page]]:
    """Ten campaigns, one of them open, and every page that somebody may read."""
    place = world(respondents=1, earlier=CAMPAIGNS - 2)
    known = values(place)
    # Nearly all the documents of a platform are made, and so are those of the copies.
    Document.objects.update(state=DocumentState.READY, file="documents/essai.pdf", sha256="0" * 64)
    return place, pages(known)


def pages(known: dict[str, str]) -> list[Page]:
    found = []
    for name, (method, arguments, expected) in sorted(TABLE.items()):
        by = dict(zip(ROLES, expected.split(), strict=True))
        role = next((role for role in FIRST if by[role] == "200"), None)
        if method == "get" and role:
            path = reverse(name, kwargs={key: value.format(**known) for key, value in arguments.items()})
            found.append(Page(name, path, role))
    return found
