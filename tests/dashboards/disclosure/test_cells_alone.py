"""What a cell may show by itself (confidentiality.md, rules 1 to 4)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apps.dashboards.disclosure import Exact, Rules, State, band, refused, round_count
from apps.dashboards.disclosure.primary import first_look
from apps.dashboards.tables import BY_KEY

REGION, MEANS, ALERTS = BY_KEY["participation-region"], BY_KEY["axes-region"], BY_KEY["alertes"]
MONEY, QUARTERS = BY_KEY["ressources"], BY_KEY["reperes"]
RULES = Rules()


@pytest.mark.parametrize(
    ("n", "state", "shown", "reason"),
    [
        (0, State.ZERO, 0, ""),
        (1, State.HIDDEN, 0, "small"),
        (10, State.HIDDEN, 0, "small"),
        (11, State.HIDDEN, 0, "held"),
        # Twelve would be printed « 10 », under the threshold that the page announces.
        (12, State.HIDDEN, 0, "held"),
        (13, State.SHOWN, 15, ""),
        (17, State.SHOWN, 15, ""),
    ],
)
def test_a_count_of_who_takes_part(n: int, state: State, shown: int, reason: str) -> None:
    published, why = first_look(REGION, Exact(n), 400, RULES)
    assert (published.state, published.n, why) == (state, shown, reason)


def test_a_reader_who_was_told_reports_counts_for_nothing() -> None:
    published, why = first_look(REGION, Exact(15, held=4), 400, RULES)
    assert (published.state, why) == (State.HIDDEN, "held")
    assert first_look(REGION, Exact(16, held=4), 400, RULES)[0].is_shown


@pytest.mark.parametrize(("n", "shown"), [(0, False), (13, True), (28, True), (29, False), (40, False)])
def test_an_answer_of_nobody_of_all_or_of_nearly_all_is_hidden(n: int, shown: bool) -> None:
    published, why = first_look(ALERTS, Exact(n), 40, RULES)
    assert published.is_shown is shown
    assert why == ("" if shown else "uniform")


def test_nearly_all_is_counted_without_the_reports_that_a_funder_holds() -> None:
    assert first_look(ALERTS, Exact(28), 40, RULES, reports=0)[0].is_shown
    assert not first_look(ALERTS, Exact(28), 40, RULES, reports=1)[0].is_shown


def test_nothing_to_say_of_a_row_without_anybody() -> None:
    assert first_look(MEANS, Exact(0), 0, RULES)[0].state is State.MISSING
    # Three associations without a score: that is not told either.
    assert first_look(MEANS, Exact(0), 3, RULES) == first_look(
        MEANS, Exact(2, values={"mean": Fraction(50)}), 3, RULES
    )


@pytest.mark.parametrize(
    ("mean", "shown"), [("62.4", 62), ("62.5", 63), ("4", 4), ("3.4", None), ("97", None)]
)
def test_a_mean_is_whole_and_never_near_an_end(mean: str, shown: int | None) -> None:
    published, _ = first_look(MEANS, Exact(13, values={"mean": Fraction(mean)}), 13, RULES)
    assert published.values.get("mean") == shown


def amounts(total: int, largest: int, second: int) -> Exact:
    values = {"total": Fraction(total), "largest": Fraction(largest), "second": Fraction(second)}
    return Exact(30, values=values)


def test_an_amount_is_a_band_and_nobody_fills_it() -> None:
    assert first_look(MONEY, amounts(1_240_000, 300_000, 200_000), 30, RULES)[0].values == {
        "low": 1_000_000,
        "high": 2_000_000,
    }
    assert first_look(MONEY, amounts(1000, 851, 100), 30, RULES)[1] == "dominance"
    assert first_look(MONEY, amounts(1000, 850, 100), 30, RULES)[1] == ""
    assert first_look(MONEY, amounts(0, 0, 0), 30, RULES)[1] == "dominance"


def test_the_p_rule_when_the_operator_gives_one() -> None:
    close = amounts(1000, 600, 350)
    assert first_look(MONEY, close, 30, Rules(p=Fraction(10, 100)))[1] == "share"
    assert first_look(MONEY, close, 30, Rules(p=Fraction(5, 100)))[1] == ""


def test_quartiles_ask_for_four_groups_and_are_rounded_to_five() -> None:
    values = {"q1": Fraction("32.4"), "q2": Fraction("47.5"), "q3": Fraction("68")}
    assert not first_look(QUARTERS, Exact(51, values=values), 51, RULES)[0].is_shown
    assert first_look(QUARTERS, Exact(52, values=values), 52, RULES)[0].values == {
        "q1": 30,
        "q2": 50,
        "q3": 70,
    }


def test_k_may_be_raised_and_never_goes_below_five() -> None:
    assert not first_look(REGION, Exact(20), 400, Rules(k=20))[0].is_shown
    with pytest.raises(ValueError, match="below 5"):
        Rules(k=4)


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, (0, 1000)),
        (999, (0, 1000)),
        (1000, (1000, 2000)),
        (2000, (2000, 5000)),
        (99_999, (50_000, 100_000)),
    ],
)
def test_bands_of_euros(total: int, expected: tuple[int, int]) -> None:
    assert band(Fraction(total)) == expected


def test_counts_go_to_the_nearest_five() -> None:
    assert [round_count(n) for n in (11, 12, 13, 17, 18, 400)] == [10, 10, 15, 15, 20, 400]


def test_a_population_too_small_or_too_close_to_another_is_refused() -> None:
    assert refused(12, {}, RULES)
    assert refused(13, {}, RULES) is None
    assert refused(13, {}, RULES, held=2)
    assert refused(60, {"other": 11}, RULES)
    assert refused(60, {"other": 0, "far": 12}, RULES) is None
