"""No text that a person types is a formula in a file that another opens."""

from __future__ import annotations

from itertools import repeat

import pytest

from tests.walkers.cells import POISONS, cells, is_dangerous
from tests.walkers.scanning import users_of
from tests.walkers.writers import COMPUTED, NO_TABLE, TYPED, WRITERS, simulated, simulated_with_poisons

# The rest of the libraries that write what a spreadsheet opens would be seen in requirements.lock first.
LIBRARIES = (
    "csv",
    "openpyxl",
    "odswriter",
    "odfdo",
    "zipfile",
    "pandas",
    "xlsxwriter",
    "tablib",
    "ezodf",
    "pyexcel",
)


def test_every_module_that_writes_tables_is_walked() -> None:
    assert users_of(LIBRARIES, "apps", "trajectoires") == {*WRITERS, *NO_TABLE}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({one.__name__ for one in WRITERS.values()}))
def test_no_cell_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {module: one for module, one in WRITERS.items() if one.__name__ == name}
    kept = {TYPED[module] for module in modules if module in TYPED}
    for extension, content in next(iter(modules.values()))(monkeypatch):
        found = cells(extension, content)
        if not set(modules) & set(COMPUTED):
            assert not [text for is_formula, text in found if is_formula], f"a formula in {extension}"
        texts = [text for is_formula, text in found if not is_formula]
        if extension not in kept:
            assert not [text for text in texts if is_dangerous(text)], extension
        tried = [text for text in texts if is_dangerous(text.removeprefix("'"))]
        assert len(tried) >= len(POISONS), f"few of the poisons came into {extension}: {tried}"


def test_the_workbook_of_a_simulation_has_its_own_formulas_and_no_other() -> None:
    clean, touched = (
        [(x, [is_formula for is_formula, _ in cells(x, content)]) for x, content in made]
        for made in (simulated(repeat("a")), simulated_with_poisons())
    )
    assert all(any(flags) for _, flags in clean)
    assert clean == touched


@pytest.mark.parametrize("word", POISONS, ids=ascii)
def test_the_walker_knows_a_poison(word: str) -> None:
    assert is_dangerous(word + "mot")
    assert not is_dangerous(f"'{word}")


def test_the_walker_lets_words_and_numbers_be() -> None:
    for text in ("", "Une halte", "-4", "12,5", "– un tiret", "1+1", "a=b"):
        assert not is_dangerous(text), text
