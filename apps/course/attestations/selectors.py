"""Reads of attestations; each says how many queries it costs."""

from __future__ import annotations

from apps.course.attestations import codes, status_list
from apps.course.models import Attestation


def find(typed: str) -> Attestation | None:
    """The attestation of this code however it was typed, valid or not. 1 query, none for what is no code."""
    code = codes.read(typed)
    return Attestation.objects.select_related("learner").filter(code=code).first() if code else None


def is_used(number: int) -> bool:
    """Whether an attestation has its place in this status list. 1 query."""
    places = status_list.ranks(number)
    return Attestation.objects.filter(rank__gte=places.start, rank__lt=places.stop).exists()


def revoked_ranks(number: int) -> list[int]:
    """1 query."""
    places = status_list.ranks(number)
    revoked = Attestation.objects.filter(
        rank__gte=places.start, rank__lt=places.stop, revoked_at__isnull=False
    )
    return list(revoked.values_list("rank", flat=True))
