"""A full, believable protected release: hidden, zero, missing and repeated cells. No database for the tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from apps.dashboards.models import Programme, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import AXES, BY_KEY, INDICATOR_BANDS, TABLES, Kind, Rows, Table
from tests.dashboards import world

CONTENT = Path(__file__).resolve().parents[2] / "fixtures" / "content"
PROFILES = ("a_securiser", "a_reequilibrer", "en_construction", "a_consolider", "a_deployer")
PROFILE_NAMES = ("À sécuriser", "À rééquilibrer", "En construction", "À consolider", "À déployer")
ALERTS = {
    "cash_critical": "Moins d’un mois de trésorerie",
    "cash_tight": "Moins de trois mois de trésorerie",
    "negative_equity": "Fonds propres négatifs",
    "repeated_losses": "Pertes répétées",
    "funder_dependency": "Un seul financeur porte plus de la moitié",
    "board_not_renewed": "Une gouvernance sans relève",
}
RESOURCES = {
    "cotisations": "Cotisations",
    "ventes": "Ventes",
    "commande_publique": "Commande publique",
    "subv_etat": "Subventions de l’État",
    "subv_region": "Subventions de la région",
    "subv_departement": "Subventions du département",
    "subv_bloc_communal": "Subventions de la commune et de l’intercommunalité",
    "subv_europe": "Subventions européennes",
    "dons": "Dons",
    "mecenat": "Mécénat",
    "fondations": "Fondations",
    "financiers": "Produits financiers",
}
BANDS = (
    (0, 100_000, "moins de 100 000 €"),
    (500_000, 1_000_000, "de 500 000 € à 1 M€"),
    (1_000_000, 2_000_000, "de 1 à 2 M€"),
    (5_000_000, 10_000_000, "de 5 à 10 M€"),
)
COHORTS = {"tout": "Toutes", "salaries-oui": "Avec salariés", "salaries-non": "Sans salarié"}
MEANS = {"A": 63, "B": 42, "C": 45, "D": 52, "E": 44}


@lru_cache(maxsize=32)
def content(name: str) -> Any:
    return yaml.safe_load((CONTENT / name).read_text())


def rows_of(table: Table) -> list[tuple[str, str]]:
    """(key, label), in the order of the list."""
    catalogue = {
        Rows.REGIONS: lambda: [
            (r["code"], r["name"]) for r in content("catalogue/territories.yaml")["regions"]
        ],
        Rows.SIZES: lambda: [
            (r["code"], r["label"]) for r in content("catalogue/size_classes.yaml")["size_classes"]
        ],
        Rows.FRAGILITIES: lambda: [
            (r["code"], r["name"]) for r in content("catalogue/fragilities.yaml")["fragilities"]
        ],
        Rows.PROFILES: lambda: list(zip(PROFILES, PROFILE_NAMES, strict=True)),
        Rows.AXES: lambda: [(axis.key, axis.label) for axis in AXES],
        Rows.STATEMENTS: statements,
        Rows.ALERTS: lambda: list(ALERTS.items()),
        Rows.INDICATORS: lambda: [(key, name) for key, (name, _, _) in INDICATOR_BANDS.items()],
        Rows.RESOURCES: lambda: list(RESOURCES.items()),
        Rows.PARTNERSHIPS: lambda: [
            (r["code"], r["name"]) for r in content("catalogue/partnership_types.yaml")["types"]
        ],
        Rows.BALANCES: lambda: [(key, key) for key in balances()],
        Rows.COURSE_STEPS: lambda: [(f"etape-{n}", f"Étape {n}") for n in range(1, 8)],
        Rows.METHOD_STEPS: lambda: [(str(n), f"Étape {n}") for n in range(1, 9)],
        Rows.COHORTS: lambda: [*COHORTS.items(), *rows_of(BY_KEY["participation-taille"])],
        Rows.EVERYBODY: lambda: [("tout", "Toutes les associations")],
    }
    return catalogue[table.rows]()


def statements() -> list[tuple[str, str]]:
    return [(one["code"], one["topic"]) for one in content("instrument/mse-1.yaml")["statements"]]


def balances() -> list[str]:
    return [f"{h}-{f}-{s - h - f}" for s in (4, 3) for h in range(s, -1, -1) for f in range(s - h, -1, -1)]


def count(random: Random, hidden: float = 0.2, most: int = 60) -> dict[str, Any]:
    if random.random() < hidden:
        return {"state": "hidden"}
    return {"state": "shown", "n": 5 * random.randint(2, most // 5)}


def cells_of(table: Table, row: str, random: Random, shift: int, since: str) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    if table.kind is Kind.MEANS:
        n = 310 if row == "tout" else 5 * random.randint(3, 12)
        if row != "tout" and random.random() < 0.25:
            return {key: {"state": "hidden"} for key in keys}
        found = {
            key: {
                "state": "shown",
                "n": n,
                "mean": MEANS[key] + shift + (0 if row == "tout" else random.randint(-8, 8)),
            }
            for key in keys
        }
    elif table.kind is Kind.DISTRIBUTION:
        found = {key: count(random, 0.12, 130) for key in keys}
        total = sum(cell.get("n", 0) for cell in found.values())
        if all(cell["state"] == "shown" for cell in found.values()):
            found = {key: cell | {"share": round(100 * cell["n"] / total)} for key, cell in found.items()}
    elif table.kind is Kind.CHANGE:
        found = {
            "before": {"state": "shown", "n": 120, "mean": MEANS[row] - random.choice((0, 3, 4))},
            "now": {"state": "shown", "n": 120, "mean": MEANS[row]},
        }
    elif table.kind is Kind.AMOUNTS:
        low, high, band = random.choice(BANDS)
        found = {
            "total": {"state": "shown", "n": 150, "low": low, "high": high, "band": band}
            if random.random() > 0.2
            else {"state": "hidden"}
        }
    elif table.kind is Kind.QUARTILES:
        found = {key: {"state": "shown", "n": 60, "q1": 30, "q2": 45, "q3": 60} for key in keys}
    else:
        found = {"n": count(random, 0.75 if table.key == "equilibre" else 0.2)}
        if table.tells_answers and found["n"]["state"] == "shown" and table.key != "equilibre":
            found["n"]["share"] = round(100 * found["n"]["n"] / 310)
    if since and found[keys[-1]]["state"] == "shown" and random.random() < 0.08:
        found[keys[-1]]["since"] = since
    return found


SET: dict[tuple[str, str], dict[str, Any]] = {
    ("participation-region", "94"): {"state": "hidden"},
    ("participation-region", "24"): {"state": "hidden"},
    ("participation-region", "01"): {"state": "hidden"},
    ("participation-region", "02"): {"state": "zero", "n": 0},
    ("participation-region", "03"): {"state": "missing"},
    ("participation-region", "06"): {"state": "missing"},
    ("participation-region", "11"): {"state": "shown", "n": 75},
    ("participation", "tout"): {"state": "shown", "n": 310},
}


def protected(key: str, *, seed: int = 7, shift: int = 0, since: str = "") -> dict[str, Any]:
    table, random = BY_KEY[key], Random(f"{key}-{seed}")
    rows = []
    for row, label in rows_of(table):
        cells = cells_of(table, row, random, shift, since)
        if (key, row) in SET:
            cells = {"n": SET[key, row]}
        one: dict[str, Any] = {"key": row, "label": label, "cells": cells}
        if table.rows is Rows.INDICATORS:
            one["labels"] = dict(zip((c.key for c in table.columns), INDICATOR_BANDS[row][2], strict=True))
        rows.append(one)
    return {
        "key": key,
        "title": table.title,
        "says": table.says,
        "kind": str(table.kind),
        "columns": [{"key": column.key, "label": column.label} for column in table.columns],
        "rows": rows,
        "total": {"n": sum(visible(rows))} if table.splits and table.kind is Kind.COUNT else None,
        "hidden": sum(cell["state"] == "hidden" for row in rows for cell in row["cells"].values()),
    }


def visible(rows: Iterable[dict[str, Any]]) -> Iterable[int]:
    return (cell.get("n", 0) for row in rows for cell in row["cells"].values())


def full(
    of: Programme | None = None,
    quarter: Quarter | None = None,
    *,
    shift: int = 0,
    since: str = "",
    **fields: Any,
) -> Release:
    """Published, every table filled."""
    when = quarter or Quarter(2026, 3)
    values = {"headline": "Les ressources progressent, les alliances attendent.", "size": 310} | fields
    made = world.release(of, quarter=when, **values)
    for table in made.tables.all():
        table.protected = protected(table.key, shift=shift, since=since)
        if table.key == "axes" and when < Quarter(2026, 1):
            table.protected["rows"][0]["cells"]["D"] = {"state": "missing"}
            table.protected["rows"][0]["cells"]["E"] = {"state": "hidden"}
        table.save()
    return made


def five_quarters(of: Programme | None = None) -> list[Release]:
    """The oldest first."""
    quarters = (Quarter(2025, 3), Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3))
    return [
        full(of, when, shift=rank - 4, since=when.before.slug if rank else "")
        for rank, when in enumerate(quarters)
    ]


__all__ = ["TABLES", "five_quarters", "full", "protected"]
