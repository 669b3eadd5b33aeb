"""Mails of programmes: rows in the mail table, in plain text."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from apps.accounts.mails import row, safely
from apps.dashboards.models import ProgrammeInvitation

TEMPLATE = "dashboards/programme_invitation"


def invite(invitation: ProgrammeInvitation, token: str) -> bool:
    """Whether it was queued."""
    context = {
        "invitation": invitation,
        "programme": invitation.programme,
        "inviter": invitation.invited_by,
        "k": settings.RELEASE_K,
        "url": settings.SITE_URL + reverse("dashboards:programme_invitation", args=[token]),
    }
    return safely(lambda: row(TEMPLATE, to=invitation.email, context=context).save(), template=TEMPLATE)
