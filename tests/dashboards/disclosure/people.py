"""A made-up population, counted by plain Python: what the SQL of the builder counts, for tests of the pure rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from apps.dashboards.disclosure import EarlierRelease, Exact, ExactTable, ProtectedTable

REGIONS = ("11", "24", "53", "94")
SIZES = ("petite", "moyenne", "grande")
PROFILES = ("a_securiser", "a_reequilibrer", "a_consolider")
AXES = "ABCDE"


@dataclass(frozen=True)
class Association:
    name: int
    answers: int  # its campaign: another one is another contribution
    region: str
    size: str
    profile: str
    scores: tuple[int, ...]
    told: bool = False  # gave its report to a funder


def someone(name: int, chance: Random, answers: int = 0) -> Association:
    return Association(
        name,
        answers,
        chance.choices(REGIONS, (60, 25, 12, 3))[0],
        chance.choices(SIZES, (50, 35, 15))[0],
        chance.choices(PROFILES, (20, 45, 35))[0],
        tuple(chance.randint(5, 95) for _ in AXES),
    )


Population = Sequence[Association]
Where = Callable[[Association], str]
SPLITS: dict[str, tuple[Where, tuple[str, ...]]] = {
    "region": (lambda a: a.region, REGIONS),
    "taille": (lambda a: a.size, SIZES),
    "profil": (lambda a: a.profile, PROFILES),
}


def cell(
    members: Iterable[Association],
    earlier: Sequence[tuple[str, list[Association]]],
    mean: Callable[[Association], int] | None = None,
) -> Exact:
    """``earlier``: by release, those who were in this cell."""
    inside = list(members)
    values = {"mean": Fraction(sum(map(mean, inside)), len(inside))} if mean and inside else {}
    return Exact(
        len(inside), sum(a.told for a in inside), values, {r: moved(inside, then) for r, then in earlier}
    )


def moved(now: Iterable[Association], then: Iterable[Association]) -> int:
    here, there = {(a.name, a.answers) for a in now}, {(a.name, a.answers) for a in then}
    return len({name for name, _ in here ^ there})


Past = Sequence[tuple[str, Population]]


def everybody(population: Population, past: Past) -> ExactTable:
    return ExactTable(
        "participation",
        ("tout",),
        ("n",),
        {("tout", "n"): cell(population, [(r, list(p)) for r, p in past])},
        {"tout": len(population)},
    )


def counted(key: str, by: str, population: Population, past: Past) -> ExactTable:
    where, rows = SPLITS[by]
    cells = {
        (row, "n"): cell(
            [a for a in population if where(a) == row],
            [(r, [a for a in p if where(a) == row]) for r, p in past],
        )
        for row in rows
    }
    return ExactTable(key, rows, ("n",), cells, dict.fromkeys(rows, len(population)))


def means(key: str, by: str, population: Population, past: Past) -> ExactTable:
    where, rows = SPLITS[by]
    cells = {}
    for row in rows:
        inside = [a for a in population if where(a) == row]
        before = [(r, [a for a in p if where(a) == row]) for r, p in past]
        for rank, axis in enumerate(AXES):
            cells[row, axis] = cell(inside, before, lambda a, rank=rank: a.scores[rank])
    bases = {row: sum(where(a) == row for a in population) for row in rows}
    return ExactTable(key, rows, tuple(AXES), cells, bases)


def tables(population: Population, past: Past = ()) -> dict[str, ExactTable]:
    return {
        "participation": everybody(population, past),
        "participation-region": counted("participation-region", "region", population, past),
        "participation-taille": counted("participation-taille", "taille", population, past),
        "axes-region": means("axes-region", "region", population, past),
        "axes-taille": means("axes-taille", "taille", population, past),
        "axes-profil": means("axes-profil", "profil", population, past),
        "profils": counted("profils", "profil", population, past),
    }


def as_earlier(
    release: str,
    exact: dict[str, ExactTable],
    protected: dict[str, ProtectedTable],
    same_scope: bool = True,
) -> EarlierRelease:
    return EarlierRelease(
        release,
        same_scope,
        {key: table.cells for key, table in protected.items()},
        {key: table.cells for key, table in exact.items()},
    )


def some_people(size: int, seed: int) -> list[Association]:
    chance = Random(seed)
    return [someone(name, chance) for name in range(size)]


def later(population: Population, leave: int, join: int, again: int, seed: int) -> list[Association]:
    """The same, a quarter after: some left, some came, some answered again."""
    chance = Random(seed)
    kept = list(population)
    chance.shuffle(kept)
    kept = kept[leave:]
    renewed = [
        replace(a, answers=a.answers + 1, scores=tuple(chance.randint(5, 95) for _ in AXES))
        for a in kept[:again]
    ]
    first = max((a.name for a in population), default=0) + 1
    return renewed + kept[again:] + [someone(first + n, chance) for n in range(join)]
