"""Objects of another association, of another funder; and what an object that does not exist would be named."""

from __future__ import annotations

import re

from tests.dashboards.world import programme
from tests.factories import UserFactory, debates, groups
from tests.factories.documents import document
from tests.fuzz.places import marked

NOBODY = "00000000-0000-4000-8000-00000000dead"


def missing(value: str) -> str:
    """A name of the same shape, which names nothing."""
    if re.fullmatch(r"[0-9a-f-]{36}", value):
        return NOBODY
    return (
        "987654"
        if value.isdigit()
        else re.sub(r"[a-zA-Z]", lambda letter: "Z" if letter[0].isupper() else "z", value)
    )


def foreign() -> dict[str, str]:
    """Placeholder of the table → the same thing elsewhere. To be made before the world of the table."""
    from apps.accounts.models import Organisation

    found = marked()
    elsewhere = Organisation.objects.get(pk=found["organisation"])
    debate = debates.asking(elsewhere)
    return {
        **found,
        "document": str(document(elsewhere).pk),
        "debate": str(debate.pk),
        "debate_view": str(debates.words(debate).pk),
        "group": str(groups.group(elsewhere).pk),
        "programme": str(programme(UserFactory.create(), name="Un autre", code="AUTRES").pk),
    }
