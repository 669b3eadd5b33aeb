"""Reading the chain again, link by link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# What the trigger hashes after the previous hash (migration 0001).
TEXT = """jsonb_build_array(number, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event,
    actor, as_support, subject, details, address_hash, request_id)::text"""
READ = f"SELECT number, at, previous, hash, {TEXT} FROM audit_auditentry ORDER BY number"  # noqa: S608
ANCHOR = "SELECT number, hash FROM audit_auditanchor ORDER BY number DESC LIMIT 1"
START = hashlib.sha256(b"").digest()


class BrokenChainError(Exception):
    """The message is a French sentence that names the first entry at fault."""


@dataclass(frozen=True, slots=True)
class Chain:
    """``head``: the hash of the last entry, in hexadecimal."""

    entries: int
    head: str
    begun: datetime | None
    ended: datetime | None


def verify(head: str = "") -> Chain:
    """The whole chain, or BrokenChainError. ``head``: a head noted elsewhere, that must still be in it."""
    number, previous = _anchor()
    wanted, met = bytes.fromhex(head), not head
    met = met or previous == wanted
    count, begun, at = 0, None, None
    for found, at, before, digest, text in _rows():
        number += 1
        if found != number:
            raise BrokenChainError(f"L’entrée {number} manque : la suivante porte le numéro {found}.")
        if bytes(before) != previous:
            raise BrokenChainError(
                f"L’entrée {found} ne suit pas la précédente : l’une des deux a été changée."
            )
        if hashlib.sha256(previous + text.encode()).digest() != bytes(digest):
            raise BrokenChainError(f"L’entrée {found} a été changée après avoir été écrite.")
        previous, count, begun = bytes(digest), count + 1, begun or at
        met = met or previous == wanted
    if not met:
        raise BrokenChainError(
            f"La tête {head[:16]}…, notée ailleurs, n’est plus dans le journal : sa fin a été retirée ou réécrite, ou cette tête a plus d’un an."
        )
    return Chain(count, previous.hex(), begun, at)


def head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, "") when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, encode(hash, 'hex') FROM audit_auditentry ORDER BY number DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _anchor() -> tuple[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(ANCHOR)
        row = cursor.fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, START)


def _rows() -> Iterator[tuple[int, datetime, memoryview, memoryview, str]]:
    """A few at a time: the journal of a year does not fit in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(READ)
        while rows := cursor.fetchmany(2000):
            yield from rows
