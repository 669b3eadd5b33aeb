"""What a démarche forgets by itself, as the privacy page says it. A round may come twice or late."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from apps.methodology.models import Reminder, SeatInvitation

# After the answer, or the end of the link: time to say what became of it to whoever opens it again.
INVITATIONS = timedelta(days=30)
# A reminder is never looked at more than some days after its date.
REMINDERS = timedelta(days=365)


def erase_past() -> None:
    """The whole row of an invitation goes with its address: the seat tells who came in, and when. 2 queries."""
    limit = timezone.now() - INVITATIONS
    SeatInvitation.objects.filter(
        Q(answered_at__lt=limit) | Q(answered_at=None, expires_at__lt=limit)
    ).delete()
    Reminder.objects.filter(sent_on__lt=timezone.localdate() - REMINDERS).delete()
