"""Reads of workshops, bounded to a démarche, a code or a chair; each says how many queries it costs."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from apps.accounts.selectors import Person
from apps.core.pulse import mark
from apps.core.secrets import hash_token
from apps.methodology.access import RIGHTS, Place, held_seats
from apps.methodology.models import Card, Dot, Engagement, Participant, Pile, Seat, Workshop

READERS = tuple(role for role, rights in RIGHTS.items() if "read" in rights)


def workshops_of(engagement: Engagement) -> QuerySet[Workshop]:
    """The latest first, with ``chairs``: how many are there while it lasts. 1 query."""
    return Workshop.objects.filter(engagement=engagement).annotate(chairs=Count("participants"))


def workshop_or_404(place: Place, pk: UUID) -> Workshop:
    """1 query."""
    return get_object_or_404(Workshop, pk=pk, engagement=place.engagement)


def by_code(code: str) -> Workshop | None:
    """The workshop that this code opens, with its association. None once over or its démarche closed. 1 query."""
    rows = Workshop.objects.select_related("engagement__organisation")
    return rows.filter(code=code, engagement__closed_at=None).first() if code else None


def version_by_code(code: str) -> str:
    """What screens compare with what they show; "" when this code opens nothing. 1 query."""
    found = Workshop.objects.filter(code=code).values_list("pk", "version").first()
    return mark(*found) if found else ""


def guest(workshop: Workshop, token: str) -> Participant | None:
    """The chair that this browser's secret opens. 1 query."""
    return Participant.objects.filter(workshop=workshop, secret_hash=hash_token(token)).first()


def reading_seat(workshop: Workshop, user: Person) -> Seat | None:
    """The person's seat in the démarche when it reads contents. 1 query."""
    seats = held_seats(user).filter(engagement=workshop.engagement_id, role__in=READERS)
    return seats.select_related("user").first()


def own_chair(workshop: Workshop, user: Person) -> Participant | None:
    """The chair of a person whose seat still holds and reads contents. 1 query."""
    seats = held_seats(user).filter(engagement=workshop.engagement_id, role__in=READERS)
    rows = Participant.objects.select_related("seat__user")
    return rows.filter(workshop=workshop, seat__in=seats).first()


def chair_of(workshop: Workshop, seat: Seat) -> Participant | None:
    """1 query."""
    return Participant.objects.filter(workshop=workshop, seat=seat).first()


def chairs(workshop: Workshop) -> QuerySet[Participant]:
    """With their people. 1 query."""
    return Participant.objects.filter(workshop=workshop).select_related("seat__user")


def chair_counts(workshop: Workshop) -> tuple[int, int]:
    """(how many are there, how many are done). 1 query."""
    done = dict(workshop.participants.order_by().values_list("is_done").annotate(number=Count("pk")))
    return sum(done.values()), done.get(True, 0)


def own_cards(participant: Participant) -> QuerySet[Card]:
    """The last one written first. 1 query."""
    return Card.objects.filter(author=participant).order_by("-at", "pk")


def cards(workshop: Workshop) -> QuerySet[Card]:
    """In an order drawn at random, the same for everybody. 1 query."""
    rows = Card.objects.filter(workshop=workshop)
    return rows.select_related("author__seat__user") if workshop.shows_names else rows.defer("author", "at")


def piles(workshop: Workshop) -> QuerySet[Pile]:
    """1 query."""
    return Pile.objects.filter(workshop=workshop)


def dots_by_pile(workshop: Workshop) -> Mapping[UUID, int]:
    """1 query."""
    rows = Dot.objects.filter(pile__workshop=workshop).values_list("pile")
    return dict(rows.annotate(sum=Sum("number")).order_by())


def own_dots(participant: Participant) -> Mapping[UUID, int]:
    """1 query."""
    return dict(Dot.objects.filter(participant=participant).values_list("pile", "number"))
