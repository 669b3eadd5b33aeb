"""What cannot be counted is refused with its field and a way out; what is odd is only said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.simulator.checks import faults, remarks
from apps.simulator.plan import Hypothesis
from apps.simulator.sorts import MONTHS, SORTS, YEARS
from tests.simulator.plans import SMALL, hypotheses, plan, said

WON = said("funder_won", 100, nature="dons")
HIRED = said("hiring", 20000, fte=1, employer_rate=40)
BOUGHT = said("investment", 900, term=3)
PROMISED = said("agreement", 100, nature="dons", lasts=3)
CASES: tuple[tuple[Hypothesis, dict[str, Any], str, str], ...] = (
    (WON, {"sort": "miracle"}, "sort", "Choisissez"),
    (WON, {"low": Decimal(200)}, "low", "dépasse la valeur la plus probable"),
    (WON, {"high": Decimal(50)}, "high", "est sous la valeur"),
    (WON, {"mid": Decimal(-5), "low": Decimal(-5), "high": Decimal(-5)}, "mid", "ne peut pas être négatif"),
    (WON, {"low": Decimal(-5)}, "low", "ne peut pas être négatif"),
    (WON, {"choices": {}}, "nature", "Choisissez « Ressource »"),
    (WON, {"choices": {"nature": "payroll"}}, "nature", "ne convient pas"),
    (WON, {"amounts": {"delay": Decimal("1.5")}}, "delay", "nombre entier"),
    (WON, {"amounts": {"delay": Decimal(400)}}, "delay", "84 mois au plus"),
    (WON, {"lasts": 0}, "lasts", "une année au moins"),
    (PROMISED, {"lasts": None}, "lasts", "combien d’années dure"),
    (HIRED, {"amounts": {"fte": Decimal(1)}}, "employer_rate", "Il manque « Cotisations de l’employeur »"),
    (BOUGHT, {"amounts": {}}, "term", "Il manque « Durée d’usage »"),
    (BOUGHT, {"amounts": {"term": Decimal(0)}}, "term", "1 au moins"),
    (BOUGHT, {"amounts": {"term": Decimal(3), "borrowed": Decimal(9)}}, "loan_years", "se rembourse"),
    (said("activity", 10), {"mid": Decimal(-120)}, "mid", "ne descend pas sous −100"),
    (said("activity", 10), {"amounts": {"price": Decimal(-101)}}, "price", "ne descend pas sous −100"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "change", "code", "said_so"), CASES, ids=[f"{n}-{c[2]}" for n, c in enumerate(CASES)]
)
def test_a_fault_names_its_field(one: Hypothesis, change: dict[str, Any], code: str, said_so: str) -> None:
    assert faults(one) == []
    found = [fault for fault in faults(replace(one, **change)) if fault.code == code]
    assert found
    assert said_so in found[0].sentence.replace("\u00a0", " ").replace("\u202f", " ")


FAR = Decimal(-1000)


@st.composite
def broken(draw: st.DrawFn) -> tuple[Hypothesis, str]:
    """A valid hypothesis with one thing spoiled, and the field that must be named."""
    one = draw(hypotheses())
    sort = SORTS[one.sort]
    ways: list[tuple[Hypothesis, str]] = [
        (replace(one, low=one.mid + 1), "low"),
        (replace(one, high=one.mid - 1), "high"),
        (replace(one, mid=Decimal("NaN")), "mid"),
        (replace(one, lasts=0), "lasts"),
        (replace(one, sort="autre"), "sort"),
    ]
    if not sort.main.is_signed or sort.main.unit.startswith("%"):
        ways.append((replace(one, low=FAR), "low"))
    if sort.lasts == "needed":
        ways.append((replace(one, lasts=None), "lasts"))
    for each in sort.quantities:
        ways.append((replace(one, amounts={**one.amounts, each.code: Decimal("Infinity")}), each.code))
        if not each.is_signed or each.unit == "%":
            ways.append((replace(one, amounts={**one.amounts, each.code: FAR}), each.code))
        if each.unit in (MONTHS, YEARS):
            ways.append((replace(one, amounts={**one.amounts, each.code: Decimal("2.5")}), each.code))
        if each.is_needed:
            left = {code: value for code, value in one.amounts.items() if code != each.code}
            ways.append((replace(one, amounts=left), each.code))
    for choice in sort.choices:
        ways.append((replace(one, choices={**one.choices, choice.code: "autre"}), choice.code))
        if choice.is_needed:
            ways.append((replace(one, choices={}), choice.code))
    return draw(st.sampled_from(ways))


@given(broken())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_spoiled_is_caught(spoiled: tuple[Hypothesis, str]) -> None:
    one, code = spoiled
    found = faults(one)
    assert code in [fault.code for fault in found]
    assert all(fault.sentence.endswith(".") for fault in found)


def test_what_is_odd_is_said_and_counted() -> None:
    chosen = plan().settings
    late = replace(WON, starts=date(2031, 1, 1))
    assert "sans effet" in remarks(late, SMALL, chosen)[0]
    lost = said("funder_lost", 100, nature="dons")
    assert "retire plus que la ressource" in remarks(lost, SMALL, chosen)[0]
    assert "à zéro en 2025" in remarks(said("indexation", 2, nature="taxes"), SMALL, chosen)[0]
    assert remarks(said("activity", 2, concerned=10, nature="commande_publique"), SMALL, chosen) == []
    assert remarks(said("indexation", 2, nature="all_costs"), SMALL, chosen) == []
    assert remarks(WON, SMALL, chosen) == []
