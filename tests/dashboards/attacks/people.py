"""Invented associations, and the exact tables that a builder would count on them (pure: no database)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from apps.dashboards.disclosure.cells import CellKey, Exact, ExactTable
from apps.dashboards.tables import AXES, BY_KEY, SCORE_BANDS

REGIONS = ("11", "53", "76", "84", "94")
SIZES = ("sans-salarie-0-10k", "sans-salarie-10k-50k", "salaries-50k-200k", "salaries-200k-500k")
FRAGILITIES = ("F01", "F02", "F03", "F04")
PROFILES = ("a_securiser", "a_reequilibrer", "en_construction", "a_consolider", "a_deployer")
ALERTS = ("cash_critical", "cash_tight", "funder_dependency")
RESOURCES = ("cotisations", "subv_region", "dons")
NAMES = {
    "11": "Île-de-France",
    "53": "Bretagne",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "94": "Corse",
}


@dataclass(frozen=True, slots=True)
class Person:
    """One association: what the tables count of it. ``held``: it gave its report to a funder."""

    key: str
    region: str | None = "11"
    size: str = SIZES[0]
    fragilities: tuple[str, ...] = ()
    profile: str = PROFILES[0]
    scores: Mapping[str, Fraction | None] = field(
        default_factory=lambda: dict.fromkeys("ABCDE", Fraction(50))
    )
    alerts: tuple[str, ...] = ()
    amounts: Mapping[str, int] = field(default_factory=dict)
    held: bool = False


def invented(rng: random.Random, key: str, **fields: Any) -> Person:
    made = Person(
        key,
        region=rng.choices(REGIONS, (8, 6, 4, 3, 1))[0],
        size=rng.choices(SIZES, (5, 4, 2, 1))[0],
        fragilities=tuple(sorted(rng.sample(FRAGILITIES, rng.randint(0, 2)))),
        profile=rng.choices(PROFILES, (3, 3, 2, 2, 1))[0],
        scores={axis.key: Fraction(rng.randint(0, 1000), 10) for axis in AXES},  # tenths, as they are kept
        alerts=tuple(a for a in ALERTS if rng.random() < 0.3),
        amounts={key: rng.randint(500, 90_000) for key in RESOURCES},
    )
    return replace(made, **fields)


def population(seed: int, size: int) -> list[Person]:
    rng = random.Random(seed)
    return [invented(rng, f"p{place}") for place in range(size)]


def employer(person: Person) -> str:
    return "salaries-non" if person.size.startswith("sans") else "salaries-oui"


Part = Callable[[Person], Iterable[str]]
ROWS: dict[str, tuple[tuple[str, ...], Part]] = {
    "participation": (("tout",), lambda _: ("tout",)),
    "participation-region": (REGIONS, lambda p: (p.region,) if p.region else ()),
    "participation-taille": (SIZES, lambda p: (p.size,)),
    "participation-fragilite": (FRAGILITIES, lambda p: p.fragilities),
    "axes": (("tout",), lambda _: ("tout",)),
    "axes-region": (REGIONS, lambda p: (p.region,) if p.region else ()),
    "axes-taille": (SIZES, lambda p: (p.size,)),
    "axes-fragilite": (FRAGILITIES, lambda p: p.fragilities),
    "axes-profil": (PROFILES, lambda p: (p.profile,)),
    "distribution-axes": (tuple(axis.key for axis in AXES), lambda p: tuple(p.scores)),
    "profils": (PROFILES, lambda p: (p.profile,)),
    "alertes": (ALERTS, lambda p: p.alerts),
    "reperes": (("tout", "salaries-oui", "salaries-non", *SIZES), lambda p: ("tout", employer(p), p.size)),
    "ressources": (RESOURCES, lambda p: tuple(p.amounts)),
}


def band_of(score: Fraction) -> str:
    return SCORE_BANDS[min(int(score // 20), 4)].key


def contribution(table: str, row: str, column: str, person: Person) -> object | None:
    """What an association of this row brings to the cell; None when it is not in it."""
    if table.startswith("axes") or table == "reperes":
        return person.scores[column]
    if table == "distribution-axes":
        score = person.scores[row]
        return True if score is not None and band_of(score) == column else None
    return person.amounts[row] if table == "ressources" else True


Contributions = dict[CellKey, dict[str, Any]]


def contributions(table: str, people: Sequence[Person]) -> Contributions:
    """By cell, what each association in it brings."""
    found: Contributions = defaultdict(dict)
    columns = [column.key for column in BY_KEY[table].columns]
    for person in people:
        for row in ROWS[table][1](person):
            for column in columns:
                brought = contribution(table, row, column, person)
                if brought is not None:
                    found[row, column][person.key] = brought
    return found


def moved(here: Mapping[str, Any], there: Mapping[str, Any]) -> int:
    """Associations that came, left or changed what they bring to a cell."""
    return sum(here.get(key) != there.get(key) for key in here.keys() | there.keys())


def exact_tables(
    people: Sequence[Person], earlier: Mapping[str, Sequence[Person]] | None = None
) -> dict[str, ExactTable]:
    """``earlier``: by release, those counted in it."""
    return {key: exact_table(key, people, earlier or {}) for key in ROWS}


def exact_table(key: str, people: Sequence[Person], earlier: Mapping[str, Sequence[Person]]) -> ExactTable:
    rows, columns = ROWS[key][0], [column.key for column in BY_KEY[key].columns]
    held = {p.key for p in people if p.held}
    here = contributions(key, people)
    past = {name: contributions(key, there) for name, there in earlier.items()}
    cells = {}
    for cell in ((row, column) for row in rows for column in columns):
        found = here.get(cell, {})
        since = {name: moved(found, there.get(cell, {})) for name, there in past.items()}
        values = values_of(key, list(found.values()))
        cells[cell] = Exact(len(found), len(held & found.keys()), values, since)
    shared = in_two_rows(here, rows, columns) if key == "axes-fragilite" else {}
    return ExactTable(key, rows, columns, cells, bases(key, rows, people), shared)


def in_two_rows(
    here: Contributions, rows: Sequence[str], columns: Sequence[str]
) -> dict[tuple[str, str, str], int]:
    return {
        (one, other, column): len(both)
        for one, other in combinations(sorted(rows), 2)
        for column in columns
        if (both := here.get((one, column), {}).keys() & here.get((other, column), {}).keys())
    }


def values_of(key: str, found: Sequence[Any]) -> dict[str, Fraction]:
    if key.startswith("axes") and found:
        return {"mean": sum(found, Fraction()) / len(found)}
    if key == "reperes" and found:
        ordered = sorted(found)
        return {f"q{part}": ordered[(len(ordered) * part - 1) // 4] for part in (1, 2, 3)}
    if key == "ressources":
        ordered = [*sorted(found, reverse=True), 0, 0]
        return {
            "total": Fraction(sum(found)),
            "largest": Fraction(ordered[0]),
            "second": Fraction(ordered[1]),
        }
    return {}


def bases(key: str, rows: Sequence[str], people: Sequence[Person]) -> dict[str, int]:
    if key == "distribution-axes":
        return {row: sum(p.scores[row] is not None for p in people) for row in rows}
    if key.startswith("axes") or key == "reperes":
        return {row: sum(row in ROWS[key][1](p) for p in people) for row in rows}
    return dict.fromkeys(rows, len(people))
