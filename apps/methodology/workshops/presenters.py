"""What the screens of a workshop show, ready for their templates.

Nothing here says who wrote a card when names are not shown, nor whose dots are whose; and nothing of the cards before
the table groups, nor of the dots before the vote closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from apps.methodology.choices import catalogue_lists
from apps.methodology.enums import WorkshopStage
from apps.methodology.models import Card, Participant, Pile, Workshop
from apps.methodology.workshops import selectors
from apps.methodology.workshops.services.outcomes import OUTCOMES

Stage = WorkshopStage
SHOWS_CARDS = (Stage.GROUPING, Stage.VOTING, Stage.TALKING, Stage.OVER)
SHOWS_DOTS = (Stage.TALKING, Stage.OVER)
# Never an address: a table is read by people from outside.
A_MEMBER = "Une personne de l’équipe"


@dataclass(frozen=True, slots=True)
class Said:
    """What the last sending could not do: ``problem`` to tell, and what was typed. ``about``: the card or pile."""

    problem: str = ""
    about: str = ""
    text: str = ""
    pillar: str = ""
    title: str = ""
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """``pillar``: its code, "" without; ``author``: "" when names are not shown, or forgotten."""

    pk: UUID
    text: str
    pillar: str
    pillar_name: str
    author: str


@dataclass(frozen=True, slots=True)
class PileView:
    """``dots``: of everybody, 0 before the vote closes; ``own``: of whoever looks."""

    pk: UUID
    title: str
    version: int
    cards: tuple[CardView, ...]
    dots: int
    own: int
    is_kept: bool
    note: str
    is_made: bool

    @property
    def more(self) -> int:
        return self.own + 1

    @property
    def fewer(self) -> int:
        return max(self.own - 1, 0)

    @property
    def extent(self) -> int:
        return len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """``best``: the most dots of one pile; ``given``: dots put down in all."""

    piles: tuple[PileView, ...]
    loose: tuple[CardView, ...]

    @property
    def best(self) -> int:
        return max((pile.dots for pile in self.piles), default=0)

    @property
    def given(self) -> int:
        return sum(pile.dots for pile in self.piles)

    @property
    def kept(self) -> tuple[PileView, ...]:
        return tuple(pile for pile in self.piles if pile.is_kept)

    @property
    def waiting(self) -> int:
        """Piles kept that gave no item yet."""
        return sum(not pile.is_made for pile in self.kept)


@dataclass(frozen=True, slots=True)
class People:
    """``names``: () when they are not shown; in the order of the alphabet, which says nothing of who came first."""

    count: int
    done: int
    names: tuple[str, ...] = ()

    @property
    def are_few(self) -> bool:
        """Too few for a card without a name to be nobody's."""
        return 0 < self.count <= 2


@dataclass(frozen=True, slots=True)
class Clock:
    """``left``: seconds when the page was drawn, negative when it is past; ``ends``: the moment, in seconds."""

    until: datetime
    left: int

    @property
    def ends(self) -> int:
        return int(self.until.timestamp())

    @property
    def shown(self) -> str:
        minutes, seconds = divmod(max(self.left, 0), 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def is_past(self) -> bool:
        return self.left <= 0


@dataclass(frozen=True, slots=True)
class Screen:
    """``me``: None on the console. ``own``: her cards while she writes; ``left``: dots that she still has."""

    workshop: Workshop
    me: Participant | None
    my_name: str
    people: People
    clock: Clock | None
    board: Board | None
    own: tuple[CardView, ...]
    left: int
    pillars: Mapping[str, str]
    outcome: str
    said: Said = field(default_factory=Said)

    @property
    def may_group(self) -> bool:
        return self.me is None or self.workshop.everybody_groups


def screen(workshop: Workshop, me: Participant | None, said: Said | None = None) -> Screen:
    """6 queries at most."""
    stage, pillars = workshop.stage, catalogue_lists()["pillars"]
    own_dots = selectors.own_dots(me) if me and stage == Stage.VOTING else {}
    outcome = OUTCOMES.get(workshop.step)
    return Screen(
        workshop=workshop,
        me=me,
        my_name=name_of(me, role=True) if me else "",
        people=people(workshop),
        clock=clock(workshop),
        board=board(workshop, pillars, own_dots) if stage in SHOWS_CARDS else None,
        own=tuple(card_views(selectors.own_cards(me), pillars)) if me and stage == Stage.SILENT else (),
        left=workshop.dots - sum(own_dots.values()),
        pillars=pillars,
        outcome=outcome.kind if outcome else "",
        said=said or Said(),
    )


def board(
    workshop: Workshop,
    pillars: Mapping[str, str],
    own: Mapping[UUID, int] | None = None,
    *,
    guests: bool = True,
) -> Board:
    """Every card of the table; the piles with most dots first once the vote is closed. 3 queries.

    ``guests``: whether a card may carry a guest's name, which leaves with the workshop.
    """
    shown, found = dots_shown(workshop), list(selectors.cards(workshop))
    by_pile: dict[UUID | None, list[CardView]] = {}
    views = card_views(found, pillars, shows_names=workshop.shows_names, guests=guests)
    for card, view in zip(found, views, strict=True):
        by_pile.setdefault(card.pile_id, []).append(view)
    piles = [
        pile_view(pile, by_pile.get(pile.pk, []), shown.get(pile.pk, 0), (own or {}).get(pile.pk, 0))
        for pile in selectors.piles(workshop)
    ]
    piles.sort(key=lambda pile: -pile.dots)
    return Board(tuple(piles), tuple(by_pile.get(None, ())))


def dots_shown(workshop: Workshop) -> Mapping[UUID, int]:
    if workshop.stage not in SHOWS_DOTS:
        return {}
    if workshop.is_over:
        return dict(Pile.objects.filter(workshop=workshop).values_list("pk", "votes"))
    return selectors.dots_by_pile(workshop)


def pile_view(pile: Pile, cards: list[CardView], dots: int, own: int) -> PileView:
    return PileView(
        pile.pk,
        pile.title,
        pile.version,
        tuple(cards),
        dots,
        own,
        pile.is_kept,
        pile.note,
        bool(pile.item_id),
    )


def card_views(
    cards: Iterable[Card], pillars: Mapping[str, str], *, shows_names: bool = False, guests: bool = True
) -> list[CardView]:
    return [
        CardView(
            card.pk,
            card.text,
            card.pillar_id or "",
            pillars.get(card.pillar_id or "", ""),
            name_of(card.author, guests=guests) if shows_names else "",
        )
        for card in cards
    ]


def name_of(participant: Participant | None, *, role: bool = False, guests: bool = True) -> str:
    """ "" for a chair forgotten, and for a guest when they are not to be named."""
    if participant is None:
        return ""
    if participant.seat_id is None:
        named = f"{participant.name}, {participant.role}" if role and participant.role else participant.name
        return named if guests else ""
    seat = participant.seat
    return (seat.user.full_name if seat and seat.user else "") or A_MEMBER


def people(workshop: Workshop, *, guests: bool = True) -> People:
    """1 query; 2 once over with names."""
    if workshop.is_over and not workshop.shows_names:
        return People(workshop.present, 0)
    if not workshop.shows_names:
        return People(*selectors.chair_counts(workshop))
    rows = list(selectors.chairs(workshop))
    names = (name_of(row, role=True, guests=guests) for row in rows)
    ordered = tuple(sorted(filter(None, names), key=str.casefold))
    count = workshop.present if workshop.is_over else len(rows)
    return People(count, sum(row.is_done for row in rows), ordered)


def clock(workshop: Workshop) -> Clock | None:
    ends = workshop.timer_ends_at
    if ends is None:
        return None
    return Clock(ends, round((ends - timezone.now()).total_seconds()))
