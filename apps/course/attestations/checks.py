"""Told at the start rather than at the first attestation: the key that signs badges can be read."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured


@register(Tags.security)
def badge_key(**_: Any) -> list[CheckMessage]:
    from apps.course.attestations import keys

    try:
        keys.ring()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Voir .env.example.", id="course.E001")]
    return []
