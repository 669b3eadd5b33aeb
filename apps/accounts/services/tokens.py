from __future__ import annotations

from apps.accounts.models import ApiToken, User

PER_PERSON = 10


class TooManyTokensError(Exception):
    """The person already holds the greatest number of tokens."""


def create_token(*, user: User, label: str) -> tuple[ApiToken, str]:
    """The row and the secret, which is never readable again. Raises TooManyTokensError."""
    if ApiToken.objects.filter(user=user).count() >= PER_PERSON:
        raise TooManyTokensError
    token, secret = ApiToken.objects.create(user=user, label=label.strip())
    return token, secret


def delete_token(*, token: ApiToken) -> None:
    token.delete()
