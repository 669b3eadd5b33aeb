"""Names as files, forms and searches write them (pure): one key for all spellings, and a trace that hides it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

SALT, ROUNDS = b"trajectoires:personne-retiree", 20_000
FORGOTTEN = "personne-retiree"
NAMELESS = "[nom retiré]"


def key(*parts: str) -> str:
    """« Hâkim », « HALLOÛCH » → « hakim-hallouch »; « œ » as « oe »."""
    text = " ".join(parts).replace("œ", "oe").replace("Œ", "OE").replace("’", " ").replace("'", " ")
    return slugify(text)


def sealed(name_key: str) -> str:
    """A trace of a removed name: recognises it when it comes back, tells it to nobody in a hurry.

    Not keyed by SECRET_KEY: a change of key would let removed names come back.
    """
    return hashlib.pbkdf2_hmac("sha256", name_key.encode(), SALT, ROUNDS).hex()


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these whole names, whatever the case, the spaces or the hyphens between words."""
    found = [r"[\s\u00a0\u202f-]+".join(map(re.escape, re.split(r"[\s-]+", name))) for name in names if name]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE) if found else re.compile(r"(?!)")
