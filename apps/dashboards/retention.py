"""What programmes forget by themselves, as the privacy page says it. A round may come twice or late."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from apps.dashboards.models import ProgrammeInvitation

# After the answer, or the end of the link: time to say what became of it to whoever opens it again.
INVITATIONS = timedelta(days=30)


def erase_past() -> None:
    """The whole row of an invitation goes with its address: the consent tells who joined, and when. 1 query."""
    limit = timezone.now() - INVITATIONS
    past = Q(answered_at__lt=limit) | Q(answered_at=None, expires_at__lt=limit)
    ProgrammeInvitation.objects.filter(past).delete()
