"""Two years without signing in, a mail thirty days before, then an erasure like any other; its receipt is what is left.

Signing in is the sign of life: a session lasts thirty days at most, and a token of the API a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record
from apps.privacy import erasure
from apps.privacy.models import Cause, RetentionNotice

logger = structlog.get_logger(__name__)

KEPT = timedelta(days=2 * 365)
NOTICE = timedelta(days=30)


class Act(Enum):
    TELL = "à prévenir"
    WAIT = "prévenu, à effacer plus tard"
    ERASE = "à effacer"
    KEEP = "gardé"


@dataclass(frozen=True, slots=True)
class Case:
    """``person``: number of the account. ``why``: of what is kept, in French."""

    person: int
    seen: date
    act: Act
    why: str = ""


def inactive(now: datetime) -> QuerySet[User]:
    """Those to be told, or more. Demonstration accounts stay as they are."""
    seen = Greatest("date_joined", Coalesce("last_login", "date_joined"))
    return (
        User.objects.filter(is_demo=False)
        .annotate(seen=seen)
        .filter(seen__lt=now - KEPT + NOTICE)
        .order_by("pk")
    )


def cases(now: datetime) -> Iterator[Case]:
    """What a round at that moment would do. Nobody is erased who was not told thirty days before, whatever the clock did."""
    told = dict(RetentionNotice.objects.values_list("user", "told_on"))
    today = timezone.localdate(now)
    for user in inactive(now).iterator():
        yield _case(user, told.get(user.pk), now, today)


def _case(user: User, told_on: date | None, now: datetime, today: date) -> Case:
    moment: datetime = user.seen  # type: ignore[attr-defined]
    seen = timezone.localdate(moment)
    # Told before she came back and left again: that mail is of another time.
    if told_on is None or told_on < seen:
        return Case(user.pk, seen, Act.TELL)
    if moment >= now - KEPT or told_on > today - NOTICE:
        return Case(user.pk, seen, Act.WAIT)
    if refused := erasure.refusals(user, close_alone=True):
        return Case(user.pk, seen, Act.KEEP, " ".join(refused))
    return Case(user.pk, seen, Act.ERASE)


def apply(now: datetime) -> dict[Act, int]:
    """One transaction a person: one that fails stops nobody. How many of each act; a failure is logged, and left for tomorrow."""
    done = dict.fromkeys(Act, 0)
    _forget_returned(now)
    for case in list(cases(now)):
        try:
            _do(case, now)
        except Exception:
            logger.exception("retention_failed", person=case.person)
            continue
        done[case.act] += 1
    return done


def _do(case: Case, now: datetime) -> None:
    if case.act is Act.TELL:
        _tell(case, now)
    elif case.act is Act.ERASE:
        user = inactive(now).get(pk=case.person)  # not who signed in meanwhile
        erasure.erase_person(user=user, cause=Cause.INACTIVE, close_alone=True)


@transaction.atomic
def _tell(case: Case, now: datetime) -> None:
    user = User.objects.select_for_update().get(pk=case.person)
    today = timezone.localdate(now)
    RetentionNotice.objects.update_or_create(user=user, defaults={"told_on": today})
    end = max(case.seen + KEPT, today + NOTICE)
    context = {"end": end, "url": settings.SITE_URL + reverse("account_login")}
    mails.row("privacy/soon_erased", to=user.email, context=context).save()
    record(Event.RETENTION_WARNED, subject=user)


def _forget_returned(now: datetime) -> None:
    RetentionNotice.objects.exclude(user__in=inactive(now).values("pk")).delete()
