"""A lost second factor: asked for, told to the person, removed a day later at the earliest."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.models import FactorReset, User
from apps.audit.events import Event
from apps.audit.services import record

# Time for the person to read the mail and say that it was not her; then time for the operation to come back.
WAITS = timedelta(hours=24)
LAPSES = timedelta(days=7)


class NothingToReset(Exception):  # noqa: N818 - no error: the account has no second factor
    """Signing in asks this account for nothing more."""


class TooSoon(Exception):  # noqa: N818 - no error: the delay is the protection
    """``until``: when it may be removed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class NotTold(Exception):  # noqa: N818
    """The mail could not be written: nothing was asked for."""


@transaction.atomic
def ask_reset(*, user: User) -> datetime:
    """When it may be done. Asked again while it waits, the delay does not move. NothingToReset, NotTold."""
    User.objects.select_for_update().get(pk=user.pk)
    if not Authenticator.objects.filter(user=user).exists():
        raise NothingToReset
    if known := waiting(user):
        return known.asked_at + WAITS
    FactorReset.objects.filter(user=user).delete()
    made = FactorReset.objects.create(user=user, asked_at=timezone.now())
    until = made.asked_at + WAITS
    if not mails.queue("factor_reset_asked", to=user.email, context=_words(until)):
        raise NotTold
    record(Event.FACTOR_RESET_ASKED, subject=user)
    return until


@transaction.atomic
def finish_reset(*, user: User) -> list[str]:
    """The kinds that were removed, codes included. TooSoon before the delay; NothingToReset when nothing waits."""
    User.objects.select_for_update().get(pk=user.pk)
    found = waiting(user)
    if found is None:
        raise NothingToReset
    if timezone.now() < found.asked_at + WAITS:
        raise TooSoon(found.asked_at + WAITS)
    rows = Authenticator.objects.filter(user=user)
    kinds = sorted(str(kind) for kind in rows.values_list("type", flat=True))
    rows.delete()
    found.delete()
    mails.queue("factor_reset_done", to=user.email, context=_words(timezone.now()))
    for kind in kinds:
        record(Event.FACTOR_REMOVED, subject=user, details={"kind": kind, "by": "operation"})
    return kinds


@transaction.atomic
def cancel_reset(*, user: User) -> bool:
    """Whether something was waiting."""
    gone, _ = FactorReset.objects.filter(user=user).delete()
    if gone:
        record(Event.FACTOR_RESET_CANCELLED, subject=user)
    return bool(gone)


def waiting(user: User) -> FactorReset | None:
    """The one that has not lapsed. 1 query."""
    return FactorReset.objects.filter(user=user, asked_at__gt=timezone.now() - LAPSES).first()


def _words(at: datetime) -> dict[str, object]:
    return {"at": at, "contact_email": settings.CONTACT_EMAIL}
