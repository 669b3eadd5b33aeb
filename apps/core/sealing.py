"""Small secrets that must be read again (seeds of second factors), encrypted in the database by a key out of it."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Tells a sealed text from one written before it was sealed.
MARK = "sealed:"


class UnreadableError(Exception):
    """Sealed by a key that is neither SECRET_KEY nor one of SECRET_KEY_FALLBACKS."""


def seal(text: str) -> str:
    return MARK + _keys(*_secrets()).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """What ``seal`` was given; a text never sealed is given back as it is. Raises UnreadableError."""
    if not text.startswith(MARK):
        return text
    try:
        return _keys(*_secrets()).decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise UnreadableError from error


def reseal(text: str) -> str:
    """The same text under the present key: for the rotation of secrets."""
    return seal(unseal(text))


def _secrets() -> tuple[str, ...]:
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS


@lru_cache
def _keys(*secrets: str) -> MultiFernet:
    return MultiFernet([_key(secret) for secret in secrets])


def _key(secret: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"trajectoires sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
