"""Voting with dots: as many as announced for each person, spread as she likes, changed until the vote closes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from apps.core.typography import count
from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Refused
from apps.methodology.models import Dot, Participant, Pile, Workshop
from apps.methodology.workshops.services.holding import held_chair
from apps.methodology.workshops.services.piles import GONE


@transaction.atomic
def set_dots(*, participant: Participant, pile: UUID, number: int) -> None:
    """How many of hers are on this pile; sent twice, the same. Raises Refused beyond what she has.

    Her chair is held: two sendings at once cannot spend more than her dots.
    """
    chair, _ = held_chair(participant.pk, WorkshopStage.VOTING)
    if not Pile.objects.filter(pk=pile, workshop=chair.workshop_id).exists():
        raise Refused(GONE)
    own = Dot.objects.filter(participant=chair)
    if number <= 0:
        own.filter(pile=pile).delete()
        return
    most = Workshop.objects.values_list("dots", flat=True).get(pk=chair.workshop_id)
    elsewhere = own.exclude(pile=pile).aggregate(sum=Sum("number"))["sum"] or 0
    if number + elsewhere > most:
        raise Refused(
            f"Vous avez {count(most, 'pastille', 'pastilles')} en tout. Reprenez-en une ailleurs pour la poser ici."
        )
    Dot.objects.update_or_create(participant=chair, pile_id=pile, defaults={"number": number})
