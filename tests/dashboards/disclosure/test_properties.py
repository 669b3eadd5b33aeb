"""Monotone, idempotent, deterministic, consistent: whatever the population."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from apps.dashboards.disclosure import ExactTable, ProtectedTable, Rules, State, protect_release
from apps.dashboards.tables import BY_KEY, TABLES
from tests.dashboards.disclosure.people import as_earlier, later, some_people, tables

SIZES = st.integers(0, 260)
SEEDS = st.integers(0, 10_000)


def shown(protected: dict[str, ProtectedTable]) -> set[tuple[str, str, str]]:
    return {(key, *cell) for key, table in protected.items() for cell, p in table.cells.items() if p.is_shown}


@given(SIZES, SEEDS, st.integers(5, 30), st.integers(1, 15))
def test_a_higher_k_never_shows_more_of_who_takes_part(size: int, seed: int, k: int, more: int) -> None:
    exact = tables(some_people(size, seed))
    counts = {key: exact[key] for key in ("participation-region", "participation-taille")}
    low = protect_release(counts, [], Rules(k=k), "r")
    high = protect_release(counts, [], Rules(k=k + more), "r")
    assert shown(high) <= shown(low)


@given(SIZES, SEEDS, st.integers(5, 30))
def test_no_number_under_k_ever_leaves(size: int, seed: int, k: int) -> None:
    exact = tables(some_people(size, seed))
    for key, table in protect_release(exact, [], Rules(k=k), "r").items():
        for cell, published in table.cells.items():
            if published.is_shown:
                assert exact[key].cells[cell].n > k
                assert published.n % 5 == 0
                assert abs(published.n - exact[key].cells[cell].n) <= 2


@given(SIZES, SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(size: int, seed: int, chance: Random) -> None:
    exact = tables(some_people(size, seed))
    mixed: dict[str, ExactTable] = {}
    for key, table in exact.items():
        rows = list(table.rows)
        cells = list(table.cells.items())
        chance.shuffle(rows)
        chance.shuffle(cells)
        mixed[key] = replace(table, rows=tuple(rows), cells=dict(cells))
    one, other = protect_release(exact, [], Rules(), "r"), protect_release(mixed, [], Rules(), "r")
    assert {k: dict(t.cells) for k, t in one.items()} == {k: dict(t.cells) for k, t in other.items()}


@given(SIZES, SEEDS)
def test_protecting_twice_gives_the_same(size: int, seed: int) -> None:
    people = some_people(size, seed)
    exact = tables(people)
    first = protect_release(exact, [], Rules(), "r1")
    assert protect_release(exact, [], Rules(), "r1") == first
    # And publishing again what is already out gives the same values, dated of the first time.
    again = protect_release(tables(people, [("r1", people)]), [as_earlier("r1", exact, first)], Rules(), "r2")
    assert {k: t.cells for k, t in again.items()} == {k: t.cells for k, t in first.items()}


@given(st.integers(20, 200), SEEDS, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_whatever_moved_a_value_is_new_or_exactly_an_old_one(
    size: int, seed: int, leave: int, join: int, again: int
) -> None:
    people = some_people(size, seed)
    exact = tables(people)
    first = protect_release(exact, [], Rules(), "r1")
    now = tables(later(people, leave, join, again, seed), [("r1", people)])
    second = protect_release(now, [as_earlier("r1", exact, first)], Rules(), "r2")
    for key, table in second.items():
        for cell, published in table.cells.items():
            if published.is_shown and published.since == "r1":
                old = first[key].cells[cell]
                assert (published.n, published.values.get("mean")) == (old.n, old.values.get("mean"))
            elif published.is_shown:
                assert now[key].cells[cell].moved["r1"] > 11 or not first[key].cells[cell].is_shown


@given(SIZES, SEEDS)
def test_every_hidden_cell_has_a_reason_and_no_other_has(size: int, seed: int) -> None:
    for table in protect_release(tables(some_people(size, seed)), [], Rules(), "r").values():
        assert set(table.reasons) == {key for key, cell in table.cells.items() if cell.state is State.HIDDEN}


def test_the_list_of_tables_crosses_nothing() -> None:
    assert len(BY_KEY) == len(TABLES)
    assert all(table.columns for table in TABLES)
    assert not [t.key for t in TABLES if t.key.count("-") > 1]
