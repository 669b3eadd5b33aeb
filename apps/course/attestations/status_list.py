"""W3C Bitstring Status List 1.0: one bit an attestation, set when it is revoked (pure).

An attestation's ``rank`` gives its list (numbered from 1) and its place in it, drawn at random among the free ones:
neither the number nor the order of the attestations shows.
"""

from __future__ import annotations

import base64
import gzip
import secrets
from collections.abc import Callable, Iterable

# The least that the specification accepts: one person hides among the others.
SIZE = 131_072


def place(rank: int) -> tuple[int, int]:
    """(number of the list, index in it)."""
    number, index = divmod(rank, SIZE)
    return number + 1, index


def ranks(number: int) -> range:
    """The ranks of one list."""
    return range((number - 1) * SIZE, number * SIZE)


def draw(is_taken: Callable[[int], bool], issued: int) -> int:
    """A free rank. ``issued``: attestations until now; a list is left half full, so that few tries are enough."""
    places = ranks(issued // (SIZE // 2) + 1)
    while is_taken(rank := secrets.choice(places)):
        pass
    return rank


def encoded(indexes: Iterable[int]) -> str:
    """Multibase (base64url, unpadded) of the gzipped bits; index 0 is the leftmost bit. Same bits, same text."""
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0))
    return "u" + packed.rstrip(b"=").decode()
