"""The log of decisions: added to, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.methodology.errors import Refused
from apps.methodology.models import Decision, Item, Seat
from apps.methodology.services.fields import CLOSED
from apps.methodology.services.seats import lock_team

REPLACED = "Cette décision a déjà été remplacée. Choisissez celle qui vaut aujourd’hui, ou aucune."
ELSEWHERE = "Cette décision n’est pas de cette démarche\u00a0: rechargez la page."


@dataclass(frozen=True, slots=True)
class Said:
    """``replaces``: an earlier decision of the same démarche, which still stands."""

    step: int
    what: str
    why: str
    decided_by: str
    decided_on: date
    item: Item | None = None
    replaces: int | None = None


@transaction.atomic
def write(*, seat: Seat, said: Said, key: UUID) -> Decision:
    """The same key again gives the same decision. Raises Refused."""
    # One at a time: two decisions at once could replace the same one, or be the same one.
    engagement = lock_team(seat.engagement_id)
    if (known := Decision.objects.filter(key=key).first()) is not None:
        if known.engagement_id != engagement.pk:
            raise Refused(ELSEWHERE)
        return known
    if not engagement.is_open:
        raise Refused(CLOSED)
    return Decision.objects.create(
        engagement=engagement,
        step=said.step,
        item=said.item,
        what=said.what,
        why=said.why,
        decided_by=said.decided_by,
        decided_on=said.decided_on,
        replaces=_replaced(engagement.pk, said.replaces),
        seat=seat,
        key=key,
    )


def _replaced(engagement: UUID, key: int | None) -> Decision | None:
    if key is None:
        return None
    found = Decision.objects.filter(engagement=engagement, pk=key).first()
    if found is None:
        raise Refused(ELSEWHERE)
    if found.replaced_by.exists():
        raise Refused(REPLACED)
    return found
