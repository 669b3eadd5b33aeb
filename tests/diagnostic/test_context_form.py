"""The context of a campaign: nothing is required, what is wrong is said in French."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.catalogue.models import Fragility
from apps.diagnostic.forms.context import ContextForm
from apps.diagnostic.services import Context, update_context
from tests.factories.diagnostic import campaign

pytestmark = pytest.mark.django_db
EFFORT = {"effort_18_months": "60", "effort_7_years": "25", "effort_28_years": "15"}


def form(**data: Any) -> ContextForm:
    return ContextForm(data)


def test_nothing_is_required() -> None:
    empty = form()
    assert empty.is_valid()
    assert empty.context() == Context(fragilities=[], levels=[])


def test_a_full_context_is_read() -> None:
    filled = form(
        legal_form="association-1901",
        department="58",
        size_class="salaries-50k-200k",
        fragilities=[Fragility.objects.all()[2].pk],
        years_since_board_renewal="0",
        **EFFORT,
    )
    assert filled.is_valid(), filled.errors
    read = filled.context()
    assert (read.effort, read.years_since_board_renewal) == ((60, 25, 15), 0)
    assert read.fragilities == [Fragility.objects.all()[2]]
    assert read.department is not None
    assert read.department.pk == "58"


def test_an_empty_part_of_the_effort_counts_for_nothing() -> None:
    filled = form(effort_18_months="100")
    assert filled.is_valid()
    assert filled.context().effort == (100, 0, 0)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({**EFFORT, "effort_28_years": "16"}, "effort_18_months", "font 101 au lieu de 100"),
        ({**EFFORT, "effort_7_years": "-1"}, "effort_7_years", "ne peut pas être négatif"),
        ({**EFFORT, "effort_7_years": "101"}, "effort_7_years", "ne dépasse pas 100"),
        ({**EFFORT, "effort_7_years": "un quart"}, "effort_7_years", "nombre entier"),
        ({"years_since_board_renewal": "six"}, "years_since_board_renewal", "nombre entier"),
        ({"years_since_board_renewal": "101"}, "years_since_board_renewal", "Entre 0 et 100 ans"),
        ({"years_since_board_renewal": "-3"}, "years_since_board_renewal", "négatif"),
        ({"department": "00"}, "department", "choix"),
        ({"fragilities": ["inventée"]}, "fragilities", "choix"),
    ],
)
def test_what_is_wrong_is_said_in_french_beside_its_field(
    data: dict[str, Any], field: str, sentence: str
) -> None:
    wrong = form(**data)
    assert list(wrong.errors) == [field]
    assert sentence in wrong.errors[field][0]


def test_a_fourth_fragility_is_refused() -> None:
    four = [f.pk for f in Fragility.objects.all()[:4]]
    assert form(fragilities=four[:3]).is_valid()
    assert form(fragilities=four).errors == {
        "fragilities": ["Vous en avez coché 4. Gardez-en trois au plus."]
    }


def test_the_form_of_a_campaign_says_what_was_saved() -> None:
    made = campaign()
    chosen = list(Fragility.objects.all()[:2])
    update_context(
        campaign=made, context=Context(fragilities=chosen, years_since_board_renewal=4, effort=(60, 25, 15))
    )
    made.refresh_from_db()
    initial = ContextForm.initial_of(made)
    assert (initial["effort_7_years"], initial["years_since_board_renewal"]) == (25, 4)
    assert set(initial["fragilities"]) == {f.pk for f in chosen}
    assert "58, Nièvre" in str(ContextForm(initial=initial)["department"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.tuples(*[st.one_of(st.just(""), st.integers(-5, 105).map(str), st.text(max_size=4))] * 3))
def test_an_effort_is_empty_or_makes_a_hundred(parts: tuple[str, str, str]) -> None:
    filled = form(**dict(zip(EFFORT, parts, strict=True)))
    if filled.is_valid():
        effort = filled.context().effort
        assert effort is None or sum(effort) == 100
