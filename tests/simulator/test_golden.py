"""The cases worked by hand in docs/simulateur-cas.md: the platform finds the same figures, to the cent."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from apps.simulator.outcome import AllianceValue, Pillars, Projection
from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.project import project
from apps.simulator.sorts import SORTS
from tests.simulator.golden import Case, cases, cents

CASES = cases()
# Nested figures have their own reading.
NESTED = ("resources", "costs", "pillars", "shares", "effects", "alliances", "flows")
BY_MONTH = ("treasury", "receipts", "payments")
RATIOS = ("months_of_cash",)


def ratio(said: Any) -> Fraction | None:
    return None if said is None else Fraction(str(said))


def euros(said: Any) -> Any:
    if isinstance(said, list):
        return [None if one is None else cents(one) for one in said]
    return None if said is None else cents(said)


def test_the_page_covers_the_twelve_sorts() -> None:
    assert len(CASES) >= 8
    assert {one.sort for case in CASES for one in case.plan.hypotheses} == set(SORTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_worked_by_hand(case: Case) -> None:
    found = project(case.plan)
    compared = dict(said_and_found(case.expected, found))
    assert {name: said for name, (said, _) in compared.items()} == {
        name: figure for name, (_, figure) in compared.items()
    }
    assert len(compared) >= 5


def said_and_found(expected: dict[str, Any], found: Projection) -> Any:
    """(name, (what the page says, what the platform finds))."""
    for name, said in expected.items():
        if name in NESTED:
            yield from nested(name, said, found)
        elif name in BY_MONTH:
            months = getattr(found, name)
            yield (
                name,
                ({m: cents(amount) for m, amount in said.items()}, {m: months[m - 1] for m in said}),
            )
        elif name in RATIOS:
            yield name, ([ratio(one) for one in said], list(getattr(found, name)))
        elif name == "lowest":
            yield name, ((said[0], cents(said[1])), found.lowest)
        elif name == "break_even_year":
            yield name, (said, found.break_even_year)
        elif name == "volunteer_hours":
            yield name, ([ratio(one) for one in said], [Fraction(one) for one in found.volunteer_hours])
        else:
            figure = getattr(found, name)
            yield name, (euros(said), list(figure) if isinstance(figure, tuple) else figure)


def nested(name: str, said: dict[str, Any], found: Projection) -> Any:
    if name == "alliances":
        by_key = {one.key: one for one in found.alliances}
        assert set(by_key) == set(said)
        for key, terms in said.items():
            yield from alliance(key, terms, by_key[key])
        return
    for code, row in said.items():
        label = f"{name}.{code}"
        if name == "shares":
            place = ("human", "financial", "alliances").index(code)
            yield label, ([ratio(one) for one in row], [one.shares[place] for one in found.pillars])
        elif name == "pillars":
            yield label, (euros(row), [pillar(one, code) for one in found.pillars])
        elif name == "effects":
            yield label, (euros(row), list(found.effects[code].result))
        elif name == "flows":
            yield label, (euros(row), getattr(found.flows, code))
        else:
            yield label, (euros(row), list(getattr(found, name)[code]))


def pillar(pillars: Pillars, code: str) -> int:
    amount: int = getattr(pillars, code)
    return amount


def alliance(key: str, terms: dict[str, Any], found: AllianceValue) -> Any:
    for term, row in terms.items():
        figure = getattr(found, term)
        read = [ratio(one) for one in row] if term in ("shares", "per_euro") else euros(row)
        yield f"{key}.{term}", (read, list(figure) if isinstance(figure, tuple) else figure)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_natures_that_the_page_does_not_name_are_those_of_the_base(case: Case) -> None:
    """A case tells every nature that its hypotheses change: nothing slips elsewhere."""
    found, base = project(case.plan), case.plan.base
    for side, codes in (("resources", RESOURCES), ("costs", COSTS)):
        said = case.expected.get(side, {})
        for code in codes:
            if code not in said and case.plan.hypotheses:
                assert set(getattr(found, side)[code]) == {base.of(code)}, code


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_all_the_money_is_a_whole_number_of_cents(case: Case) -> None:
    found = project(case.plan)
    rows = (found.treasury, found.receipts, found.payments, found.results, found.equity, found.lowest)
    assert {type(amount) for row in rows for amount in row} == {int}
    assert {type(amount) for amount in (found.receivables_end, found.payables_end)} == {int}
