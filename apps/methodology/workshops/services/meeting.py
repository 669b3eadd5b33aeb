"""The course of a workshop. Each act says where to be, not which way to move: sent twice, it does the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core.secrets import new_code
from apps.methodology.enums import WorkshopStage
from apps.methodology.errors import Refused
from apps.methodology.models import Card, Engagement, Participant, Pile, Seat, Workshop
from apps.methodology.services.fields import CLOSED
from apps.methodology.workshops.services.holding import held, hold_chairs

MOST_DRAWS = 8
LONGEST = timedelta(hours=3)
BEGUN = "L’atelier a commencé\u00a0: la question et les règles annoncées ne changent plus."


@dataclass(frozen=True, slots=True)
class Plan:
    """What is announced. ``dots``: for each person; ``step``: 1 to 8."""

    step: int
    title: str
    question: str
    held_on: date
    dots: int
    shows_names: bool
    everybody_groups: bool


def open_workshop(*, seat: Seat, plan: Plan, key: UUID) -> Workshop:
    """Ready, with its code; the same ``key`` again gives the same one. Raises Refused."""
    if not Engagement.objects.filter(pk=seat.engagement_id, closed_at=None).exists():
        raise Refused(CLOSED)
    made = Workshop(opening_key=key, engagement_id=seat.engagement_id, opened_by=seat, **asdict(plan))
    for _ in range(MOST_DRAWS):
        known = Workshop.objects.filter(opening_key=key, engagement=seat.engagement_id).first()
        if known or saved_with(made, new_code()):
            return known or made
    raise Refused("Aucun code n’est libre pour l’instant\u00a0: réessayez dans une minute.")


def saved_with(workshop: Workshop, code: str) -> bool:
    """False when another workshop holds this code, or when the same form was sent at the same moment."""
    workshop.code = code
    try:
        with transaction.atomic():
            workshop.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def edit_workshop(*, workshop: Workshop, plan: Plan) -> Workshop:
    """Before it begins. Whether names show was announced with the code: it stays. Raises Refused."""
    row = held(workshop.pk)
    if row.stage != WorkshopStage.READY:
        raise Refused(BEGUN)
    for name, value in asdict(plan).items():
        if name != "shows_names":
            setattr(row, name, value)
    return saved(row)


@transaction.atomic
def move(*, workshop: Workshop, to: WorkshopStage) -> Workshop:
    """On, or back: nothing of what was written is lost. Raises Refused."""
    if to == WorkshopStage.OVER:
        raise Refused("Un atelier se termine depuis le bas de la page.")
    hold_chairs(workshop.pk)
    row = held(workshop.pk)
    if row.stage == to:
        return row
    if to in (WorkshopStage.VOTING, WorkshopStage.TALKING):
        give_lonely_cards_a_pile(row)
    Participant.objects.filter(workshop=row, is_done=True).update(is_done=False)
    row.stage, row.timer_ends_at = to, None
    return saved(row)


def give_lonely_cards_a_pile(workshop: Workshop) -> None:
    """A card that resembles no other is voted on like a pile."""
    place = workshop.piles.count()
    for card in Card.objects.filter(workshop=workshop, pile=None):
        card.pile = Pile.objects.create(workshop=workshop, title=card.text[:160], place=place)
        card.save(update_fields=["pile"])
        place += 1


@transaction.atomic
def set_timer(*, workshop: Workshop, until: datetime | None) -> Workshop:
    """What the clock of every screen counts down to; None takes it away. It never locks anything."""
    row = held(workshop.pk)
    latest = timezone.now() + LONGEST
    row.timer_ends_at = min(until, latest) if until else None
    return saved(row)


@transaction.atomic
def set_everybody_groups(*, workshop: Workshop, everybody: bool) -> Workshop:
    row = held(workshop.pk)
    if row.everybody_groups == everybody:
        return row
    row.everybody_groups = everybody
    return saved(row)


def saved(workshop: Workshop) -> Workshop:
    """Screens see it at their next look."""
    workshop.version += 1
    workshop.save()
    return workshop
