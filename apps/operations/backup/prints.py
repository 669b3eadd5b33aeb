"""What proves that two databases, or two stores of files, hold the same: counts and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from psycopg import Connection, sql

CHUNK = 1 << 20
# Hashes of 64 bits under two seeds, added: the order of the rows, which a restoration changes, does not matter.
_PRINT = """SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text,
    coalesce(sum(hashtextextended(t::text, 1)::numeric), 0)::text FROM {table} t"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@dataclass(frozen=True, slots=True)
class Print:
    rows: int
    hash: str


def of_tables(connection: Connection[Any]) -> dict[str, Print]:
    """Table → rows and hash, as its transaction sees them."""
    found = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        query = sql.SQL(_PRINT).format(table=sql.Identifier("public", table))
        rows, first, second = connection.execute(query).fetchone() or (0, "0", "0")
        found[table] = Print(rows, hashlib.sha256(f"{first}/{second}".encode()).hexdigest()[:32])
    return found


def names(folder: str = "") -> Iterator[str]:
    """Every file of the store, folders walked in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever written
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + file for file in sorted(files) if file)
    for inner in sorted(folders):
        yield from names(prefix + inner)


def of_file(name: str) -> str:
    """SHA-256 of its content, in hexadecimal."""
    found = hashlib.sha256()
    with default_storage.open(name) as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            found.update(chunk)
    return found.hexdigest()


def of_files(hashes: dict[str, str]) -> str:
    """One hash of them all, by name."""
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()
