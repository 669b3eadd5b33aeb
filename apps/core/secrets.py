"""Secrets of links and codes: only their hash is kept."""

import hashlib
import re
import secrets

# No vowel, no letter that looks like another: no word appears by chance, and it can be read aloud.
CODE_ALPHABET = "BCDFGHJKMNPQRSTVWXZ"
TOKEN_LENGTH = 32


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_LENGTH * 3 // 4)


def is_token(text: str) -> bool:
    """True for a text that ``new_token`` could have given."""
    return bool(re.fullmatch(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}", text))


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(length: int = 6) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
