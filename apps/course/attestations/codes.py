"""Codes of attestations: sixteen letters by four, easy to read aloud, impossible to guess (24^16, 73 bits) (pure)."""

from __future__ import annotations

import re
import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither I nor O
GROUPS, LENGTH = 4, 4


def draw() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * LENGTH))
    return written(letters)


def written(letters: str) -> str:
    return "-".join(letters[start : start + LENGTH] for start in range(0, len(letters), LENGTH))


def read(typed: str) -> str:
    """The code as it is kept, however it was typed (case, spaces, dashes); "" when it is no code."""
    letters = re.sub(r"[\s\-\u2010-\u2015.]", "", typed).upper()
    if len(letters) != GROUPS * LENGTH or set(letters) - set(LETTERS):
        return ""
    return written(letters)
