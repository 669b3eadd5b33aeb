"""The secret link that takes a person off the list."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from apps.agenda.models import Registration
from apps.core.secrets import TOKEN_LENGTH


def secret(registration: Registration) -> str:
    """Drawn from the key of the site, kept nowhere: every mail of a registration gives the same link."""
    digest = salted_hmac("agenda.registration", str(registration.pk), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()[:TOKEN_LENGTH]


def leave_url(registration: Registration) -> str:
    return f"{settings.SITE_URL}{reverse('agenda:registration', args=[secret(registration)])}"
