"""The formulas themselves: both dialects, and counting as a spreadsheet counts. For any plan they find the platform’s figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings

from apps.simulator.plan import Plan
from apps.simulator.workbook.build import sheets_of
from apps.simulator.workbook.formula import (
    Dialect,
    Formula,
    OpenDocument,
    Span,
    call,
    cents,
    letters,
    made,
    when,
)
from apps.simulator.workbook.grid import Sheet
from tests.simulator.plans import plan, plans
from tests.simulator.workbook.scenarios import book

EXCEL, CALC = Dialect(), OpenDocument()


# Not shrunk: what is off already says its line, and a workbook takes half a second.
@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(tried=plans())
def test_for_any_plan_the_formulas_find_the_platforms_figures(tried: Plan) -> None:
    control = sheets_of(book(tried))[-1]
    rows = range(7, control.last[0] + 1)
    off = [[control.result(row, column) for column in range(1, 5)] for row in rows if control.result(row, 5)]
    assert off == []
    assert len(rows) > 150
    assert control.result(4, 3) == "Tout concorde, au centime."


def test_a_control_that_differs_shows_by_how_much() -> None:
    told = book(plan())
    found = told.scenarios[0].projection
    wrong = replace(found, equity=(1, *found.equity[1:]))
    control = sheets_of(replace(told, scenarios=[replace(told.scenarios[0], projection=wrong)]))[-1]
    assert control.result(4, 5) == pytest.approx(abs(found.equity[0] - 1) / 100)
    assert "changé" in str(control.result(4, 3))


def sheets() -> tuple[Sheet, Sheet]:
    return Sheet("Ici"), Sheet("Là-bas")


def test_both_dialects() -> None:
    here, there = sheets()
    a, b = here.put(5, 2, 3), there.put(7, 28, Decimal("2.5"))
    row = Span(there.ref(1, 1), there.ref(1, 12))
    formula = when(
        call("AND", a.is_(">=", 1), b.is_("<>", "")), cents((a + b) * 2 / (1 - a)), call("SUM", row)
    )
    assert formula.written(EXCEL, here) == (
        "IF(AND(B5>=1,'Là-bas'!AB7<>\"\"),ROUND((B5+'Là-bas'!AB7)*2/(1-B5),2),SUM('Là-bas'!A1:L1))"
    )
    assert formula.written(CALC, here) == (
        "IF(AND([.B5]>=1;[$'Là-bas'.AB7]<>\"\");ROUND(([.B5]+[$'Là-bas'.AB7])*2/(1-[.B5]);2);SUM([$'Là-bas'.A1:.L1]))"
    )
    assert formula.result() == -5.5


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (made(1) - (made(2) - 3), "1-(2-3)"),
        (made(1) - made(2) - 3, "1-2-3"),
        (made(8) / (made(4) * 2), "8/(4*2)"),
        ((made(1) + 2) ** (made(3) - 1), "(1+2)^(3-1)"),
        ((made(2) ** 3) ** 2, "2^3^2"),
        (2 + made(3) * 4, "2+3*4"),
    ],
)
def test_brackets_stand_where_they_must(formula: Formula, written: str) -> None:
    home = sheets()[0]
    assert formula.written(EXCEL, home) == written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.005, 1.01),
        (-1.005, -1.01),
        (0.125, 0.13),
        (2.675, 2.68),
        (187.275, 187.28),
        (0.3 / 12, 0.03),
        (-0.9 / 12, -0.08),
        (0.0049999, 0),
        (123456789.125, 123456789.13),
    ],
)
def test_halves_go_away_from_zero(value: float, expected: float) -> None:
    assert cents(value).result() == expected


def test_an_empty_cell_is_nothing_and_zero_at_once() -> None:
    here = sheets()[0]
    empty = here.ref(1, 1)
    assert empty.is_("=", "").result() is True
    assert empty.is_("=", 0).result() is True
    assert (empty + 2).result() == 2
    assert call("SUM", Span(empty, here.put(1, 3, "texte"))).result() == 0
    assert here.put(2, 1, "oui").is_("=", 1).result() is False


def test_days() -> None:
    here = sheets()[0]
    day = here.put(1, 1, date(2027, 9, 30))
    assert (call("YEAR", day) * 100 + call("MONTH", day)).result() == 202709
    with pytest.raises(TypeError, match="not a day"):
        call("YEAR", made(3)).result()
    with pytest.raises(TypeError, match="not a number"):
        (day + 1).result()


def test_mistakes_are_loud() -> None:
    here = sheets()[0]
    loop = here.ref(1, 1)
    here.put(1, 1, loop + 1)
    with pytest.raises(RecursionError):
        here.result(1, 1)
    with pytest.raises(TypeError, match="no order"):
        made("a").is_("<", "b").result()
    with pytest.raises(TypeError, match="no single value"):
        Span(here.ref(1, 2), here.ref(1, 3)).result()


def test_columns_have_their_letters() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
