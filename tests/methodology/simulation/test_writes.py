"""A hypothesis added, a tried value kept, balances taken up: what is written, refused, and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.ledger.years import LedgerYear
from apps.methodology.models import Change, Field, Item, Seat
from apps.methodology.services.items import add_item
from apps.methodology.simulation import taking
from apps.methodology.tools.simulation import MOST_EACH
from tests.methodology.bench.test_saving import save
from tests.methodology.simulation.support import base, client, page, three
from tests.methodology.target.support import plain, write_single

pytestmark = pytest.mark.django_db


def value(item: Item, code: str) -> str:
    return str(Field.objects.get(item=item, code=code).value)


def test_a_sort_is_chosen_then_its_questions_open(lead: Seat, scenario: Item) -> None:
    url, key = page(lead, "hypothesis_add", scenario.pk), uuid4()
    for _ in range(2):  # a double click
        answer = client(lead).post(url, {"sort": "giving", "title": "", "key": key})
    made = Item.objects.get(kind="hypothesis")
    assert answer.headers["Location"].endswith(f"?ouvrir={made.pk}#e-{made.pk}")
    assert (made.parent_id, value(made, "title"), value(made, "sort")) == (
        scenario.pk,
        "Générosité",
        "giving",
    )


@pytest.mark.parametrize("sort", ["", "loto"])
def test_without_a_sort_what_was_typed_stays(lead: Seat, scenario: Item, sort: str) -> None:
    answer = client(lead).post(page(lead, "hypothesis_add", scenario.pk), {"sort": sort, "title": "Le loto"})
    assert answer.status_code == 422
    assert "Choisissez d’abord de quoi il s’agit." in answer.content.decode()
    assert 'value="Le loto"' in answer.content.decode()


def test_forty_a_scenario_then_it_is_refused(lead: Seat, scenario: Item) -> None:
    Item.objects.bulk_create(
        Item(engagement=lead.engagement, kind="hypothesis", parent=scenario) for _ in range(MOST_EACH)
    )
    answer = client(lead).post(page(lead, "hypothesis_add", scenario.pk), {"sort": "giving"})
    assert answer.status_code == 422
    assert "Il y a déjà 40 hypothèses ici" in plain(answer.content.decode())
    other = add_item(seat=lead, kind="scenario", key=uuid4(), fields={"title": "Un autre"})
    answer = client(lead).post(page(lead, "hypothesis_add", other.pk), {"sort": "giving"})
    assert answer.status_code == 302


def test_a_value_is_kept_once_and_the_rest_stays_tried(lead: Seat, scenario: Item) -> None:
    lost, alliance, _ = three(lead, scenario)
    data = {"hypothesis": lost.pk, "value": "22000", "base": "1", "key": uuid4()}
    data["rest"] = f"v-{lost.pk}=22000&v-{alliance.pk}=60&v-x=abc&next=//ailleurs.example"
    for _ in range(2):
        answer = client(lead).post(page(lead, "simulation_keep", scenario.pk), data)
        assert answer.status_code == 302
    assert answer.headers["Location"] == f"{page(lead, 'simulation', scenario.pk)}?v-{alliance.pk}=60#essayer"
    assert value(lost, "mid") == "22000"
    assert Change.objects.filter(item=lost, code="mid", version=2).count() == 1


def test_two_people_one_value(lead: Seat, scenario: Item) -> None:
    lost, *_ = three(lead, scenario)
    save(lead, lost.pk, "mid", "31000", base=1)
    data = {"hypothesis": lost.pk, "value": "22000", "base": "1"}
    answer = client(lead).post(page(lead, "simulation_keep", scenario.pk), data)
    assert answer.status_code == 409
    assert "Votre essai n’a pas été gardé" in answer.content.decode()
    assert value(lost, "mid") == "31000"


def test_a_hypothesis_of_another_scenario_is_a_missing_one(lead: Seat, scenario: Item) -> None:
    other = add_item(seat=lead, kind="scenario", key=uuid4(), fields={"title": "Un autre"})
    lost, *_ = three(lead, other)
    data = {"hypothesis": lost.pk, "value": "22000", "base": "1"}
    assert client(lead).post(page(lead, "simulation_keep", scenario.pk), data).status_code == 404
    assert client(lead).post(page(lead, "simulation_keep", scenario.pk), {"value": "1"}).status_code == 404


def test_a_form_without_script_comes_back_to_the_scenario(lead: Seat, scenario: Item) -> None:
    lost, *_ = three(lead, scenario)
    url = reverse("method:item", args=[lead.engagement_id, lost.pk])
    answer = client(lead).post(url, {"c": ["mid"], "v-mid": "25000", "b-mid": "1"})
    assert answer.headers["Location"].startswith(page(lead, "simulation", scenario.pk))
    assert value(lost, "mid") == "25000"
    gone = client(lead).post(f"{url}geste/", {"act": "remove", "key": uuid4()})
    assert gone.headers["Location"] == f"{page(lead, 'simulation', scenario.pk)}#hypotheses"


def accounts(**said: Decimal | None) -> LedgerYear:
    given = {"treasury": Decimal("55300.10"), "receivables": Decimal(-5), **said}
    return LedgerYear(uuid4(), 2025, date(2025, 1, 1), date(2025, 12, 31), "fec", {}, **given)  # type: ignore[arg-type]


def test_balances_of_the_accounts_fill_empty_settings(lead: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    base(lead)
    write_single(lead, "simulation", "equity", "1")
    known = accounts(equity=Decimal(40600), payables=Decimal(40000))
    monkeypatch.setattr(taking, "years_readable_by", lambda user, organisation: [known])
    text = plain(client(lead).get(page(lead, "simulations")).content.decode())
    assert (
        "Les comptes de l’association ont pour 2025 : trésorerie 55 300 € et ce que nous devons 40 000 €."
        in text
    )
    for _ in range(2):
        assert client(lead).post(page(lead, "simulation_take_up")).status_code == 302
    held = Field.objects.filter(item__kind="simulation").values_list("code", "value")
    assert dict(held) == {"equity": "1", "treasury": "55300.1", "payables": "40000"}
    assert "Reprendre des comptes" not in client(lead).get(page(lead, "simulations")).content.decode()


def test_nothing_to_take_up_is_said(lead: Seat) -> None:
    base(lead)
    person = client(lead)
    assert person.post(page(lead, "simulation_take_up")).status_code == 302
    assert "Rien à reprendre" in plain(person.get(page(lead, "simulations")).content.decode())
    assert not Field.objects.filter(item__kind="simulation").exists()
