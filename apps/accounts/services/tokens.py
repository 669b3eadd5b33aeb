from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import mails
from apps.accounts.models import ApiToken, User
from apps.audit.events import Event
from apps.audit.services import record

PER_PERSON = 10
# Days that a token may last.
LIVES = (30, 90, 365)
USUAL = 90
# How long before its end its owner is told.
NOTICE = timedelta(days=7)


class TooManyTokensError(Exception):
    """The person already holds the greatest number of tokens."""


@transaction.atomic
def create_token(*, user: User, label: str, days: int = USUAL) -> tuple[ApiToken, str]:
    """The row and the secret, which is never readable again. Raises TooManyTokensError."""
    now = timezone.now()
    ApiToken.objects.filter(user=user, expiry__lte=now).delete()
    if ApiToken.objects.filter(user=user).count() >= PER_PERSON:
        raise TooManyTokensError
    token, secret = ApiToken.objects.create(user=user, label=label.strip(), expiry=timedelta(days=days))
    record(Event.TOKEN_CREATED, actor=user, subject=f"token:{token.token_key}", details={"days": days})
    return token, secret


@transaction.atomic
def delete_token(*, token: ApiToken) -> None:
    key = token.token_key
    token.delete()
    record(Event.TOKEN_DELETED, subject=f"token:{key}")


def warn_of_ends() -> int:
    """One mail a token, a week before its end; how many. Each in its transaction: sent twice, written once."""
    now = timezone.now()
    ending = ApiToken.objects.filter(warned_at=None, expiry__gt=now, expiry__lte=now + NOTICE)
    return sum(_warn(token) for token in ending.select_related("user"))


@transaction.atomic
def _warn(token: ApiToken) -> bool:
    if not ApiToken.objects.filter(pk=token.pk, warned_at=None).update(warned_at=timezone.now()):
        return False
    context = {"token": token, "url": settings.SITE_URL + reverse("accounts:tokens")}
    return mails.queue("token_ends", to=token.user.email, context=context)
