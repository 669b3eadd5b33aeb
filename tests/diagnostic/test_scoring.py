"""The arithmetic of ``diagnostic.md`` § 2: the worked example, exact thresholds, and what always holds."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.diagnostic.scoring import (
    RESOURCE_KEYS,
    Copy,
    Year,
    alerts,
    half_up,
    indicators,
    score,
    statement_stats,
)
from apps.diagnostic.scoring.answers import axis_score, check_reply
from apps.diagnostic.scoring.case import read

EXAMPLE = json.loads((Path(__file__).parents[1] / "data" / "example-diagnostic.json").read_text())
SIZES = {"A": 9, "B": 10, "C": 9, "D": 4, "E": 4}
STATEMENTS = [(f"{axis}{n + 1}", axis) for axis, size in SIZES.items() for n in range(size)]
CODES = [code for code, _ in STATEMENTS]

replies = st.sampled_from([0, 1, 2, 3, "nsp", "nc"])
copies = st.lists(
    st.builds(
        Copy, st.sampled_from(["gouvernance", "equipe"]), st.dictionaries(st.sampled_from(CODES), replies)
    ),
    max_size=6,
)
money = st.none() | st.integers(-(10**6), 10**6).map(Fraction)


def uniform(value: int | str, axis: str = "", count: int = 1) -> list[Copy]:
    return [Copy("equipe", {c: value for c, a in STATEMENTS if not axis or a == axis}) for _ in range(count)]


def pillars(human: float, financial: float, alliances: float) -> list[Copy]:
    """One copy whose levels sum to these totals in A, B and C."""
    return [Copy("equipe", {**levels("A", human), **levels("B", financial), **levels("C", alliances)})]


def levels(axis: str, total: float) -> dict[str, int]:
    """Answers of an axis whose sum of levels is ``total``."""
    codes = [c for c, a in STATEMENTS if a == axis]
    answers, left = {}, int(total)
    for code in codes:
        answers[code] = min(3, left)
        left -= answers[code]
    assert left == 0
    return answers


def year(number: int = 2025, **figures: Any) -> Year:
    resources = figures.pop("resources", {})
    return Year(
        number,
        {k: None if v is None else Fraction(v) for k, v in figures.items()},
        {k: Fraction(v) for k, v in resources.items()},
    )


def test_the_worked_example_field_by_field() -> None:
    found, years, renewal = read(EXAMPLE["case"], frozenset(CODES))
    assert score(STATEMENTS, found, years, renewal).as_json() == EXAMPLE["expected"]


# -- what always holds ----------------------------------------------------------------------------------------


@given(copies)
def test_scores_coverages_gap_and_shares_stay_in_bounds(found: list[Copy]) -> None:
    outcome = score(STATEMENTS, found)
    for axis in outcome.axes.values():
        assert axis.score is None or 0 <= axis.score <= 100
        assert axis.coverage is None or 0 <= axis.coverage <= 1
    assert outcome.pillar_gap is None or 0 <= outcome.pillar_gap <= 100
    if outcome.barycentre is not None:
        assert sum(outcome.barycentre.values()) == 1
        assert min(outcome.barycentre.values()) >= 0
    assert len(outcome.strengths) <= 3
    assert len(outcome.weaknesses) <= 3


@given(copies, st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(found: list[Copy], rng: random.Random) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)
    assert score(STATEMENTS, found) == score(STATEMENTS, shuffled)


@given(copies, st.sampled_from(CODES))
def test_an_nsp_never_moves_a_median_nor_a_spread(found: list[Copy], code: str) -> None:
    before = statement_stats(STATEMENTS, found)
    after = statement_stats(STATEMENTS, [*found, Copy("equipe", {code: "nsp"})])
    assert [(r.median, r.spread) for r in before] == [(r.median, r.spread) for r in after]


@given(copies, st.sampled_from(CODES))
def test_an_nc_never_moves_a_score_but_may_remove_a_statement_nobody_answered(
    found: list[Copy], code: str
) -> None:
    before = {r.code: r for r in statement_stats(STATEMENTS, found)}
    after = {r.code: r for r in statement_stats(STATEMENTS, [*found, Copy("equipe", {code: "nc"})])}
    assert {c: r.values for c, r in before.items()} == {c: r.values for c, r in after.items()}
    others = [c for c in CODES if c != code]
    assert [before[c].applicable for c in others] == [after[c].applicable for c in others]
    replied = [copy.answers[code] for copy in found if code in copy.answers]
    assert after[code].applicable is not all(r == "nc" for r in replied)


@given(copies)
def test_a_score_needs_three_answers_and_six_tenths(found: list[Copy]) -> None:
    rows = statement_stats(STATEMENTS, found)
    for axis in SIZES:
        mine = [r for r in rows if r.axis == axis]
        answered, applicable = sum(r.answered for r in mine), sum(r.applicable for r in mine)
        enough = answered >= 3 and Fraction(answered, applicable) >= Fraction(6, 10)
        assert (axis_score(mine).score is not None) is enough


@given(
    st.lists(st.dictionaries(st.sampled_from(RESOURCE_KEYS), st.integers(0, 10**6)), max_size=3), money, money
)
def test_a_missing_figure_gives_a_missing_indicator_never_zero(
    resources: list[dict[str, int]], charges: Fraction | None, treasury: Fraction | None
) -> None:
    years = [
        Year(2020 + n, {"charges": charges, "treasury": treasury}, {k: Fraction(v) for k, v in row.items()})
        for n, row in enumerate(resources)
    ]
    found = indicators(years)
    # No depreciation is ever given here, so the cash charges are unknown.
    assert found["months_of_cash"] is None
    if not years or set(resources[-1]) != set(RESOURCE_KEYS):
        assert found["resource_concentration"] is None
        assert found["public_subsidy_share"] is None
    assert found["volunteer_per_employee"] is None


# -- exact thresholds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "not_concerned", "scored", "coverage"),
    [
        (6, 0, True, Fraction(6, 10)),
        (5, 0, False, Fraction(5, 10)),
        (3, 5, True, Fraction(3, 5)),
        (3, 4, False, Fraction(3, 6)),
        (2, 8, False, Fraction(1)),
        (0, 10, False, None),
        (0, 0, False, Fraction(0)),
    ],
)
def test_coverage_of_the_ten_financial_statements(
    answered: int, not_concerned: int, scored: bool, coverage: Fraction | None
) -> None:
    codes = [c for c, a in STATEMENTS if a == "B"]
    answers: dict[str, int | str] = dict.fromkeys(codes[:answered], 2)
    answers |= dict.fromkeys(codes[answered : answered + not_concerned], "nc")
    axis = score(STATEMENTS, [Copy("equipe", answers)]).axes["B"]
    assert (axis.score is not None) is scored
    assert axis.coverage == coverage


def test_no_reply_at_all_is_missing_and_not_zero() -> None:
    outcome = score(STATEMENTS, [])
    assert {a.score for a in outcome.axes.values()} == {None}
    assert (outcome.pillar_gap, outcome.barycentre, outcome.profile) == (None, None, None)
    assert set(outcome.indicators.values()) == {None}
    assert outcome.alerts == []


def test_zero_everywhere_is_a_third_each() -> None:
    outcome = score(STATEMENTS, uniform(0))
    assert outcome.barycentre == dict.fromkeys(("human", "financial", "alliances"), Fraction(1, 3))
    assert outcome.profile == "en_construction"


@pytest.mark.parametrize(
    ("totals", "profile"),
    [
        # 27, 30 and 27 levels are 100. A gap of exactly 30 does not tip the house; just above does.
        ((18, 11, 18), "a_consolider"),
        ((27, 21, 27), "a_deployer"),
        ((27, 20, 27), "a_reequilibrer"),
        ((9, 10, 9), "en_construction"),
        ((9, 11, 9), "a_consolider"),
        ((19, 21, 19), "a_deployer"),
        ((18, 21, 19), "a_consolider"),
    ],
)
def test_profiles_at_their_borders(totals: tuple[int, int, int], profile: str) -> None:
    outcome = score(STATEMENTS, pillars(*totals))
    scores = [outcome.axes[a].score for a in "ABC"]
    assert scores == [Fraction(t * 100, n) for t, n in zip(totals, (27, 30, 27), strict=True)]
    assert outcome.profile == profile


def test_borders_use_exact_values_not_rounded_ones() -> None:
    """Pillars of 66.99 and 67 exactly: only the second one is « à déployer »."""
    three = (
        [(f"A{n}", "A") for n in range(100)]
        + [(f"B{n}", "B") for n in range(100)]
        + [(f"C{n}", "C") for n in range(100)]
    )

    def at(levels: int) -> list[Copy]:
        return [Copy("", {f"{a}{n}": 3 if n < levels else 0 for a in "ABC" for n in range(100)})]

    assert score(three, at(67)).profile == "a_deployer"
    assert score(three, at(66)).profile == "a_consolider"
    assert score(three, at(34)).profile == "a_consolider"
    assert score(three, at(33)).profile == "en_construction"
    wide = [
        Copy(
            "",
            {
                f"{a}{n}": 3 if n < level else 0
                for a, level in zip("ABC", (60, 30, 30), strict=True)
                for n in range(100)
            },
        )
    ]
    assert score(three, wide).pillar_gap == 30
    assert score(three, wide).profile == "a_consolider"


def test_a_pillar_without_a_score_leaves_no_profile_but_a_red_alert_does() -> None:
    partial = [Copy("equipe", {**levels("A", 9), **levels("B", 10)})]
    assert score(STATEMENTS, partial).profile is None
    assert score(STATEMENTS, partial, [year(equity=-1)]).profile == "a_securiser"


@pytest.mark.parametrize(
    ("treasury", "expected"),
    [
        (9_999, "cash_critical red"),
        (10_000, "cash_tight orange"),
        (29_999, "cash_tight orange"),
        (30_000, ""),
    ],
)
def test_cash_alerts_at_one_and_three_months(treasury: int, expected: str) -> None:
    found = alerts([year(charges=130_000, depreciation=10_000, treasury=treasury)], None)
    assert " ".join(" ".join(a) for a in found) == expected


@pytest.mark.parametrize(("top", "found"), [(500, []), (501, [("funder_dependency", "orange")])])
def test_one_funder_alert_above_one_half(top: int, found: list[tuple[str, str]]) -> None:
    resources = {**dict.fromkeys(RESOURCE_KEYS, 0), "subv_etat": 1000}
    assert alerts([year(top_funder=top, resources=resources)], None) == found


@pytest.mark.parametrize(
    ("years", "found"), [(None, []), (0, []), (6, []), (7, [("board_not_renewed", "orange")])]
)
def test_board_alert_above_six_years(years: int | None, found: list[tuple[str, str]]) -> None:
    assert alerts([], years) == found


@pytest.mark.parametrize(
    ("results", "found"),
    [
        ([-1], []),
        ([5, -1, -1], [("repeated_losses", "orange")]),
        ([-1, -1, -1], [("repeated_losses", "red")]),
        ([-1, -1, 0], []),
        ([-1, None, -1], []),
    ],
)
def test_losses_are_counted_back_from_the_last_year(
    results: list[int | None], found: list[tuple[str, str]]
) -> None:
    assert alerts([year(2023 + n, result=r) for n, r in enumerate(results)], None) == found


def test_negative_equity_is_red_and_zero_is_not() -> None:
    assert alerts([year(equity=0)], None) == []
    assert alerts([year(equity=-1)], None) == [("negative_equity", "red")]


def test_an_absurd_denominator_gives_nothing() -> None:
    values = indicators([year(charges=0, depreciation=0, treasury=100, equity=10, payroll=1)])
    assert (values["months_of_cash"], values["months_of_equity"], values["payroll_share"]) == (
        None,
        None,
        None,
    )


def test_only_the_latest_year_gives_indicators_whatever_the_order() -> None:
    old, new = year(2023, charges=10, payroll=5), year(2025, charges=10, payroll=2)
    assert indicators([new, old]) == indicators([old, new])
    assert indicators([new, old])["payroll_share"] == Fraction(1, 5)


# -- rounding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(25, 100), 1, 0.3),
        (Fraction(35, 100), 1, 0.4),
        (Fraction(5, 10_000), 3, 0.001),
        (Fraction(-25, 100), 1, -0.3),
        (Fraction(2, 3), 3, 0.667),
        (Fraction(0), 1, 0.0),
    ],
)
def test_rounding_is_half_up_and_away_from_zero(value: Fraction, decimals: int, expected: float) -> None:
    assert half_up(value, decimals) == expected


@given(st.fractions(-1000, 1000), st.integers(0, 3))
def test_rounding_never_moves_by_more_than_half_a_step(value: Fraction, decimals: int) -> None:
    step = Fraction(1, 10**decimals)
    assert abs(Fraction(str(half_up(value, decimals))) - value) <= step / 2


# -- readings refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [4, -1, True, "2", "", None, 1.5, [], "NSP"])
def test_a_reply_off_the_scale_is_refused(reply: object) -> None:
    with pytest.raises(ValueError, match="A1"):
        check_reply("A1", reply)


def test_ties_keep_the_order_of_the_instrument() -> None:
    outcome = score(STATEMENTS, uniform(2))
    assert outcome.strengths == ["A1", "A2", "A3"]
    wide = score(STATEMENTS, [*uniform(0), *uniform(3)])
    assert [code for code, _ in wide.divergences] == CODES
    assert score(STATEMENTS, uniform(1)).weaknesses == ["A1", "A2", "A3"]
