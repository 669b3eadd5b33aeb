"""Mails of the diagnostic: one reason each, with a text version; rows first, sent by beat."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from apps.diagnostic.models import Respondent


def send_personal_link(respondent: Respondent, token: str) -> None:
    """The personal link of a copy; the secret exists only in this mail."""
    organisation = respondent.campaign.organisation.name
    context = {
        "organisation": organisation,
        "role": respondent.get_role_display(),
        "minutes": respondent.campaign.instrument.content["minutes"],
        "joined": respondent.joined_at is not None,
        "expires_at": respondent.expires_at,
        "url": settings.SITE_URL + reverse("diagnostic:resume", args=[token]),
        "site_name": settings.SITE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    mail = EmailMultiAlternatives(
        # A line break in a name would be a second header.
        subject=" ".join(f"Votre regard sur {organisation}".split()),
        body=render_to_string("emails/diagnostic/link.txt", context),
        to=[respondent.email],
    )
    mail.attach_alternative(render_to_string("emails/diagnostic/link.html", context), "text/html")
    mail.send()
