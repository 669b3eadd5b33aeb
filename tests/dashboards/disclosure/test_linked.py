"""Two tables of the same population compared with each other (attack A3)."""

from __future__ import annotations

from fractions import Fraction

from apps.dashboards.disclosure import Exact, ExactTable, Rules, protect_release

RULES = Rules()


def means(key: str, sizes: dict[str, int]) -> ExactTable:
    cells = {(row, "A"): Exact(n, values={"mean": Fraction(50)}) for row, n in sizes.items()}
    return ExactTable(key, tuple(sizes), ("A",), cells, dict(sizes))


def shown(key: str, regions: dict[str, int], sizes: dict[str, int]) -> set[str]:
    tables = {"axes-region": means("axes-region", regions), "axes-taille": means("axes-taille", sizes)}
    protected = protect_release(tables, [], RULES, "r")[key]
    return {row for (row, _), cell in protected.cells.items() if cell.is_shown}


def test_a_small_programme_does_not_tell_by_its_sizes_what_its_regions_hide() -> None:
    """40 associations, 13 hidden on one side and 20 on the other: seven would be the difference."""
    regions, sizes = {"a": 27, "b": 7, "c": 6}, {"x": 20, "y": 10, "z": 10}
    assert shown("axes-region", regions, {"x": 40}) == {"a"}  # by itself
    assert shown("axes-region", regions, sizes) != {"a"} or shown("axes-taille", regions, sizes) != {"x"}


def test_a_large_population_leaves_too_much_room_to_tell_anything() -> None:
    """Half a point for each of 800: seven people's scores are lost in it."""
    regions, sizes = {"a": 380, "b": 7, "c": 6}, {"x": 373, "y": 10, "z": 10}
    assert shown("axes-region", regions, sizes) == {"a"}
    assert shown("axes-taille", regions, sizes) == {"x"}
