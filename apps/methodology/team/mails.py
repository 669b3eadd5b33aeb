"""Mails about seats: rows in the mail table, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.accounts.mails import row, safely
from apps.methodology.choices import name_of
from apps.methodology.models import Seat, SeatInvitation
from apps.methodology.team.roles import DOES, DUTIES, SEES


def queue(template: str, *, to: str, context: Mapping[str, Any]) -> bool:
    """``emails/methodology/<template>``, whose first line is the subject. Whether it was queued."""
    return safely(lambda: row(f"methodology/{template}", to=to, context=context).save(), template=template)


def invite(invitation: SeatInvitation, token: str) -> bool:
    engagement = invitation.engagement
    context = {
        "invitation": invitation,
        "engagement": engagement,
        "organisation": engagement.organisation,
        "inviter": invitation.invited_by,
        "role": invitation.get_role_display(),
        "sees": SEES[invitation.role],
        "does": DOES[invitation.role],
        "url": settings.SITE_URL + reverse("method:seat_invitation", args=[token]),
    }
    return queue("seat_invitation", to=invitation.email, context=context)


def tell_seated(seat: Seat, by: Seat) -> bool:
    """To a member of the association whom the lead has just seated."""
    assert seat.user
    context = {
        "engagement": seat.engagement,
        "organisation": seat.engagement.organisation,
        "by": name_of(by),
        "role": seat.get_role_display(),
        "duty": DUTIES[seat.role],
        "url": settings.SITE_URL + reverse("method:team", args=[seat.engagement_id]),
    }
    return queue("seat", to=seat.user.email, context=context)
