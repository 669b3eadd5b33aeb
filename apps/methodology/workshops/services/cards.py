"""Cards, each by its author. While everybody writes in silence, nothing of them reaches another screen."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.methodology.choices import catalogue_lists
from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Refused
from apps.methodology.models import Card, Participant
from apps.methodology.workshops.services.holding import changed, held_chair

LAST_PLACE = 2**31 - 1
# More than anybody writes in a round; a machine stops here.
MOST = 60
# A card written without network may arrive late: it joins the others, on no pile.
TAKES_CARDS = (
    WorkshopStage.SILENT,
    WorkshopStage.GROUPING,
    WorkshopStage.VOTING,
    WorkshopStage.TALKING,
)
FULL = f"Vous avez déjà écrit {MOST} cartes\u00a0: réunissez-en quelques-unes."
NOT_THERE = "Cette carte n’est plus là\u00a0: rechargez la page."
NO_PILLAR = "Ce pilier n’est pas dans la liste\u00a0: choisissez-en un, ou aucun."


@transaction.atomic
def write_card(*, participant: Participant, text: str, pillar: str, key: UUID) -> Card:
    """The same ``key`` again gives the same card. Raises Refused."""
    check_pillar(pillar)
    chair, stage = held_chair(participant.pk, *TAKES_CARDS)
    known = Card.objects.filter(key=key, author=chair).first()
    if known:
        return known
    if Card.objects.filter(author=chair).count() >= MOST:
        raise Refused(FULL)
    place = secrets.randbelow(LAST_PLACE)
    made = Card(workshop_id=chair.workshop_id, author=chair, text=text, place=place, key=key)
    made.pillar_id = pillar or None
    try:
        made.save(force_insert=True)
    except IntegrityError:  # somebody else's key, which no honest page sends
        raise Refused(NOT_THERE) from None
    if stage != WorkshopStage.SILENT:
        changed(chair.workshop_id, stage)
    return made


@transaction.atomic
def edit_card(*, participant: Participant, card: UUID, text: str, pillar: str) -> None:
    """While she alone reads it. Raises Refused."""
    check_pillar(pillar)
    chair, _ = held_chair(participant.pk, WorkshopStage.SILENT)
    if not Card.objects.filter(pk=card, author=chair).update(text=text, pillar=pillar or None):
        raise Refused(NOT_THERE)


@transaction.atomic
def remove_card(*, participant: Participant, card: UUID) -> None:
    """Nothing the second time. Raises Refused."""
    chair, _ = held_chair(participant.pk, WorkshopStage.SILENT)
    Card.objects.filter(pk=card, author=chair).delete()


@transaction.atomic
def set_done(*, participant: Participant, done: bool) -> None:
    """« J’ai fini » : only how many is shown. Raises Refused."""
    stages = (WorkshopStage.SILENT, WorkshopStage.VOTING)
    chair, stage = held_chair(participant.pk, *stages)
    if chair.is_done != done:
        Participant.objects.filter(pk=chair.pk).update(is_done=done)
        changed(chair.workshop_id, stage)


def check_pillar(code: str) -> None:
    if code and code not in catalogue_lists()["pillars"]:
        raise Refused(NO_PILLAR)
