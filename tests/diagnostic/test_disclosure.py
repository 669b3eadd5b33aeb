"""What leaves a campaign never tells what one person answered."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.diagnostic.disclosure import nearest_half, public_outcome, statement_rows
from apps.diagnostic.scoring import Copy

ONE = [("A1", "A")]
reply = st.sampled_from([0, 1, 2, 3, "nsp", "nc"])


def row(*copies: tuple[str, object]) -> dict[str, object]:
    shown = statement_rows(ONE, [Copy(role, {"A1": value}) for role, value in copies])  # type: ignore[dict-item]
    return shown[0]


def team(*values: object) -> list[tuple[str, object]]:
    return [("equipe", value) for value in values]


def test_two_people_see_nothing_of_each_other() -> None:
    shown = row(*team(0, 3))
    assert (shown["median"], shown["spread"], shown["low"], shown["high"], shown["roles"]) == (None,) * 4 + (
        {},
    )


def test_three_people_see_the_median_and_the_spread_only() -> None:
    shown = row(*team(0, 1, 3))
    assert (shown["median"], shown["spread"]) == (1.0, 3)
    assert (shown["low"], shown["high"], shown["roles"]) == (None, None, {})


def test_five_people_see_the_range_and_roles_of_three() -> None:
    shown = row(*team(3, 3, 2), ("gouvernance", 0), ("gouvernance", 1))
    assert (shown["low"], shown["high"]) == (0, 3)
    assert shown["roles"] == {"equipe": 2.5}


def test_a_role_needs_three_answers_that_are_numbers() -> None:
    assert row(*team(3, 3, "nsp", "nc", 2))["roles"] == {"equipe": 2.5}
    assert row(*team(3, 3, "nsp", "nc", "nsp"))["roles"] == {}


def test_one_number_among_five_people_has_no_range() -> None:
    shown = row(*team(2, "nsp", "nsp", "nc", "nc"))
    assert (shown["low"], shown["high"], shown["spread"]) == (None, None, None)


@pytest.mark.parametrize(
    ("mean", "told"), [((8, 3), 2.5), ((7, 4), 2.0), ((5, 4), 1.5), ((1, 4), 0.5), ((0, 1), 0.0)]
)
def test_a_mean_is_told_to_the_nearest_half(mean: tuple[int, int], told: float) -> None:
    assert nearest_half(Fraction(*mean)) == told


@given(st.lists(st.tuples(st.sampled_from(["equipe", "gouvernance", "referent"]), reply), max_size=9))
def test_whatever_is_answered_the_thresholds_hold(copies: list[tuple[str, object]]) -> None:
    shown = row(*copies)
    if len(copies) < 3:
        assert shown["median"] is shown["spread"] is None
    if len(copies) < 5:
        assert shown["low"] is shown["high"] is None
        assert shown["roles"] == {}
    roles = shown["roles"]
    assert isinstance(roles, dict)
    for role, mean in roles.items():
        numbers = [value for theirs, value in copies if theirs == role and isinstance(value, int)]
        assert len(numbers) >= 3
        assert mean * 2 == int(mean * 2)


def test_strengths_and_divergences_need_three_people() -> None:
    outcome = {"strengths": ["A1"], "weaknesses": ["B1"], "divergences": ["C1"], "profile": "a_consolider"}
    assert public_outcome(outcome, 3) == outcome
    assert public_outcome(outcome, 2) == {
        "strengths": [], "weaknesses": [], "divergences": [], "profile": "a_consolider",
    }  # fmt: skip
