"""What the table keeps: a pile kept becomes an item of the step's tool, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Card, Engagement, Item, Pile, Seat, Workshop
from apps.methodology.services.fields import CLOSED, ValueFault
from apps.methodology.services.items import add_item
from apps.methodology.tools import KINDS
from apps.methodology.workshops.services.piles import pile_of

AFTER_THE_VOTE = (WorkshopStage.TALKING, WorkshopStage.OVER)
NOT_YET = "Ce que l’on garde se décide quand le vote est fermé."


@dataclass(frozen=True, slots=True)
class Outcome:
    """``kind`` of item, and the fields that take the pile's pillar ("" for none) and its cards."""

    kind: str
    pillar: str
    cards: str


# At the other steps, what is kept stays in the record.
OUTCOMES = {
    2: Outcome("activity", "", "what"),
    6: Outcome("lever", "pillar", "idea"),
    7: Outcome("action", "pillar", "notes"),
}


@transaction.atomic
def set_kept(*, workshop: Workshop, pile: UUID, kept: bool) -> None:
    """An item already made of it stays. Raises Refused."""
    talked(workshop)
    Pile.objects.filter(pk=pile_of(workshop, pile).pk).update(is_kept=kept)


@transaction.atomic
def set_note(*, workshop: Workshop, pile: UUID, note: str, version: int) -> None:
    """``version``: the one on the screen. Raises Refused, Conflict when somebody wrote it meanwhile."""
    talked(workshop)
    row = pile_of(workshop, pile)
    if row.note == note:
        return
    if row.version != version:
        raise Conflict(version=row.version, theirs=row.note, by="")
    row.note, row.version = note, row.version + 1
    row.save(update_fields=["note", "version"])


def talked(workshop: Workshop) -> None:
    """Like ``changed``, from the vote's end on; also once over, when the team reads its record again."""
    rows = Workshop.objects.filter(pk=workshop.pk, stage__in=AFTER_THE_VOTE, engagement__closed_at=None)
    if not rows.update(version=F("version") + 1):
        is_open = Engagement.objects.filter(pk=workshop.engagement_id, closed_at=None).exists()
        raise Refused(NOT_YET if is_open else CLOSED)


@transaction.atomic
def make_items(*, workshop: Workshop, seat: Seat) -> list[Item]:
    """One for each pile kept that gave none yet; a second click makes no second one. Raises Refused."""
    outcome = OUTCOMES.get(workshop.step)
    if outcome is None:
        return []
    talked(workshop)  # a second click waits here, and finds them made
    piles = Pile.objects.filter(workshop=workshop, is_kept=True, item=None).prefetch_related("cards")
    return [made_of(pile, outcome, seat) for pile in piles]


def made_of(pile: Pile, outcome: Outcome, seat: Seat) -> Item:
    try:
        pile.item = add_item(seat=seat, kind=outcome.kind, key=pile.pk, fields=fields_of(pile, outcome))
    except ValueFault as fault:
        raise Refused(str(fault)) from fault
    pile.save(update_fields=["item"])
    return pile.item


def fields_of(pile: Pile, outcome: Outcome) -> dict[str, Any]:
    kind, cards = KINDS[outcome.kind], list(pile.cards.all())
    fields: dict[str, Any] = {kind.title: cut(pile.title, kind.field(kind.title).most)}
    if outcome.pillar and (pillar := shared_pillar(cards)):
        fields[outcome.pillar] = pillar
    lines = [card.text for card in cards if card.text != pile.title]
    fields[outcome.cards] = cut("\n".join(lines), kind.field(outcome.cards).most)
    return fields


def shared_pillar(cards: list[Card]) -> str:
    """The pillar that most cards say; "" when none does, or two as often."""
    said = Counter(card.pillar_id for card in cards if card.pillar_id).most_common(2)
    if not said or (len(said) == 2 and said[0][1] == said[1][1]):
        return ""
    return str(said[0][0])


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
