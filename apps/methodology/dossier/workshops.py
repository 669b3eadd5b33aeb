"""The records of workshops: what their screens show at that moment, and never more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from apps.methodology.dossier import contents, names
from apps.methodology.enums import WorkshopStage
from apps.methodology.models import Card, Engagement, Pile, Workshop
from apps.methodology.workshops.presenters import SHOWS_CARDS, SHOWS_DOTS


def records(engagement: Engagement, pillars: Mapping[str, str]) -> dict[int, list[contents.Record]]:
    """By step, the first one held first. 3 queries."""
    rows = (
        Workshop.objects.filter(engagement=engagement)
        .annotate(chairs=Count("participants"))
        .order_by("held_on", "opened_at", "pk")
    )
    piles, cards = read_piles(engagement), read_cards(engagement)
    found: dict[int, list[contents.Record]] = defaultdict(list)
    for row in rows:
        found[row.step].append(record(row, piles.get(row.pk, []), Cards(row, cards, pillars)))
    return found


def read_piles(engagement: Engagement) -> dict[UUID, list[Any]]:
    """With ``put``: dots not counted yet."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = Pile.objects.filter(workshop__engagement=engagement)
    for row in rows.annotate(put=Coalesce(Sum("dots__number"), 0)).order_by("place", "pk"):
        found[row.workshop_id].append(row)
    return found


def read_cards(engagement: Engagement) -> dict[tuple[UUID, UUID | None], list[Card]]:
    found: dict[tuple[UUID, UUID | None], list[Card]] = defaultdict(list)
    rows = Card.objects.filter(workshop__engagement=engagement, workshop__stage__in=SHOWS_CARDS)
    for row in rows.select_related("author__seat__user").order_by("place", "pk"):
        found[row.workshop_id, row.pile_id].append(row)
    return found


class Cards:
    """Those of one workshop. Guests are never named: they were told that their names stay in the room."""

    def __init__(
        self, row: Workshop, found: Mapping[tuple[UUID, UUID | None], list[Card]], pillars: Mapping[str, str]
    ):
        self.row, self.found, self.pillars = row, found, pillars

    def of(self, pile: UUID | None) -> tuple[contents.Card, ...]:
        return tuple(self.card(row) for row in self.found.get((self.row.pk, pile), ()))

    def card(self, row: Card) -> contents.Card:
        seat = row.author.seat if self.row.shows_names and row.author else None
        pillar = row.pillar_id or ""
        return contents.Card(
            row.text, pillar, self.pillars.get(pillar, ""), names.of_seat(seat) if seat else ""
        )


def record(row: Any, piles: list[Any], cards: Cards) -> contents.Record:
    shows = row.stage in SHOWS_CARDS
    made = [pile_of(row, pile, cards) for pile in piles] if shows else []
    made.sort(key=lambda pile: -pile.votes)
    return contents.Record(
        title=row.title,
        question=row.question,
        held_on=row.held_on,
        stage=row.stage,
        stage_word=str(WorkshopStage(row.stage).label),
        shows_names=row.shows_names,
        present=row.present if row.is_over else row.chairs,
        dots=row.dots,
        text=row.record,
        piles=tuple(made),
        loose=cards.of(None),
    )


def pile_of(row: Workshop, pile: Any, cards: Cards) -> contents.Pile:
    counted = pile.votes if row.is_over else pile.put
    votes = counted if row.stage in SHOWS_DOTS else 0
    return contents.Pile(pile.title, votes, pile.is_kept, pile.note, cards.of(pile.pk))
