"""Giving and withdrawing consent; beginning and ending a visit. Each of them is in the journal, each visit in a mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record
from apps.support.enums import End
from apps.support.models import LONGEST_VISIT, SupportGrant, SupportVisit
from apps.support.selectors import grants_to_help, is_trusted, running_grant

HOURS = (1, 24, 7 * 24)
KEPT = timedelta(days=365)


class SupportRefusedError(Exception):
    """The message is a French sentence; nothing was changed."""


@transaction.atomic
def give(*, user: User, purpose: str, hours: int) -> SupportGrant:
    """Her consent for one of ``HOURS``. Asked twice, the one in force is given back unchanged."""
    User.objects.select_for_update().get(pk=user.pk)
    now = timezone.now()
    if is_trusted(user):
        raise SupportRefusedError(
            "Votre compte a des pouvoirs sur la plateforme\u00a0: personne ne peut l’emprunter."
        )
    if known := running_grant(user, now):
        return known
    made = SupportGrant.objects.create(
        user=user, purpose=purpose, given_at=now, until=now + timedelta(hours=hours)
    )
    record(Event.SUPPORT_GRANTED, actor=user, subject=user, details={"grant": str(made.pk), "hours": hours})
    return made


@transaction.atomic
def withdraw(*, user: User) -> int:
    """At once: the visit under way is closed here, and its next request is the operator’s own. How many grants."""
    now = timezone.now()
    rows = list(SupportGrant.objects.select_for_update().filter(user=user, withdrawn_at=None, until__gt=now))
    SupportGrant.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=now)
    for visit in SupportVisit.objects.filter(grant__in=rows, ended_at=None):
        close(visit=visit, end=End.WITHDRAWN)
    for row in rows:
        record(Event.SUPPORT_WITHDRAWN, actor=user, subject=user, details={"grant": str(row.pk)})
    return len(rows)


@transaction.atomic
def begin(*, operator: User, pk: UUID) -> SupportVisit:
    """A visit under this grant, or her own that is under way. Raises Http404 without a grant in force that she may use,
    SupportRefusedError while someone else looks.
    """
    now = timezone.now()
    grant = grants_to_help(now).select_for_update(of=("self",)).filter(pk=pk).exclude(user=operator).first()
    if grant is None:
        raise Http404
    if known := SupportVisit.objects.filter(grant=grant, ended_at=None).first():
        if known.limit > now and known.operator_id == operator.pk:
            return known
        if known.limit > now and known.operator_id is not None:
            raise SupportRefusedError("Quelqu’un de l’équipe regarde déjà. Attendez la fin de sa visite.")
        close(visit=known, end=End.TIME)
    made = SupportVisit.objects.create(
        grant=grant, operator=operator, started_at=now, limit=min(now + LONGEST_VISIT, grant.until)
    )
    _write(made, "support/started")
    record(Event.SUPPORT_STARTED, actor=operator, subject=grant.user, details={"visit": str(made.pk)})
    return made


@transaction.atomic
def close(*, visit: SupportVisit, end: End) -> bool:
    """False when it is closed already. Raises nothing for a visit that has gone with its person."""
    row = SupportVisit.objects.select_for_update().filter(pk=visit.pk, ended_at=None).first()
    if row is None:
        return False
    now = timezone.now()
    if row.limit <= now:
        end = End.TIME
    row.ended_at, row.end = max(min(now, row.limit), row.started_at), end
    row.save(update_fields=["ended_at", "end"])
    _write(row, "support/ended")
    record(
        Event.SUPPORT_ENDED,
        actor=row.grant.user_id if end is End.WITHDRAWN else row.operator_id,
        subject=f"user:{row.grant.user_id}",
        details={"visit": str(row.pk), "end": end.value, "pages": row.pages},
    )
    return True


def count_page(*, visit: SupportVisit) -> None:
    SupportVisit.objects.filter(pk=visit.pk).update(pages=F("pages") + 1)


def close_overdue(now: datetime) -> int:
    """Visits past their limit that nobody closed, a browser left open or shut. How many."""
    return sum(
        close(visit=one, end=End.TIME) for one in SupportVisit.objects.filter(ended_at=None, limit__lte=now)
    )


def forget(now: datetime) -> int:
    """Grants over for a year, with their visits. How many."""
    return SupportGrant.objects.filter(until__lt=now - KEPT).delete()[1].get("support.SupportGrant", 0)


def _write(visit: SupportVisit, template: str) -> None:
    """In the transaction of the act: no visit without its mail."""
    url = settings.SITE_URL + reverse("support:grant")
    mails.row(template, to=visit.grant.user.email, context={"visit": visit, "url": url}).save()
