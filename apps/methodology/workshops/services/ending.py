"""The end: guests are forgotten, and whose cards and dots these were is too when names were not shown."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.methodology.enums import WorkshopStage
from apps.methodology.models import Card, Dot, Pile, Workshop
from apps.methodology.workshops.services.holding import hold_chairs
from apps.methodology.workshops.services.meeting import saved

# Guests come in on the day, and until the small hours after it; a workshop that nobody ends is over a day after its date.
SMALL_HOURS = time(6)
LIVES = timedelta(hours=24)


@transaction.atomic
def end(*, workshop: Workshop) -> Workshop:
    """Over, in one transaction: the counts stay, names, roles and secrets of guests go, the code is free.

    Nothing the second time. A closed démarche does not keep guests' names either.
    """
    hold_chairs(workshop.pk)
    row = Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    if row.is_over:
        return row
    row.present = row.participants.count()
    count_dots(row.pk)
    Card.objects.filter(workshop=row).update(at=None)
    gone = row.participants.all() if not row.shows_names else row.participants.filter(seat=None)
    Card.objects.filter(author__in=gone).update(author=None)
    gone.delete()
    row.stage, row.over_at, row.code = WorkshopStage.OVER, timezone.now(), ""
    row.timer_ends_at = None
    return saved(row)


def count_dots(workshop: UUID) -> None:
    """Each pile keeps its number; who put which is forgotten."""
    dots = Dot.objects.filter(pile=OuterRef("pk")).order_by().values("pile").annotate(sum=Sum("number"))
    Pile.objects.filter(workshop=workshop).update(votes=Coalesce(Subquery(dots.values("sum")), 0))
    Dot.objects.filter(pile__workshop=workshop).delete()


def guests_until(workshop: Workshop) -> datetime:
    """From then on its code and its guests' browsers open nothing, whether somebody ended it or not."""
    return timezone.make_aware(datetime.combine(workshop.held_on + timedelta(days=1), SMALL_HOURS))


def end_forgotten() -> int:
    """Ends what nobody ended, a day after its date; how many."""
    since = timezone.localtime(timezone.now() - LIVES).date()
    forgotten = list(Workshop.objects.exclude(stage=WorkshopStage.OVER).filter(held_on__lt=since))
    for workshop in forgotten:
        end(workshop=workshop)
    return len(forgotten)
