"""Closing an association: asked by an admin, told to those who run it, cancelled by any admin, done two weeks later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import MANAGERS
from apps.audit.events import Event
from apps.audit.services import record
from apps.privacy.holdings import erase_organisation, lines_of
from apps.privacy.models import Cause, ClosureRequest, ErasureReceipt
from apps.privacy.receipts import address_of, new_receipt

logger = structlog.get_logger(__name__)

DELAY = timedelta(days=14)
# A last letter, that much before.
REMINDER = timedelta(days=2)
# Days on which the worker saw the request before it acts: those of the calendar alone would believe a clock that jumps.
NIGHTS = 10


def request_of(organisation: Organisation | None) -> ClosureRequest | None:
    """With who asked. One query, none without an association."""
    if organisation is None:
        return None
    return ClosureRequest.objects.select_related("asked_by").filter(organisation=organisation).first()


@transaction.atomic
def ask(*, organisation: Organisation, by: User) -> ClosureRequest:
    """Asked twice, it is the first that counts. Raises Organisation.DoesNotExist when it has closed meanwhile."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    now = timezone.now()
    request, is_new = ClosureRequest.objects.get_or_create(
        organisation=organisation, defaults={"asked_by": by, "asked_at": now, "due_at": now + DELAY}
    )
    if is_new:
        url = settings.SITE_URL + reverse("privacy:close", args=[organisation.pk])
        _tell("closing", organisation, MANAGERS, {"request": request, "by": by, "url": url})
        record(Event.CLOSURE_ASKED, actor=by, subject=organisation, details={"days": DELAY.days})
    return request


@transaction.atomic
def cancel(*, organisation: Organisation, by: User) -> bool:
    """False when nothing was asked, or no longer."""
    held = ClosureRequest.objects.select_for_update().filter(organisation=organisation).first()
    if held is None:
        return False
    held.delete()
    _tell("closing_cancelled", organisation, MANAGERS, {"by": by})
    record(Event.CLOSURE_CANCELLED, actor=by, subject=organisation)
    return True


def close_due(now: datetime) -> tuple[int, int]:
    """How many associations were erased, and how many failed: logged, tried again at the next round. One transaction each."""
    done, failed = 0, 0
    _count_day(timezone.localdate(now))
    for pk in list(_due(now).values_list("organisation", flat=True)):
        try:
            done += _close(pk, now)
        except Exception:
            logger.exception("closure_failed", organisation=str(pk))
            failed += 1
    return done, failed


def remind(now: datetime) -> int:
    """Those who run an association that closes in two days are told once more; how many associations were."""
    soon = ClosureRequest.objects.filter(due_at__gt=now, due_at__lte=now + REMINDER, reminded_on=None)
    return sum(_remind(pk, now) for pk in list(soon.order_by("due_at", "pk").values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    """False when it was cancelled or told meanwhile."""
    waiting = ClosureRequest.objects.select_for_update(of=("self",)).select_related("organisation")
    request = waiting.filter(pk=pk, reminded_on=None).first()
    if request is None:
        return False
    request.reminded_on = timezone.localdate(now)
    request.save(update_fields=["reminded_on"])
    url = settings.SITE_URL + reverse("privacy:close", args=[request.organisation_id])
    _tell("closing_soon", request.organisation, MANAGERS, {"request": request, "url": url})
    return True


def orphans() -> QuerySet[Organisation]:
    """Associations without a member, whose closing was not announced yet. Demonstration data stay as they are."""
    return Organisation.objects.filter(is_demo=False, memberships=None, closure=None).order_by("pk")


def announce_orphans(now: datetime) -> int:
    """Two weeks for someone to answer an invitation; how many were announced."""
    found = [
        ClosureRequest(organisation=one, cause=Cause.ORPHAN, asked_at=now, due_at=now + DELAY)
        for one in orphans()
    ]
    ClosureRequest.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def close_again(organisation: Organisation) -> None:
    """It had closed, and came back with a backup: its members were told then."""
    key = erase_organisation(organisation)
    record(Event.ORGANISATION_ERASED, subject=f"organisation:{key}", details={"cause": "restored"})


def _due(now: datetime) -> QuerySet[ClosureRequest]:
    return ClosureRequest.objects.filter(due_at__lte=now, nights__gte=NIGHTS).order_by("due_at", "pk")


def _count_day(today: date) -> None:
    ClosureRequest.objects.exclude(counted_on=today).update(nights=F("nights") + 1, counted_on=today)


@transaction.atomic
def _close(pk: UUID, now: datetime) -> bool:
    """False when it was cancelled meanwhile, or someone joined it."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=pk)
    held = _due(now).select_for_update().filter(organisation=organisation).first()
    if held is None:
        return False
    if held.cause == Cause.ORPHAN and organisation.memberships.exists():
        held.delete()
        return False
    admins = _addresses(organisation, (Role.ADMIN,))
    receipt, token = _receipt(organisation, Cause(held.cause))
    name, key = organisation.name, erase_organisation(organisation)
    _send("closed", admins, {"name": name, "receipt": receipt, "url": address_of(token)})
    record(Event.ORGANISATION_ERASED, subject=f"organisation:{key}", details={"cause": receipt.cause})
    return True


def _receipt(organisation: Organisation, cause: Cause) -> tuple[ErasureReceipt, str]:
    receipt, token = new_receipt(cause, lines_of(organisation))
    receipt.save()
    return receipt, token


def _tell(letter: str, organisation: Organisation, roles: Iterable[str], context: dict[str, object]) -> None:
    _send(letter, _addresses(organisation, roles), {"name": organisation.name, **context})


def _addresses(organisation: Organisation, roles: Iterable[str]) -> list[str]:
    members = Membership.objects.filter(organisation=organisation, role__in=tuple(roles))
    return list(members.order_by("pk").values_list("user__email", flat=True))


def _send(letter: str, addresses: Iterable[str], context: dict[str, object]) -> None:
    for address in addresses:
        mails.row(f"privacy/{letter}", to=address, context=context).save()
