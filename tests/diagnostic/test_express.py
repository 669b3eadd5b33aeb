"""The instant result of the express mode: the same arithmetic, told in a sentence."""

from __future__ import annotations

import pytest

from apps.diagnostic import selectors
from apps.diagnostic.express import ExpressResult, instant_result
from apps.diagnostic.forms.express import ExpressForm
from apps.diagnostic.instrument import PILLARS

pytestmark = pytest.mark.django_db


def answers(**levels: str) -> dict[str, str]:
    """A value a pillar: A="3" answers its four statements."""
    express = selectors.current_questionnaire().express
    return {s.code: levels[s.axis] for s in express if levels.get(s.axis)}


def result(**levels: str) -> ExpressResult:
    return instant_result(selectors.current_questionnaire(), answers(**levels))


def test_twelve_statements_four_a_pillar() -> None:
    express = selectors.current_questionnaire().express
    assert [sum(s.axis == axis for s in express) for axis in PILLARS] == [4, 4, 4]


def test_the_strongest_pillar_gives_its_name_to_the_title() -> None:
    found = result(A="3", B="1", C="2")
    assert found.title == "Votre maison s’appuie d’abord sur les richesses humaines."
    assert [p.score for p in found.pillars] == [100.0, 33.3, 66.7]
    assert "66,7\u00a0points" in found.sentence.replace("\u202f", "\u00a0")
    assert "mettre en débat" in found.sentence
    assert found.figure is not None


def test_two_equal_pillars_carry_the_house() -> None:
    assert "Deux appuis portent votre maison ; les alliances" in result(A="2", B="2", C="1").title.replace(
        "\u202f", " "
    )


def test_a_small_gap_is_said_to_be_small() -> None:
    close = answers(A="2", B="2", C="2") | {"A1": "3"}
    found = instant_result(selectors.current_questionnaire(), close)
    assert "restent proches" in found.sentence


@pytest.mark.parametrize("level", ["0", "2"])
def test_equal_pillars_weigh_the_same(level: str) -> None:
    found = result(A=level, B=level, C=level)
    assert found.title == "Vos trois appuis pèsent autant."
    assert found.figure is not None


@pytest.mark.parametrize(
    ("levels", "missing"),
    [
        ({"A": "2", "B": "2"}, "alliances stratégiques"),
        ({"A": "2", "B": "nsp", "C": "nc"}, "ressources financières et alliances stratégiques"),
        ({"A": "nsp"}, "les trois appuis"),
    ],
)
def test_what_is_missing_is_named(levels: dict[str, str], missing: str) -> None:
    found = result(**levels)
    assert f"À compléter : {missing}." in found.sentence.replace("\u00a0", " ")
    assert found.figure is None


def test_a_form_without_answer_or_with_a_forged_one_is_refused() -> None:
    questionnaire = selectors.current_questionnaire()
    assert "au moins une réponse" in ExpressForm(questionnaire, {}).non_field_errors()[0]
    forged = ExpressForm(questionnaire, answers(A="2") | {"A1": "7"})
    assert forged.errors == {"A1": ["Cette réponse n’est pas sur l’échelle."]}
    assert ExpressForm(questionnaire, {"A1": "nc", "D1": "3"}).is_valid()


def test_a_statement_out_of_the_twelve_is_ignored() -> None:
    form = ExpressForm(selectors.current_questionnaire(), {"A1": "1", "D1": "3", "A2": ""})
    assert form.is_valid()
    assert "D1" not in form.answers()
