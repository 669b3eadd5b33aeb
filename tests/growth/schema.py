"""What the database says of its own tables: columns, keys, references, unique indexes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """``length``: of a varchar, 0 when it has none; ``kind``: uuid, int2, int4, int8, text or other."""

    name: str
    kind: str
    length: int


@dataclass
class Table:
    name: str
    key: str
    columns: dict[str, Column]
    # column → (table, its key) that it references
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    # columns of each unique index but the primary key's
    unique: list[tuple[str, ...]] = field(default_factory=list)


COLUMNS = """
SELECT c.relname, a.attname, t.typname, greatest(a.atttypmod - 4, 0)
FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = a.atttypid
WHERE s.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum
"""
KEYS = """
SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'p' AND array_length(k.conkey, 1) = 1
"""
REFERENCES = """
SELECT c.relname, a.attname, f.relname, b.attname FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.confkey[1]
WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1
"""
UNIQUE = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace s ON s.oid = c.relnamespace
WHERE s.nspname = 'public' AND (i.indisunique OR i.indisexclusion) AND NOT i.indisprimary
"""


def tables(connection: Any) -> dict[str, Table]:
    """Those with a key of one column: every table of ours."""

    def rows(query: str) -> list[Any]:
        found: list[Any] = connection.execute(query).fetchall()
        return found

    keys = dict(rows(KEYS))
    found: dict[str, Table] = {}
    for table, name, kind, length in rows(COLUMNS):
        if table in keys:
            made = found.setdefault(table, Table(table, keys[table], {}))
            text = {"varchar": "text", "bpchar": "text", "citext": "text"}.get(kind, kind)
            made.columns[name] = Column(name, text, length if text == "text" else 0)
    for table, column, target, key in rows(REFERENCES):
        if table in found and target in found:
            found[table].references[column] = (target, key)
    for table, definition in rows(UNIQUE):
        if table in found:
            body = definition.split(" USING ", 1)[1].split(" WHERE ")[0]
            words = re.findall(r"\w+", body)
            found[table].unique.append(tuple(name for name in found[table].columns if name in words))
    return found
