"""The receipt of an erasure: what was done, in numbers, and until when backups hold it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.core.secrets import hash_token, new_token
from apps.privacy.models import Cause, ErasureReceipt


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    fate: str
    rows: int
    reason: str


def new_receipt(cause: Cause, lines: list[Line]) -> tuple[ErasureReceipt, str]:
    """Not saved yet, and the secret of its link."""
    token = new_token()
    receipt = ErasureReceipt(
        token_hash=hash_token(token),
        cause=cause,
        lines=[asdict(one) for one in lines],
        backups_until=timezone.localdate() + timedelta(days=settings.BACKUP_DAYS),
    )
    return receipt, token


def address_of(token: str) -> str:
    """The whole link."""
    return f"{settings.SITE_URL}{reverse('privacy:receipt', args=[token])}"
