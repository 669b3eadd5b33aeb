"""What this app forgets by itself, as the privacy page says it. A round may come twice or late."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import ApiToken, FactorReset, Invitation
from apps.accounts.services import factors

# After the answer, or the end of the link: time to say what became of it to whoever opens it again.
INVITATIONS = timedelta(days=30)


def erase_past() -> None:
    """Invitations with the address they hold, tokens that are over, resets that nobody came back for. 3 queries."""
    limit = timezone.now() - INVITATIONS
    answered = Q(accepted_at__lt=limit) | Q(declined_at__lt=limit) | Q(revoked_at__lt=limit)
    Invitation.objects.filter(answered | Q(expires_at__lt=limit)).delete()
    ApiToken.objects.filter(expiry__lt=limit).delete()
    FactorReset.objects.filter(asked_at__lt=timezone.now() - factors.LAPSES).delete()
