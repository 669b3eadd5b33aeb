"""Two years without a sign of life, a mail thirty days before, then an erasure like any other; its receipt is what is left.

A sign of life: signing in, or a session that is still written in (``note_presence``). A token of the API lasts a year at
most, and is made by who is signed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

import structlog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS

from apps.accounts import mails
from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.audit.events import Event
from apps.audit.services import record
from apps.privacy import closure, erasure
from apps.privacy.models import Cause, LastSeen, RetentionNotice

logger = structlog.get_logger(__name__)

KEPT = timedelta(days=2 * 365)
NOTICE = timedelta(days=30)
# Rounds between the mail and the erasure: days of the calendar alone would believe a clock that jumps.
NIGHTS = 25


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
    joined, signed = TruncDate("date_joined"), TruncDate(Coalesce("last_login", "date_joined"))
    seen = Greatest(joined, signed, Coalesce("last_seen__on", joined))
    limit = timezone.localdate(now - KEPT + NOTICE)
    return User.objects.filter(is_demo=False).annotate(seen=seen).filter(seen__lt=limit).order_by("pk")


def note_presence(now: datetime) -> None:
    """From the sessions that are open: the last time that each was written is its end less its length. Those of accounts
    that are no more leave.
    """
    length = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    seen: dict[int, date] = {}
    keys: dict[int, list[str]] = {}
    for session in Session.objects.filter(expire_date__gt=now).iterator():
        kept = session.get_decoded()
        # A visit of the support is a sign of life of who looks, not of whom it looks as.
        if number := (kept.get("hijack_history") or [kept.get(SESSION_KEY)])[0]:
            day = min(timezone.localdate(session.expire_date - length), timezone.localdate(now))
            seen[int(number)] = max(day, seen.get(int(number), day))
            keys.setdefault(int(number), []).append(session.session_key)
    known = set(User.objects.filter(pk__in=seen).values_list("pk", flat=True))
    lost = [key for number, held in keys.items() if number not in known for key in held]
    Session.objects.filter(session_key__in=lost).delete()
    rows = [LastSeen(user_id=number, on=day) for number, day in seen.items() if number in known]
    LastSeen.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user"], update_fields=["on"], batch_size=1000
    )


def cases(now: datetime) -> Iterator[Case]:
    """What a round at that moment would do. Nobody is erased who was not told thirty days before, whatever the clock did."""
    told = {one.user_id: one for one in RetentionNotice.objects.all()}
    today = timezone.localdate(now)
    for user in inactive(now).iterator():
        yield _case(user, told.get(user.pk), now, today)


def _case(user: User, notice: RetentionNotice | None, now: datetime, today: date) -> Case:
    seen: date = user.seen  # type: ignore[attr-defined]
    # Told before she came back and left again: that mail is of another time.
    if notice is None or notice.told_on < seen:
        return Case(user.pk, seen, Act.TELL)
    is_old = seen < timezone.localdate(now - KEPT)
    is_told = notice.left_on is not None and notice.left_on <= today - NOTICE and notice.nights >= NIGHTS
    if not (is_old and is_told):
        return Case(user.pk, seen, Act.WAIT)
    if refused := erasure.refusals(user, close_alone=True):
        return Case(user.pk, seen, Act.KEEP, " ".join(refused))
    return Case(user.pk, seen, Act.ERASE)


def apply(now: datetime) -> tuple[dict[Act, int], int]:
    """One transaction a person: one that fails stops nobody. How many of each act, and how many failed: logged, left for
    tomorrow.
    """
    done, failed = dict.fromkeys(Act, 0), 0
    note_presence(now)
    _forget_returned(now)
    _count_night(timezone.localdate(now))
    closure.announce_orphans(now)
    for case in list(cases(now)):
        try:
            _do(case, now)
        except Exception:
            logger.exception("retention_failed", person=case.person)
            failed += 1
            continue
        done[case.act] += 1
    return done, failed


def _count_night(today: date) -> None:
    """One more for each notice, and the day its mail left: mails themselves are erased after a month."""
    over = Q(letter__status__in=(STATUS.sent, STATUS.failed))
    RetentionNotice.objects.filter(over, left_on=None).update(left_on=today)
    RetentionNotice.objects.exclude(counted_on=today).update(nights=F("nights") + 1, counted_on=today)


def _do(case: Case, now: datetime) -> None:
    if case.act is Act.TELL:
        _tell(case, now)
    elif case.act is Act.ERASE:
        user = inactive(now).get(pk=case.person)  # not who signed in meanwhile
        erasure.erase_person(user=user, cause=Cause.INACTIVE, close_alone=True)
    elif case.act is Act.KEEP:
        _tell_others(case.person, timezone.localdate(now))


@transaction.atomic
def _tell(case: Case, now: datetime) -> None:
    user = User.objects.select_for_update().get(pk=case.person)
    today = timezone.localdate(now)
    end = max(case.seen + KEPT, today + NOTICE)
    context = {"end": end, "url": settings.SITE_URL + reverse("account_login")}
    letter = mails.row("privacy/soon_erased", to=user.email, context=context)
    letter.save()
    fresh = {"told_on": today, "letter": letter, "left_on": None, "nights": 0, "counted_on": today}
    RetentionNotice.objects.update_or_create(user=user, defaults=fresh)
    record(Event.RETENTION_WARNED, subject=user)


@transaction.atomic
def _tell_others(person: int, today: date) -> None:
    """Once: those who conduct each association that she alone administers, or all its other members."""
    notice = RetentionNotice.objects.select_for_update().filter(user=person, others_told_on=None).first()
    if notice is None:
        return
    for organisation in erasure.led_alone(User.objects.get(pk=person)):
        others = Membership.objects.filter(organisation=organisation).exclude(user=person).order_by("pk")
        told = others.filter(role=Role.LEAD) if others.filter(role=Role.LEAD).exists() else others
        context = {"name": organisation.name, "organisation": organisation.pk}
        for address in told.values_list("user__email", flat=True):
            mails.row("privacy/admin_away", to=address, context=context).save()
    notice.others_told_on = today
    notice.save(update_fields=["others_told_on"])


def _forget_returned(now: datetime) -> None:
    RetentionNotice.objects.exclude(user__in=inactive(now).values("pk")).delete()
