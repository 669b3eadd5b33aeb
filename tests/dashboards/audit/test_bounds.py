"""Feasible intervals against brute force."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from apps.dashboards.audit.bounds import Equation, Interval, minus, plus, sum_of, tighten


def whole(low: int, high: int) -> Interval:
    return Fraction(low), Fraction(high)


def test_one_unknown_of_a_sum_is_what_is_left() -> None:
    assert tighten({"a": whole(0, 99)}, [sum_of(["a"], *whole(3, 3))])["a"] == whole(3, 3)


def test_two_unknowns_share_what_is_left() -> None:
    found = tighten({"a": whole(0, 99), "b": whole(0, 99)}, [sum_of(["a", "b"], *whole(4, 6))])
    assert found == {"a": whole(0, 6), "b": whole(0, 6)}


def test_a_second_equation_narrows_the_first() -> None:
    start = {name: whole(0, 20) for name in "abc"}
    equations = [sum_of(["a", "b"], *whole(10, 10)), sum_of(["b", "c"], *whole(3, 3))]
    assert tighten(start, equations)["a"] == whole(7, 10)


def test_a_contradiction_leaves_the_bounds_as_they_are() -> None:
    assert tighten({"a": whole(5, 9)}, [sum_of(["a"], *whole(1, 2))])["a"] == whole(5, 9)


@pytest.mark.parametrize("seed", range(30))
def test_bounds_hold_every_solution_and_are_exact_for_one_equation(seed: int) -> None:
    rng = random.Random(seed)
    low = rng.randint(0, 12)
    equation = sum_of("abc", *whole(low, low + rng.randint(0, 3)))
    start = {name: whole(rng.randint(0, 2), rng.randint(3, 7)) for name in "abc"}
    ranges = [range(int(start[name][0]), int(start[name][1]) + 1) for name in "abc"]
    solutions = [v for v in product(*ranges) if equation.low <= sum(v) <= equation.high]
    if not solutions:
        return
    found = tighten(start, [equation])
    for place, name in enumerate("abc"):
        values = [solution[place] for solution in solutions]
        assert found[name] == whole(min(values), max(values))


def test_coefficients_may_be_intervals() -> None:
    """Four scores of 80 to 100 add up to 320 at least: three of them cannot make 350."""
    equation = Equation({"a": whole(80, 100)}, Fraction(350), Fraction(390))
    assert tighten({"a": whole(0, 50)}, [equation])["a"] == whole(4, 4)


def test_a_coefficient_of_nothing_says_nothing() -> None:
    equation = Equation({"a": whole(0, 0), "b": whole(1, 1)}, Fraction(2), Fraction(2))
    assert tighten({"a": whole(0, 9), "b": whole(0, 9)}, [equation]) == {"a": whole(0, 9), "b": whole(2, 2)}


def test_intervals_add_and_subtract() -> None:
    assert minus(whole(5, 7), whole(1, 2)) == whole(3, 6)
    assert plus([whole(1, 2), whole(3, 4)]) == whole(4, 6)
