"""The secret link that stops the weekly mail."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from apps.core.secrets import TOKEN_LENGTH


def secret(user_id: int) -> str:
    """Drawn from the key of the site, kept nowhere: every mail to a person gives the same link."""
    digest = salted_hmac("course.digest", str(user_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()[:TOKEN_LENGTH]


def stop_url(user_id: int) -> str:
    return absolute(reverse("course:digest_stop", args=[secret(user_id)]))


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
