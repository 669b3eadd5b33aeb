from __future__ import annotations

from django.db import transaction

from apps.accounts.models import ApiToken, User
from apps.audit.events import Event
from apps.audit.services import record

PER_PERSON = 10


class TooManyTokensError(Exception):
    """The person already holds the greatest number of tokens."""


@transaction.atomic
def create_token(*, user: User, label: str) -> tuple[ApiToken, str]:
    """The row and the secret, which is never readable again. Raises TooManyTokensError."""
    if ApiToken.objects.filter(user=user).count() >= PER_PERSON:
        raise TooManyTokensError
    token, secret = ApiToken.objects.create(user=user, label=label.strip())
    record(Event.TOKEN_CREATED, actor=user, subject=f"token:{token.token_key}")
    return token, secret


@transaction.atomic
def delete_token(*, token: ApiToken) -> None:
    key = token.token_key
    token.delete()
    record(Event.TOKEN_DELETED, subject=f"token:{key}")
