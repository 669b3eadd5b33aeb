"""The files the tests, the demo and the benchmark are made of, and the measure of ``make bench``."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bench import fec as bench
from tests.support import fec


def test_same_seed_same_file() -> None:
    assert fec.build(500, seed=4) == fec.build(500, seed=4)
    assert fec.build(500, seed=4) != fec.build(500, seed=5)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 50, 301, 2_000])
def test_any_number_of_lines_all_balanced(count: int) -> None:
    made = list(fec.lines(count))
    assert len(made) == count
    gaps: dict[tuple[str, str], int] = {}
    for one in made:
        gaps[one.journal, one.number] = gaps.get((one.journal, one.number), 0) + one.debit - one.credit
    assert not any(gaps.values())
    assert [one.day for one in made] == sorted(one.day for one in made)


@pytest.mark.parametrize("count", [2_000, 20_000])
def test_an_association_of_about_one_million_two_hundred_thousand_euros(count: int) -> None:
    made = fec.expected(fec.lines(count, starts_on=date(2024, 9, 1)))
    income = sum(credit - debit for number, (_, _, debit, credit) in made.items() if number[0] == "7")
    costs = sum(debit - credit for number, (_, _, debit, credit) in made.items() if number[0] == "6")
    cash = sum(
        opening + debit - credit for number, (_, opening, debit, credit) in made.items() if number[0] == "5"
    )
    assert 1_150_000_00 < income < 1_250_000_00
    assert 1_050_000_00 < costs < 1_250_000_00
    assert 0 < cash < 400_000_00


def test_the_bench_measures_and_tells() -> None:
    measured = bench.measure(2_000, 1)
    assert 0 < measured.memory < bench.MOST_MEMORY
    told = "\n".join(bench.told(measured))
    assert "rapport" in told
    assert f"mémoire {measured.memory} Mo" in told
    slow = bench.Measure(lines=1, megabytes=1, ours=(3.1,), bare=(1.0,), memory=301)
    assert "> 3" in bench.told(slow)[1]
    assert "> 300" in bench.told(slow)[2]
