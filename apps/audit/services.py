"""Writing in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from apps.audit import acting
from apps.audit.events import Event
from apps.audit.models import AuditEntry


def record(
    event: Event,
    *,
    actor: Model | int | None = None,
    subject: Model | str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """One entry more, in the transaction of the act: both are kept, or neither.

    Called last in that transaction: the entries wait for one another. ``actor``: by default, who is signed in.
    ``details``: codes, counts, slugs, numbers of accounts; never a name, an address or a free text, for nothing here is
    ever erased at someone's request.
    """
    known = actor.pk if isinstance(actor, Model) else actor
    return AuditEntry.objects.create(
        event=event,
        actor=known if known is not None else acting.actor(),
        as_support=acting.as_support(),
        subject=_name(subject) if isinstance(subject, Model) else subject,
        details=dict(details or {}),
        address_hash=acting.address_hash(),
        request_id=acting.request_id(),
    )


def _name(subject: Model) -> str:
    return f"{subject._meta.model_name}:{subject.pk}"
