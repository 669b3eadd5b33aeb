"""Names as files, forms and searches write them (pure): one key for all spellings, and a trace that hides it."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from django.utils.text import slugify

SALT, ROUNDS = b"trajectoires:personne-retiree", 20_000
FORGOTTEN = "personne-retiree"
NAMELESS = "[nom retiré]"
# Letters that no decomposition turns into plain ones, and the signs that stand for an apostrophe.
PLAIN = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
    | dict.fromkeys("’'ʼ‘`´", " ")
)


def key(*parts: str) -> str:
    """« Hâkim », « HALLOÛCH » → « hakim-hallouch »; « œ » as « oe ». Other alphabets keep their letters."""
    return slugify(unaccented(" ".join(parts)).translate(PLAIN), allow_unicode=True)


def sealed(name: str) -> str:
    """A trace of a removed name: recognises it when it comes back, tells it to nobody in a hurry.

    « Le Monnier », « LE-MONNIER » and « Lemonnier » leave the same one; a name without a letter leaves none ("").
    Not keyed by SECRET_KEY: a change of key would let removed names come back.
    """
    letters = key(name).replace("-", "").replace("_", "")
    return seal(letters) if letters else ""


@lru_cache(maxsize=4096)  # slow on purpose, and asked again for each file
def seal(letters: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), SALT, ROUNDS).hex()


def is_forgotten(slug: str) -> bool:
    return slug.startswith(f"{FORGOTTEN}-")


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


# Postgres takes « 12\u00a0millions » for one word: the search reads plain spaces, and gives ours back.
SPACES = (("\u00a0", " \x05"), ("\u202f", " \x06"))


def spaced(text: str) -> str:
    """The text with spaces that Postgres knows; ``unspaced`` gives back the original."""
    for ours, plain in SPACES:
        text = text.replace(ours, plain)
    return text


def unspaced(text: str) -> str:
    for ours, plain in SPACES:
        text = text.replace(plain, ours)
    return text
