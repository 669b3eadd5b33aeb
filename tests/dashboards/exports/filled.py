"""A release with numbers in it, made without any protection code: every kind of cell, in every table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from apps.dashboards.models import Programme, Release
from apps.dashboards.tables import INDICATOR_BANDS, TABLES, Kind, Rows, Table
from tests.dashboards.world import release

FORMULA = "=HYPERLINK(1)"
ROWS: dict[Rows, list[tuple[str, str]]] = {
    Rows.REGIONS: [
        ("53", "Bretagne"),
        ("94", "Corse"),
        ("11", "Île-de-France"),
        ("75", "Nouvelle-Aquitaine"),
        ("06", "Mayotte"),
    ],
    Rows.SIZES: [("t1", "Moins de 50 000 €"), ("t2", "De 50 000 à 200 000 €"), ("t3", "Plus de 200 000 €")],
    Rows.FRAGILITIES: [(f"F{rank:02d}", f"Domaine {rank}") for rank in range(1, 17)],
    Rows.PROFILES: [("a_securiser", "À sécuriser"), ("a_deployer", "À déployer"), ("x", FORMULA)],
    Rows.AXES: [
        ("A", "Richesses humaines"),
        ("B", "Ressources financières"),
        ("C", "Alliances stratégiques"),
        ("D", "Ancrage"),
        ("E", "Trajectoire"),
    ],
    Rows.STATEMENTS: [
        (f"{axis}{rank}", f"Un énoncé de l’axe {axis}, le numéro {rank}, assez long pour passer à la ligne")
        for axis in "ABCDE"
        for rank in range(1, 6)
    ],
    Rows.ALERTS: [("cash_critical", "Trésorerie critique"), ("cash_tight", "Trésorerie tendue")],
    Rows.INDICATORS: [(key, name) for key, (name, _, _) in INDICATOR_BANDS.items()],
    Rows.RESOURCES: [("subsidies", "Subventions publiques"), ("gifts", "Dons"), ("sales", "Ventes")],
    Rows.PARTNERSHIPS: [("mecenat", "Mécénat"), ("pratique", "Coopération de pratique")],
    Rows.BALANCES: [("2-1-1", "2-1-1"), ("1-1-2", "1-1-2"), ("4-0-0", "4-0-0")],
    Rows.COURSE_STEPS: [(f"etape-{rank}", f"Étape {rank}") for rank in range(1, 8)],
    Rows.METHOD_STEPS: [(str(rank), f"Étape {rank}") for rank in range(1, 9)],
    Rows.COHORTS: [("tout", "Toutes"), ("salaries-oui", "Avec des salariés")],
    Rows.EVERYBODY: [("tout", "Toutes")],
}


def filled(of: Programme | None = None, seed: int = 0, **fields: Any) -> Release:
    """``seed``: other numbers."""
    made = release(of, **fields)
    numbers = count(seed)
    for stored in made.tables.all():
        table = next(one for one in TABLES if one.key == stored.key)
        stored.protected = protected(table, numbers)
        stored.save()
    return made


def protected(table: Table, numbers: Iterator[int]) -> dict[str, Any]:
    rows = [row(table, key, label, numbers) for key, label in ROWS[table.rows]]
    cells = [cell for one in rows for cell in one["cells"].values()]
    adds = table.splits and len(table.columns) == 1
    return {
        "key": table.key,
        "title": table.title,
        "says": table.says,
        "kind": str(table.kind),
        "columns": [{"key": one.key, "label": one.label} for one in table.columns],
        "rows": rows,
        "total": {"n": sum(cell.get("n", 0) for cell in cells)} if adds else None,
        "hidden": sum(cell["state"] == "hidden" for cell in cells),
    }


def row(table: Table, key: str, label: str, numbers: Iterator[int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "key": key,
        "label": label,
        "cells": {column.key: cell(table.kind, next(numbers)) for column in table.columns},
    }
    if table.rows == Rows.INDICATORS:
        names = INDICATOR_BANDS[key][2]
        made["labels"] = {column.key: name for column, name in zip(table.columns, names, strict=True)}
    return made


def cell(kind: Kind, rank: int) -> dict[str, Any]:
    """Of ten: one hidden, one zero, one missing, one that repeats an earlier release."""
    if rank % 10 == 3:
        return {"state": "hidden"}
    if rank % 10 == 5:
        return {"state": "zero", "n": 0}
    if rank % 10 == 7:
        return {"state": "missing"}
    made = {"state": "shown", "n": 15 + 5 * (rank % 30), **values(kind, rank)}
    return {**made, "since": "2026-t2"} if rank % 10 == 9 else made


def values(kind: Kind, rank: int) -> dict[str, Any]:
    if kind in (Kind.MEANS, Kind.CHANGE):
        return {"mean": rank * 7 % 101}
    if kind is Kind.AMOUNTS:
        return {"low": 1_000_000, "high": 2_000_000, "band": "de 1 à 2 M€"}
    if kind is Kind.QUARTILES:
        return {"q1": 30, "q2": 45, "q3": 65}
    return {"share": rank * 3 % 101}
