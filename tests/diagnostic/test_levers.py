"""Which three levers: alerts first, then the weakest pillar, then what divides us most."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.conf import settings

from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.levers import ALERT_LEVERS, Chooser
from apps.diagnostic.models import Instrument
from apps.diagnostic.presenters_alerts import WRITERS
from apps.diagnostic.selectors import questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Questionnaire:
    return questionnaire(Instrument.objects.get(pk="mse-1"))


def payload(alerts: tuple[str, ...] = (), divergences: tuple[str, ...] = (), **scores: float | None) -> Any:
    return {
        "axes": {axis: {"score": scores.get(axis)} for axis in "ABCDE"},
        "alerts": [{"code": code, "level": "red"} for code in alerts],
        "divergences": [{"question": code} for code in divergences],
    }


def rows(**medians: float | None) -> list[dict[str, Any]]:
    return [{"code": code, "median": m, "spread": 0, "roles": {}} for code, m in medians.items()]


def codes(
    made: Any, found: list[dict[str, Any]], people: int, asked: Questionnaire, **more: Any
) -> list[str]:
    available = more.get("available", asked.codes)
    return [r.statement for r in Chooser(made, found, people, asked, available).choose()]


def test_every_alert_has_its_lever_as_published() -> None:
    published = yaml.safe_load((settings.CONTENT_DIR / "levers.yaml").read_text())["alert_levers"]
    assert published == ALERT_LEVERS
    assert set(WRITERS) == set(ALERT_LEVERS)


def test_alerts_come_first_and_one_statement_is_taken_once(asked: Questionnaire) -> None:
    made = payload(("cash_tight", "cash_critical", "repeated_losses"), A=10, B=50, C=50)
    chosen = codes(made, rows(A1=0, B1=1, C1=1), 5, asked)
    assert chosen[:2] == ["B5", "B7"]
    assert len(chosen) == 3


def test_then_the_weakest_pillar_the_widest_divergence_and_another_axis(asked: Questionnaire) -> None:
    made = payload(divergences=("C4", "C5"), A=60, B=20, C=50, D=5, E=90)
    assert codes(made, rows(A1=0, B2=1, B3=2, C4=3, D1=0), 5, asked) == ["B2", "C4", "A1"]


def test_the_lowest_median_decides_then_the_weakest_pillar(asked: Questionnaire) -> None:
    made = payload(A=60, B=20, C=50)
    assert codes(made, rows(A1=1, A2=0, B2=1, B3=None), 5, asked) == ["B2", "A2", "A1"]


def test_an_axis_outside_only_when_no_pillar_has_a_score(asked: Questionnaire) -> None:
    chosen = codes(payload(D=10, E=40), [], 5, asked)
    assert {code[0] for code in chosen} == {"D"}


@pytest.mark.parametrize("people", [1, 2])
def test_under_three_people_answers_change_nothing(asked: Questionnaire, people: int) -> None:
    made = payload(A=60, B=20, C=50)
    first, second = rows(A1=0, B9=0), rows(A1=3, B1=0)
    assert codes(made, first, people, asked) == codes(made, second, people, asked)
    assert {code[0] for code in codes(made, first, people, asked)} == {"B"}
    for reasons in Chooser(made, first, people, asked, asked.codes).choose():
        assert (reasons.median, reasons.spread, reasons.roles) == (None, None, ())


def test_without_any_score_one_a_pillar(asked: Questionnaire) -> None:
    assert [code[0] for code in codes(payload(), [], 1, asked)] == ["A", "B", "C"]


def test_a_statement_without_a_published_lever_is_skipped(asked: Questionnaire) -> None:
    made = payload(("cash_tight",), B=20, A=60, C=50)
    chosen = codes(made, rows(B2=0, A1=1), 5, asked, available={"A1", "B2"})
    assert chosen == ["B2", "A1"]


def test_the_reasons_given_are_those_of_the_choice(asked: Questionnaire) -> None:
    made = payload(("cash_tight",), B=20.5, A=60, C=50)
    found = [{"code": "B5", "median": 1.5, "spread": 2, "roles": {"equipe": 1.0}}]
    reasons = Chooser(made, found, 5, asked, asked.codes).choose()[0]
    assert (reasons.statement, reasons.alerts, reasons.weakest_axis) == ("B5", ("cash_tight",), True)
    assert (reasons.score, reasons.median, reasons.spread) == (20.5, 1.5, 2)
    assert reasons.roles == (("equipe", 1.0),)
    close = [found[0] | {"spread": 1}]
    assert Chooser(made, close, 5, asked, asked.codes).choose()[0].spread is None


def test_when_nothing_more_is_known_the_instrument_s_order_fills_the_list(asked: Questionnaire) -> None:
    chosen = codes(payload(A=60, B=20, C=50), rows(A1=2), 5, asked)
    assert chosen[0] == "A1"
    assert {code[0] for code in chosen[1:]} == {"B"}
