"""Publications, pure: as the platform protects them, and naive twins that forget one rule or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from apps.dashboards.audit.seen import Case, Precision, Seen, Truth
from apps.dashboards.disclosure.cells import Exact, ExactTable, Published, State
from apps.dashboards.disclosure.past import EarlierRelease
from apps.dashboards.disclosure.protect import protect_release
from apps.dashboards.disclosure.rules import Rules
from apps.dashboards.tables import BY_KEY, Kind
from tests.dashboards.attacks.people import NAMES, Person, exact_tables

K = 11


@dataclass
class World:
    """Releases published one after the other; ``naive`` picks who publishes."""

    naive: bool
    rules: Rules = field(default_factory=Rules)
    seen: list[Seen] = field(default_factory=list)
    people: dict[str, Sequence[Person]] = field(default_factory=dict)
    exact: dict[str, Mapping[str, ExactTable]] = field(default_factory=dict)
    protected: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def publish(self, people: Sequence[Person], scope: str = "") -> Seen:
        key = f"r{len(self.seen)}"
        exact = exact_tables(people, self.people)
        made = self._naive(key, scope, exact) if self.naive else self._protected(key, scope, exact)
        self.seen.append(made)
        self.people[key], self.exact[key] = people, exact
        return made

    def _naive(self, key: str, scope: str, exact: Mapping[str, ExactTable]) -> Seen:
        tables = {name: naive_json(table) for name, table in exact.items()}
        return Seen(key, scope, quarter(len(self.seen)), tables, {}, Precision(1, Fraction(1, 2)))

    def _protected(self, key: str, scope: str, exact: Mapping[str, ExactTable]) -> Seen:
        earlier = [
            EarlierRelease(
                other.key,
                other.scope == scope,
                {name: table.cells for name, table in self.protected[other.key].items()},
                {name: table.cells for name, table in self.exact[other.key].items()},
            )
            for other in reversed(self.seen)
        ]
        self.protected[key] = protect_release(exact, earlier, self.rules, key)
        tables = {name: as_json(name, table.rows, table.cells) for name, table in self.protected[key].items()}
        since = {
            name: {f"{row}/{column}": cell.since for (row, column), cell in table.cells.items() if cell.since}
            for name, table in self.protected[key].items()
        }
        return Seen(key, scope, quarter(len(self.seen)), tables, since, Precision(5, least=K + 1))

    def case(self) -> Case:
        """The last one published, among all the others."""
        truths = {
            key: Truth(
                {name: table.cells for name, table in tables.items()},
                {name: table.bases for name, table in tables.items()},
                {name: table.rows for name, table in tables.items()},
                frozenset(f"{p.key}:{hash(tuple(p.scores.items()))}" for p in self.people[key]),
                shared={name: table.shared for name, table in tables.items()},
            )
            for key, tables in self.exact.items()
        }
        return Case(self.seen[-1], list(reversed(self.seen[:-1])), truths, k=K)


def quarter(place: int) -> str:
    return f"{2025 + place // 4}-t{place % 4 + 1}"


def as_json(key: str, rows: Sequence[str], cells: Mapping[tuple[str, str], Published]) -> dict[str, Any]:
    """The protected JSON of the contract."""
    about = BY_KEY[key]
    made = [
        {
            "key": row,
            "label": NAMES.get(row, row),
            "cells": {column.key: cells[row, column.key].as_json() for column in about.columns},
        }
        for row in rows
    ]
    numbers = [cell.n for cell in cells.values()]
    return {
        "key": key,
        "title": about.title,
        "says": about.says,
        "kind": str(about.kind),
        "columns": [{"key": column.key, "label": column.label} for column in about.columns],
        "rows": made,
        "total": {"n": sum(numbers)} if about.splits and len(about.columns) == 1 else None,
        "hidden": sum(cell.state is State.HIDDEN for cell in cells.values()),
    }


def naive_json(table: ExactTable) -> dict[str, Any]:
    """Hides what is under eleven and nothing else: no rounding, exact totals, no memory of earlier releases."""
    about = BY_KEY[table.key]
    cells = {key: naive_cell(about.kind, exact) for key, exact in table.cells.items()}
    made = as_json(table.key, table.rows, cells)
    if made["total"] is not None:
        made["total"] = {"n": sum(exact.n for exact in table.cells.values())}
    return made


def naive_cell(kind: Kind, exact: Exact) -> Published:
    if exact.n == 0:
        return Published(State.ZERO)
    if exact.n < K:
        return Published(State.HIDDEN)
    values: dict[str, int] = {}
    if "mean" in exact.values:
        values = {"mean": round(exact.values["mean"])}
    elif "total" in exact.values:
        values = {"low": int(exact.values["total"]), "high": int(exact.values["total"]) + 1}
    return Published(State.SHOWN, exact.n, values)
