"""The entry, a scenario’s page and what its sliders ask: what is shown, to whom, at what cost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.items import remove_item
from tests.methodology.simulation.support import (
    base,
    client,
    hypothesis,
    page,
    settings,
    three,
)
from tests.methodology.simulation.support import (
    scenario as new_scenario,
)
from tests.methodology.target.support import plain

pytestmark = pytest.mark.django_db


def shown(seat: Seat, name: str, *keys: object, **query: str) -> str:
    answer = client(seat).get(page(seat, name, *keys), query)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def test_without_accounts_the_way_to_them_is_shown(lead: Seat) -> None:
    made = new_scenario(lead)
    for text in (shown(lead, "simulations"), shown(lead, "simulation", made.pk)):
        assert "Le calcul part des comptes de l’étape 3." in text
        assert "Ouvrir les comptes" in text


def test_the_entry_sets_futures_side_by_side(lead: Seat, scenario: Item) -> None:
    three(lead, scenario)
    text = shown(lead, "simulations")
    assert "Départ : 2025, 325 100 € de ressources, 320 300 € de charges, 55 300 € de trésorerie." in text
    assert text.index("Sans hypothèse") < text.index("Grandir à deux")
    assert "3 hypothèses" in text
    results = [line for line in re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL) if "Résultat 20" in line]
    assert [re.findall(r"20\d\d", line)[0] for line in results] == ["2026", "2027", "2028", "2029", "2030"]
    assert len({re.sub(r".*?</th>", "", line, count=1) for line in results}) > 1  # each year its own
    assert "Lignes vides en 2025, comptées pour zéro" in text


def test_a_scenario_begins_with_its_sentence(lead: Seat, scenario: Item) -> None:
    text = shown(lead, "simulation", scenario.pk)
    assert "En 2030, ce futur donne un excédent de 4 800 €" in text
    three(lead, scenario)
    text = shown(lead, "simulation", scenario.pk)
    assert "En 2030, ce futur donne un déficit de" in text
    assert "futurs sur 10" in text
    for part in ("Année par année", "Ce qui pèse le plus", "La valeur des alliances", "7 € pour 1 €"):
        assert part in text, part
    assert "Il n’entre pas dans le calcul." in text


def test_what_is_tried_changes_figures_and_writes_nothing(lead: Seat, scenario: Item) -> None:
    lost, *_ = three(lead, scenario)
    written = list(Field.objects.order_by("pk").values_list("pk", "value", "version"))
    before = shown(lead, "simulation_try", scenario.pk)
    after = shown(lead, "simulation_try", scenario.pk, **{f"v-{lost.pk}": "20000"})
    assert before != after
    assert "hx-swap-oob" in after
    assert "Les hypothèses" not in after
    same = shown(lead, "simulation", scenario.pk, **{f"v-{lost.pk}": "20000"})
    sentence = after.split("<h2", 1)[1].split("</h2>", 1)[0]
    assert sentence in same
    assert list(Field.objects.order_by("pk").values_list("pk", "value", "version")) == written


@pytest.mark.parametrize("value", ["", "abc", "NaN", "1e999", "19999", "38001", "30000"])
def test_a_value_that_no_slider_sends_is_left_as_written(lead: Seat, scenario: Item, value: str) -> None:
    lost, *_ = three(lead, scenario)
    told = shown(lead, "simulation_try", scenario.pk, **{f"v-{lost.pk}": value})
    assert told == shown(lead, "simulation_try", scenario.pk)


def test_an_incomplete_hypothesis_is_left_out_and_said(lead: Seat, scenario: Item) -> None:
    alone = shown(lead, "simulation_try", scenario.pk)
    hypothesis(lead, scenario, "funder_won", title="La fondation", nature="fondations")
    text = shown(lead, "simulation", scenario.pk)
    assert "« La fondation » n’est pas comptée" in text
    assert "Il manque la valeur la plus probable." in text
    assert shown(lead, "simulation_try", scenario.pk) == alone


def test_only_the_questions_of_the_sort_are_asked(lead: Seat, scenario: Item) -> None:
    made = hypothesis(lead, scenario, "membership", title="Adhésions", mid="10", each="15")
    text = shown(lead, "simulation", scenario.pk, ouvrir=str(made.pk))
    assert f'data-field="{made.pk}:each"' in text
    assert f'data-field="{made.pk}:employer_rate"' not in text
    assert "membres" in text
    elsewhere = shown(lead, "item", made.pk)
    assert f'data-field="{made.pk}:each"' in elsewhere


def test_the_board_reads_and_does_not_write(lead: Seat, board: Seat, scenario: Item) -> None:
    made, *_ = three(lead, scenario)
    text = shown(board, "simulation", scenario.pk, ouvrir=str(made.pk))
    assert "data-field" not in text
    assert "Garder cette valeur" not in text
    assert 'type="range"' in text  # trying writes nothing
    assert "Ajouter une hypothèse" not in text


def test_costs_the_same_at_one_and_three(
    lead: Seat, scenario: Item, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = client(lead)
    counts = []
    for _ in (1, 3):
        three(lead, scenario)
        three(lead, new_scenario(lead, "Encore un"))
        found = {}
        for name, keys in (
            ("simulations", ()),
            ("simulation", (scenario.pk,)),
            ("simulation_try", (scenario.pk,)),
        ):
            person.get(page(lead, name, *keys))  # what is kept of the content is read here
            with django_assert_max_num_queries(10) as asked:
                person.get(page(lead, name, *keys))
            found[name] = len(asked)
        counts.append(found)
    assert counts[0] == counts[1]


def test_a_scenario_that_left_says_so(lead: Seat, scenario: Item) -> None:
    remove_item(seat=lead, item=scenario, key=uuid4())
    person = client(lead)
    assert person.get(page(lead, "simulation", scenario.pk)).status_code == 410
    assert person.get(page(lead, "simulation_try", scenario.pk)).status_code == 404
    assert person.get(page(lead, "simulation", uuid4())).status_code == 404
    other = base(lead)  # an item that is no scenario
    assert person.get(page(lead, "simulation", other.pk)).status_code == 404


def test_the_settings_are_saved_on_the_tool_s_page(lead: Seat) -> None:
    base(lead)
    settings(lead)
    text = shown(lead, "tool", "simulateur")
    assert "Exercice de départ" in text
    assert "Trésorerie" in text
