"""Full costs: nothing is lost to the cent, whatever the order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.ledger.picture.activities import model, rest, split, total, weights_of

COSTS = ("payroll", "purchases")
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
amounts = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
names = st.sampled_from("ABCDEFGH")
weights = st.dictionaries(names, st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-2)), min_size=1)
natures = st.sampled_from(["payroll", "purchases", "ventes", "dons"])
activities = st.dictionaries(names, st.dictionaries(natures, amounts, min_size=1), min_size=1)
common = st.dictionaries(natures, amounts)
keys = st.sampled_from(["direct", "equal", "payroll"])


@relaxed
@given(amounts, weights)
def test_the_parts_make_the_whole(amount: Decimal, by: dict[str, Decimal]) -> None:
    parts = split(amount, by)
    assert parts.keys() == by.keys()
    assert total(parts) == amount


@relaxed
@given(amounts, weights)
def test_no_part_is_a_cent_away_from_its_exact_share(amount: Decimal, by: dict[str, Decimal]) -> None:
    whole = sum(by.values())
    for name, part in split(amount, by).items():
        exact = Fraction(amount) * (Fraction(by[name]) / Fraction(whole) if whole else Fraction(1, len(by)))
        assert abs(Fraction(part) - exact) < Fraction(1, 100)


@relaxed
@given(amounts, weights, st.randoms())
def test_the_order_of_the_activities_does_not_matter(
    amount: Decimal, by: dict[str, Decimal], random: object
) -> None:
    shuffled = list(by.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert split(amount, dict(shuffled)) == split(amount, by)


def test_the_largest_remainders_take_the_cents_then_the_names() -> None:
    assert split(Decimal("0.05"), {"A": Decimal(1), "B": Decimal(1), "C": Decimal(1)}) == {
        "A": Decimal("0.02"),
        "B": Decimal("0.02"),
        "C": Decimal("0.01"),
    }
    assert split(Decimal("-10.00"), {"A": Decimal(2), "B": Decimal(1)}) == {
        "A": Decimal("-6.67"),
        "B": Decimal("-3.33"),
    }


@pytest.mark.parametrize(
    ("amount", "by"),
    [
        ("1.00", {}),
        ("1.00", {"A": Decimal(-1), "B": Decimal(2)}),
        ("1.005", {"A": Decimal(1)}),
    ],
)
def test_what_cannot_be_split_is_refused(amount: str, by: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=r"weights|decimals"):
        split(Decimal(amount), by)


@relaxed
@given(activities, common, keys)
def test_everything_is_found_again(
    acts: dict[str, dict[str, Decimal]], shared: dict[str, Decimal], key: str
) -> None:
    made = model(acts, shared, costs=COSTS, key=key)  # type: ignore[arg-type]
    all_of = [*acts.values(), shared]
    for nature in COSTS:
        given_ = sum((one.get(nature, Decimal(0)) for one in all_of), Decimal(0))
        found = sum(
            (a.direct.get(nature, Decimal(0)) + a.shared.get(nature, Decimal(0)) for a in made.activities),
            Decimal(0),
        )
        assert found == given_
    whole = sum((total(one) for one in all_of), Decimal(0))
    assert made.resources + made.cost == whole
    assert sum((a.brings for a in made.activities), Decimal(0)) + total(made.loose) == made.result


@relaxed
@given(activities, common, keys)
def test_the_order_of_everything_does_not_matter(
    acts: dict[str, dict[str, Decimal]], shared: dict[str, Decimal], key: str
) -> None:
    turned = {code: dict(reversed(acts[code].items())) for code in reversed(acts)}
    back = dict(reversed(shared.items()))
    assert model(turned, back, costs=COSTS, key=key) == model(acts, shared, costs=COSTS, key=key)  # type: ignore[arg-type]


ACTS = {
    "A": {"payroll": Decimal("60.00"), "purchases": Decimal("40.00"), "ventes": Decimal("130.00")},
    "B": {"purchases": Decimal("100.00"), "dons": Decimal("20.00")},
}


@pytest.mark.parametrize(("key", "share"), [("direct", "25.00"), ("equal", "25.00"), ("payroll", "50.00")])
def test_three_keys(key: str, share: str) -> None:
    made = model(ACTS, {"purchases": Decimal("50.00")}, costs=COSTS, key=key)  # type: ignore[arg-type]
    one = next(activity for activity in made.activities if activity.code == "A")
    assert (one.share, one.full_cost) == (Decimal(share), Decimal("100.00") + Decimal(share))
    assert one.brings == Decimal("30.00") - Decimal(share)


def test_a_team_may_give_its_own_key() -> None:
    made = model(ACTS, {"payroll": Decimal("9.99")}, costs=COSTS, key={"A": Decimal(1), "B": Decimal(2)})
    assert {a.code: a.share for a in made.activities} == {"A": Decimal("3.33"), "B": Decimal("6.66")}


def test_resources_without_activity_stay_apart() -> None:
    made = model(ACTS, {"dons": Decimal("7.00")}, costs=COSTS)
    assert made.loose == {"dons": Decimal("7.00")}
    assert all(activity.share == 0 for activity in made.activities)


def test_a_cost_below_zero_weighs_nothing() -> None:
    refunded = {"A": {"purchases": Decimal("-5.00")}, "B": {"purchases": Decimal("10.00")}}
    assert weights_of(refunded, COSTS, "direct") == {"A": 0, "B": Decimal("10.00")}


def test_without_activity_nothing_can_be_split() -> None:
    with pytest.raises(ValueError, match="weights"):
        model({}, {"payroll": Decimal("1.00")}, costs=COSTS)


def test_the_rest_is_what_no_part_holds() -> None:
    whole = {"payroll": Decimal("10.00"), "dons": Decimal("5.00")}
    assert rest(whole, [{"payroll": Decimal("4.00")}, {"dons": Decimal("5.00")}]) == {
        "payroll": Decimal("6.00")
    }
    assert rest({}, [{"dons": Decimal("1.00")}]) == {"dons": Decimal("-1.00")}
