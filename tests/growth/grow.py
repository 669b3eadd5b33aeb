"""One association with everything that hangs from it, again and again: every key remade, every reference kept whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.growth.schema import Column, Table, tables

# Rows that one association brings to a table, when it is not named here: enough for every reference, bounded for the disk.
MOST = 3
MORE = {
    "diagnostic_campaign": 10,
    "diagnostic_respondent": 12,
    "diagnostic_result": 10,
    "diagnostic_answer": 30,
    "diagnostic_financeyear": 6,
    "accounts_user": 4,
    "accounts_membership": 4,
    "methodology_item": 8,
    "methodology_change": 8,
}
# Who leads programmes keeps hers, releases are the platform’s.
ALONE = ("dashboards_programme_people", "dashboards_release")
# So many associations share one copy of these.
TOGETHER = {"dashboards_programme": 100}
# Keys of the template stay under the stride, those of the copies never meet.
STRIDE = {"int8": 1_000_000, "int4": 20_000, "int2": 1}

# Sixteen letters for codes. A is never drawn for a real one, and is their zero: no copy has the code of the template.
LETTERS = "ABCDFGHJKLMNPQRS"

Rows = dict[str, dict[Any, dict[str, Any]]]


class Grower:
    """``grow`` makes the associations from one number to another; the template stays as it is."""

    def __init__(self, connection: Any, roots: dict[str, list[Any]]) -> None:
        self.connection = connection
        self.tables = tables(connection)
        self.rows = self._bounded(self._hanging(roots))

    @property
    def counts(self) -> dict[str, int]:
        """Rows that one association brings, table by table."""
        return {name: len(rows) for name, rows in sorted(self.rows.items()) if rows}

    def grow(self, first: int, last: int) -> None:
        """Both included. Triggers and references are not run: keys are right by construction, and counted afterwards."""
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            self.connection.execute("SET LOCAL synchronous_commit = off")
            for statement, values in self._statements():
                self.connection.execute(statement, [*values, first, last])

    def _hanging(self, roots: dict[str, list[Any]]) -> Rows:
        found: Rows = defaultdict(dict)
        waiting = [(name, self.tables[name].key, keys) for name, keys in roots.items()]
        while waiting:
            name, column, keys = waiting.pop()
            fresh = [
                row
                for row in self._fetch(name, column, keys)
                if row[self.tables[name].key] not in found[name]
            ]
            for row in fresh:
                found[name][row[self.tables[name].key]] = row
            if fresh:
                keys = [row[self.tables[name].key] for row in fresh]
                waiting += [
                    (child.name, reference, keys)
                    for child in self.tables.values()
                    for reference, (target, _) in child.references.items()
                    if target == name and child.name not in ALONE
                ]
        return found

    def _fetch(self, name: str, column: str, keys: list[Any]) -> Iterator[dict[str, Any]]:
        table = self.tables[name]
        names = ", ".join(f'"{one}"' for one in table.columns)
        query = f'SELECT {names} FROM "{name}" WHERE "{column}" = ANY(%s) ORDER BY "{table.key}"'
        for values in self.connection.execute(query, [keys]).fetchall():
            yield dict(zip(table.columns, values, strict=True))

    def _bounded(self, whole: Rows) -> Rows:
        """At most so many rows a table, and no row whose parent was left out.

        A table is cut once its parents are and their children gone: the rows that it keeps have a parent.
        """
        kept = {name: dict(rows) for name, rows in whole.items()}
        for name in whole:
            kept[name] = dict(list(kept[name].items())[: MORE.get(name, MOST)])
            self._leave_orphans(kept, whole)
        return kept

    def _leave_orphans(self, kept: Rows, whole: Rows) -> None:
        while orphans := [
            (name, key)
            for name, rows in kept.items()
            for key, row in rows.items()
            if any(
                row[column] in whole.get(target, {}) and row[column] not in kept[target]
                for column, (target, _) in self.tables[name].references.items()
            )
        ]:
            for name, key in orphans:
                del kept[name][key]

    def _statements(self) -> Iterator[tuple[str, list[Any]]]:
        for name, rows in self.rows.items():
            alike: dict[tuple[str, ...], list[Any]] = defaultdict(list)
            for key, row in rows.items():
                alike[self._moved(self.tables[name], row)].append(key)
            before = 0
            for moved, keys in alike.items():
                yield self._insert(self.tables[name], moved, rows[keys[0]], len(rows), before), [keys]
                before += len(keys)

    def _moved(self, table: Table, row: dict[str, Any]) -> tuple[str, ...]:
        """Columns that hold a key of the template."""
        inside = [table.key]
        for column, (target, _) in table.references.items():
            if row[column] is not None and row[column] in self.rows.get(target, {}):
                inside.append(column)
        return tuple(sorted(set(inside)))

    def _insert(
        self, table: Table, moved: tuple[str, ...], sample: dict[str, Any], count: int, before: int
    ) -> str:
        fresh = self._fresh(table, moved)
        names = ", ".join(f'"{name}"' for name in table.columns)
        said = []
        for name, column in table.columns.items():
            value = f't."{name}"'
            if name in moved and not self._is_free_text(table, name):
                said.append(self._key(table, name, value))
            elif name in fresh or name in moved:
                said.append(_unlike(column, value, sample[name], count, before))
            else:
                said.append(value)
        return (
            f'INSERT INTO "{table.name}" ({names}) OVERRIDING SYSTEM VALUE SELECT {", ".join(said)} '
            f'FROM (SELECT *, row_number() OVER (ORDER BY "{table.key}") AS place_ FROM "{table.name}" '
            f'WHERE "{table.key}" = ANY(%s)) t CROSS JOIN generate_series(%s::bigint, %s::bigint) n '
            f"WHERE n = {_copy(table.name)}"
        )

    def _fresh(self, table: Table, moved: tuple[str, ...]) -> set[str]:
        """Columns to make unlike those of the template, so that each unique index holds."""
        return {
            next((name for name in index if table.columns[name].kind in ("text", "uuid")), index[0])
            for index in table.unique
            if index and not {name for name in index if name in moved and not self._is_shared(table, name)}
        }

    def _is_free_text(self, table: Table, name: str) -> bool:
        return table.columns[name].kind == "text" and name not in table.references

    def _is_shared(self, table: Table, name: str) -> bool:
        return table.references.get(name, ("", ""))[0] in TOGETHER

    def _key(self, table: Table, name: str, value: str) -> str:
        kind, copy = table.columns[name].kind, _copy(table.references.get(name, (table.name, ""))[0])
        return (
            f"md5({value}::text || ':' || {copy})::uuid"
            if kind == "uuid"
            else f"{value} + {copy} * {STRIDE[kind]}"
        )


def _copy(name: str) -> str:
    """Which copy of this table the association n has."""
    return f"(n - (n - 1) %% {TOGETHER[name]})" if name in TOGETHER else "n"


def _unlike(column: Column, value: str, sample: Any, count: int, before: int) -> str:
    """A value of the same look that no other copy has; NULL stays NULL."""
    number = f"(n * {count} + {before} + t.place_)"
    if column.kind == "uuid":
        return f"md5({value}::text || ':' || n)::uuid"
    if column.kind != "text":
        return f"(1000 + {number})::{column.kind}"
    return f"CASE WHEN {value} = '' THEN {value} ELSE {_text(column, value, str(sample or ''), number)} END"


def _text(column: Column, value: str, text: str, number: str) -> str:
    if "@" in text:
        return f"n || '.' || {value}"
    if text.isdigit():
        return f"lpad({number}::text, length({value}), '0')"
    if len(text) == 64:
        return f"md5({value} || n) || md5(n || {value})"
    letters = f"translate(lpad(to_hex({number}), {{}}, '0'), '0123456789abcdef', '{LETTERS}')"
    if 0 < len(text) <= 12:
        return letters.format(f"length({value})")
    if re.fullmatch(r"(\w{4}-){3}\w{4}", text):  # ABCD-EFGH-JKLM-NPQR
        return f"left({value}, 10) || overlay({letters.format(8)} placing '-' from 5 for 0)"
    return f"left({value}, {column.length - 12 if column.length else 200}) || '-' || n"
