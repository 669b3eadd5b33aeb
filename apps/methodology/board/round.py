"""The mail to governance when steps are ready for it: one for all that became ready within the same minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts import mails
from apps.accounts.models import Membership, User
from apps.methodology.enums import SeatRole, StepStage
from apps.methodology.models import Seat, StepState
from apps.methodology.public.selectors import editions
from apps.methodology.public.sheet import StepSheet

# Time to say that several steps are ready, or to think again: they come in one mail, or in none.
CALM = timedelta(minutes=10)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Ready:
    """A step that waits for a word."""

    engagement: str
    organisation: str
    number: int
    title: str
    url: str
    team_url: str


def tell_boards() -> bool:
    """Mails and marks are written together: two rounds at once, or one cut short, write to nobody twice.

    False when the mails could not be written: another round takes them.
    """
    with transaction.atomic():
        rows = list(ready()[:BATCH])
        told = by_person(rows)
        written = [mail(person, waiting) for person, waiting in told.items()]
        if not mails.safely(lambda: Email.objects.bulk_create(written), template="to_validate"):
            return False
        StepState.objects.filter(pk__in=[row.pk for row in rows]).update(board_told_at=timezone.now())
    return True


def ready() -> QuerySet[StepState]:
    """Not yet told, in an open démarche that has a governance to tell; locked, and left to whoever has them. 1 query."""
    rows = StepState.objects.filter(
        Exists(boards().filter(engagement=OuterRef("engagement"))),
        stage=StepStage.TO_VALIDATE,
        board_told_at=None,
        changed_at__lte=timezone.now() - CALM,
        engagement__closed_at=None,
    )
    found = rows.select_related("engagement__organisation").order_by("changed_at", "pk")
    return found.select_for_update(skip_locked=True, of=("self",))


def by_person(rows: Sequence[StepState]) -> dict[User, list[Ready]]:
    """What waits for each. 2 queries."""
    waiting: dict[UUID, list[Ready]] = defaultdict(list)
    method = {edition.number: edition.steps for edition in editions()}
    for row in rows:
        waiting[row.engagement_id].append(described(row, method.get(row.engagement.edition, ())))
    told: dict[User, list[Ready]] = defaultdict(list)
    for seat in boards().filter(engagement__in=list(waiting)):
        if seat.user:
            told[seat.user] += waiting[seat.engagement_id]
    return told


def boards() -> QuerySet[Seat]:
    """Governance seats that hold, of people who sign in and did not stop the mails."""
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    held = Q(is_outside=True) | Exists(member)
    return Seat.objects.filter(
        held, role=SeatRole.BOARD, left_at=None, user__is_active=True, wants_reminders=True
    ).select_related("user")


def described(row: StepState, sheets: Sequence[StepSheet]) -> Ready:
    engagement = row.engagement
    return Ready(
        engagement=engagement.title,
        organisation=engagement.organisation.name,
        number=row.step,
        title=next((sheet.title for sheet in sheets if sheet.number == row.step), ""),
        url=settings.SITE_URL + reverse("method:engagement_step", args=[engagement.pk, row.step]),
        team_url=settings.SITE_URL + reverse("method:team", args=[engagement.pk]),
    )


def mail(person: User, waiting: Sequence[Ready]) -> Email:
    """Not saved."""
    context = {"name": person.full_name.strip(), "waiting": waiting}
    return mails.row("methodology/to_validate", to=person.email, context=context)
