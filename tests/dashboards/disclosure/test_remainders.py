"""What the attacks found, each as the smallest population that shows it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from apps.dashboards.disclosure import (
    EarlierRelease,
    Exact,
    ExactTable,
    Rules,
    leaves_few_together,
    protect_release,
    refused,
)
from tests.dashboards.disclosure.people import as_earlier

RULES = Rules()


def mean(n: int, **moved: int) -> Exact:
    return Exact(n, values={"mean": Fraction(50)}, moved=moved)


def table(key: str, column: str, cells: dict[str, Exact]) -> ExactTable:
    found = {(row, column): cell for row, cell in cells.items()}
    return ExactTable(key, tuple(cells), (column,), found, {row: cell.n for row, cell in cells.items()})


def shown(
    tables: dict[str, ExactTable], key: str, earlier: list[EarlierRelease] | None = None, release: str = "r"
) -> dict[str, str]:
    """Row → release whose value is shown."""
    protected = protect_release(tables, earlier or [], RULES, release)[key]
    return {row: cell.since for (row, _), cell in protected.cells.items() if cell.is_shown}


@pytest.mark.parametrize(("nowhere", "visible"), [(0, {"a", "b"}), (7, {"a"}), (12, {"a", "b"})])
def test_those_without_a_region_are_a_group_as_well(nowhere: int, visible: set[str]) -> None:
    """The whole less every région is them: one région waits, unless they are nobody, or enough."""
    cells = {"a": mean(400), "b": mean(300)}
    tables = {
        "axes": table("axes", "A", {"tout": mean(700 + nowhere)}),
        "axes-region": table("axes-region", "A", cells),
    }
    assert set(shown(tables, "axes-region")) == visible


@pytest.mark.parametrize(("rest", "is_shown"), [(0, True), (3, False), (11, False), (12, True)])
def test_nearly_everybody_is_not_shown_beside_everybody(rest: int, is_shown: bool) -> None:
    tables = {
        "axes": table("axes", "A", {"tout": mean(45 + rest)}),
        "axes-fragilite": table("axes-fragilite", "A", {"F01": mean(45)}),
    }
    assert bool(shown(tables, "axes-fragilite")) is is_shown


def test_a_population_so_large_that_its_rounding_covers_the_rest_shows_it() -> None:
    tables = {
        "axes": table("axes", "A", {"tout": mean(403)}),
        "axes-fragilite": table("axes-fragilite", "A", {"F01": mean(400)}),
    }
    assert shown(tables, "axes-fragilite")


def test_before_and_now_go_together() -> None:
    change = ExactTable(
        "evolution", ("A",), ("before", "now"), {("A", c): mean(45) for c in ("before", "now")}, {"A": 45}
    )
    tables = {"axes": table("axes", "A", {"tout": mean(48)}), "evolution": change}
    assert shown(tables, "evolution") == {}


def test_what_the_whole_gained_less_what_a_cell_gained_is_a_group() -> None:
    """Everything is known at both ends but one cell that waits with five movers: the other one waits too."""
    first = {"a": mean(60), "b": mean(50)}
    old = {"axes": table("axes", "A", {"tout": mean(110)}), "axes-region": table("axes-region", "A", first)}
    past = as_earlier("r1", old, protect_release(old, [], RULES, "r1"))
    now = {"a": mean(80, r1=20), "b": mean(55, r1=5)}
    tables = {
        "axes": table("axes", "A", {"tout": mean(135, r1=25)}),
        "axes-region": table("axes-region", "A", now),
    }
    assert shown(tables, "axes-region", [past], "r2") == {"a": "r1", "b": "r1"}


def test_hidden_movers_who_cancel_at_both_ends_still_count() -> None:
    """A cell hidden because its mean is near an end hides each quarter, not what it gained between two of them."""
    first = {"a": mean(60), "b": mean(50), "c": Exact(20, values={"mean": Fraction(1)})}
    old = {"axes": table("axes", "A", {"tout": mean(130)}), "axes-region": table("axes-region", "A", first)}
    past = as_earlier("r1", old, protect_release(old, [], RULES, "r1"))
    now = {"a": mean(80, r1=20), "b": mean(70, r1=20), "c": Exact(23, 0, first["c"].values, {"r1": 3})}
    tables = {
        "axes": table("axes", "A", {"tout": mean(173, r1=43)}),
        "axes-region": table("axes-region", "A", now),
    }
    found = shown(tables, "axes-region", [past], "r2")
    assert "r1" in found.values(), "one of the two waits, so that what remains is more than the three"
    assert set(found) == {"a", "b"}


def sets(**counts: int) -> Counter[frozenset[str]]:
    return Counter({frozenset(scopes.split("_")): n for scopes, n in counts.items()})


def test_two_programmes_that_share_out_the_country_are_not_published_beside_it() -> None:
    counts = sets(france_north=30, france_south=29, france=3)
    assert leaves_few_together(counts, "france", RULES)
    assert leaves_few_together(counts, "south", RULES)
    assert not leaves_few_together(sets(france_north=30, france_south=29, france=12), "south", RULES)
    assert not leaves_few_together(sets(france_north=30, france_south=29), "south", RULES)
    assert refused(62, {}, RULES, together=True)


def test_an_association_of_two_programmes_does_not_cancel() -> None:
    """France less north less south: the three in both are counted once too often."""
    assert leaves_few_together(sets(france_north=30, france_south=29, france_north_south=3), "south", RULES)
    assert not leaves_few_together(
        sets(france_north=30, france_south=29, france_north_south=12), "south", RULES
    )


def test_three_programmes_together() -> None:
    counts = sets(france_one=40, france_two=40, france_three=40, france=5)
    assert leaves_few_together(counts, "three", RULES)
