"""Taking a chair: a seat of the démarche by itself, a guest by a name, a role and the secret of her browser."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.core.secrets import hash_token
from apps.methodology.errors import Refused
from apps.methodology.models import Participant, Seat, Workshop
from apps.methodology.workshops.services.holding import changed

# Twice the largest table; a machine that takes chairs stops here.
MOST = 150
FULL = "Cette table est complète. Prévenez la personne qui anime."


def sit(*, workshop: Workshop, seat: Seat) -> Participant:
    """The chair of a seat of the démarche; the same one again. Raises Refused."""
    return take(workshop, {"seat": seat}, {})


def join(*, workshop: Workshop, token: str, name: str, role: str) -> Participant:
    """The chair of a guest; a form sent twice by one browser takes one. Raises Refused."""
    return take(workshop, {"secret_hash": hash_token(token)}, {"name": name, "role": role})


@transaction.atomic
def take(workshop: Workshop, who: dict[str, Any], more: dict[str, Any]) -> Participant:
    if found := Participant.objects.filter(workshop=workshop, **who).first():
        return found
    if workshop.participants.count() >= MOST:
        raise Refused(FULL)
    chair, is_new = Participant.objects.get_or_create(workshop=workshop, **who, defaults=more)
    if is_new:
        changed(workshop.pk)
    return chair
