"""Whole addresses of what a badge leads to: they are signed with it, so that they must not change afterwards."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def attestation(code: str) -> str:
    return whole(reverse("course:attestation", args=[code]))


def issuer() -> str:
    return whole(reverse("course:badge_issuer"))


def achievement() -> str:
    return whole(reverse("course:badge_achievement"))


def keys() -> str:
    return whole(reverse("course:badge_keys"))


def key(thumbprint: str) -> str:
    return whole(reverse("course:badge_key", args=[thumbprint]))


def status_list(number: int) -> str:
    return whole(reverse("course:badge_status", args=[number]))
