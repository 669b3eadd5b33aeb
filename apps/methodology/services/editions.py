"""A démarche follows the edition of the method it opened with, until its lead takes up the one in force."""

from __future__ import annotations

from django.db import transaction

from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Seat
from apps.methodology.public import selectors
from apps.methodology.services.fields import CLOSED

LEAD_ONLY = "Seule la référente ou le référent peut faire passer la démarche à la nouvelle édition."


@transaction.atomic
def take_up(*, engagement: Engagement, seat: Seat) -> bool:
    """False when the démarche follows the edition in force already. Stages and contents, kept by number, stay.

    Raises NotYours, or Refused for a closed démarche.
    """
    if seat.engagement_id != engagement.pk or seat.role != SeatRole.LEAD or seat.left_at:
        raise NotYours(LEAD_ONLY)
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if not held.is_open:
        raise Refused(CLOSED)
    if held.edition >= selectors.latest():
        return False
    held.edition = engagement.edition = selectors.latest()
    held.save(update_fields=["edition"])
    return True
