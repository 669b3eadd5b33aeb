"""What an association keeps here, as each app declares it, and its end."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.db import transaction

from apps.accounts.models import Organisation
from apps.core.counting import counts
from apps.core.processings import Fate, Holding
from apps.documents import services as documents
from apps.documents.models import Document
from apps.privacy import replay
from apps.privacy.receipts import Line
from apps.privacy.registers import hooks, modules


@lru_cache
def holdings() -> tuple[Holding, ...]:
    """Lowest app first, in the order of each module."""
    return tuple(one for module in modules() for one in getattr(module, "HOLDINGS", ()))


def lines_of(organisation: Organisation) -> list[Line]:
    """One line a holding that has rows. One query."""
    rows = [
        apps.get_model(one.model)._default_manager.filter(**{one.path: organisation}) for one in holdings()
    ]
    return [
        Line(one.name, CUT if one.fate is Fate.ANONYMISED else one.fate.value, count, one.reason)
        for one, count in zip(holdings(), counts(rows), strict=True)
        if count
    ]


CUT = "lien coupé"


@transaction.atomic
def erase_organisation(organisation: Organisation) -> UUID:
    """With everything of it; its files once this is committed. Its key."""
    for closing in hooks("closing"):
        closing(organisation)
    for document in Document.objects.filter(organisation=organisation):
        documents.remove(document=document)
    key = organisation.pk
    organisation.delete()
    replay.note(organisation=key)
    return key
