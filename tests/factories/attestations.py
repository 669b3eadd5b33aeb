"""Attestations given without following the course: signed for good, quick to make."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from apps.course.attestations import codes, credential
from apps.course.models import Attestation, Learner
from apps.course.selectors import public_steps

STEP = {"edition": 1, "done_on": "2026-03-14"}


def attestation(learner: Learner | None = None, **fields: Any) -> Attestation:
    """``learner``: None for a person whose account is gone."""
    steps = [
        {**STEP, "slug": page.slug, "number": page.number, "title": page.title} for page in public_steps()
    ]
    about = credential.Subject(
        id=uuid.uuid4(),
        code=codes.draw(),
        rank=Attestation.objects.count(),
        full_name="Claire Dupont",
        email="claire@exemple.fr",
        steps=steps,
        issued_at=timezone.now().replace(microsecond=0),
    )
    values = {
        "id": about.id,
        "learner": learner,
        "code": about.code,
        "rank": about.rank,
        "full_name": about.full_name,
        "steps": steps,
        "issued_at": about.issued_at,
        "credential": credential.signed(credential.credential(about)),
        **fields,
    }
    return Attestation.objects.create(**values)
