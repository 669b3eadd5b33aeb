"""Putting cards together, by several hands at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Card, Pile, Workshop
from apps.methodology.workshops.services.holding import changed

MOST = 80
FULL = f"Il y a déjà {MOST} groupes\u00a0: réunissez-en quelques-uns."
GONE = "Ce groupe n’existe plus\u00a0: quelqu’un l’a retiré. Choisissez-en un autre, ou nommez-en un nouveau."
NO_CARD = "Cochez d’abord une ou plusieurs cartes, puis dites où les placer."


@transaction.atomic
def place_cards(
    *, workshop: Workshop, cards: Sequence[UUID], pile: UUID | None = None, title: str = "", key: UUID
) -> None:
    """On this pile, on a new one named ``title``, or on none. The same ``key`` again makes no second pile.

    Raises Refused.
    """
    if not cards:
        raise Refused(NO_CARD)
    changed(workshop.pk, WorkshopStage.GROUPING)
    target = new_pile(workshop, title, key) if title else pile_of(workshop, pile) if pile else None
    Card.objects.filter(workshop=workshop, pk__in=cards).update(pile=target)


def new_pile(workshop: Workshop, title: str, key: UUID) -> Pile:
    number = workshop.piles.count()
    if number >= MOST:
        raise Refused(FULL)
    made, _ = Pile.objects.get_or_create(
        key=key, workshop=workshop, defaults={"title": title, "place": number}
    )
    return made


def pile_of(workshop: Workshop, pk: UUID) -> Pile:
    found = Pile.objects.filter(workshop=workshop, pk=pk).first()
    if found is None:
        raise Refused(GONE)
    return found


@transaction.atomic
def rename_pile(*, workshop: Workshop, pile: UUID, title: str, version: int) -> None:
    """``version``: the one on the screen. Raises Refused, Conflict when somebody named it meanwhile."""
    if not title:
        raise Refused("Donnez un nom à ce groupe\u00a0: c’est lui que l’on vote.")
    changed(workshop.pk, WorkshopStage.GROUPING)
    row = pile_of(workshop, pile)
    if row.title == title:
        return
    if row.version != version:
        raise Conflict(version=row.version, theirs=row.title, by="")
    row.title, row.version = title, row.version + 1
    row.save(update_fields=["title", "version"])


@transaction.atomic
def remove_pile(*, workshop: Workshop, pile: UUID) -> None:
    """Its cards stay, on no pile. Nothing the second time. Raises Refused."""
    changed(workshop.pk, WorkshopStage.GROUPING)
    Pile.objects.filter(workshop=workshop, pk=pile).delete()
