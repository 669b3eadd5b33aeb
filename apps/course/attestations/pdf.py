"""The paper: one A4 page, PDF/UA-1, made by a worker from the frozen attestation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from apps.core.figures import emblem, qr
from apps.core.figures.triangle import Shares
from apps.course.attestations import addresses
from apps.course.models import Attestation
from apps.documents.registry import DocumentSource

KIND = "attestation"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "attestation-1"


@dataclass(frozen=True, slots=True)
class StepLine:
    number: int
    title: str
    done_on: date


def key(attestation: Attestation) -> str:
    return hashlib.sha256(json.dumps([VERSION, str(attestation.pk)]).encode()).hexdigest()


def lines(attestation: Attestation) -> list[StepLine]:
    return [
        StepLine(row["number"], row["title"], date.fromisoformat(row["done_on"])) for row in attestation.steps
    ]


def build(attestation_id: UUID) -> DocumentSource:
    """Run by a worker. Attestation.DoesNotExist when it was revoked meanwhile: a void paper is not printed."""
    attestation = Attestation.objects.get(pk=attestation_id, revoked_at__isnull=True)
    return DocumentSource(html(attestation), attestation.issued_at)


def html(attestation: Attestation) -> str:
    address = addresses.attestation(attestation.code)
    steps = lines(attestation)
    return render_to_string(
        "course/attestations/paper.html",
        {
            "attestation": attestation,
            "lines": steps,
            "last_day": max(line.done_on for line in steps),
            "name_class": _size(attestation.full_name),
            "address": address,
            "shown_address": address.split("://", 1)[-1],
            "qr": qr.draw(address, f"Code QR qui mène à la page de vérification, {address}"),
            "emblem": emblem.logo(),
            "large": emblem.cover(Shares(1, 1, 1)),
            "site_name": settings.SITE_NAME,
        },
    )


def _size(name: str) -> str:
    """A long name is set smaller."""
    return "brief" if len(name) <= 26 else "long" if len(name) <= 60 else "longest"
