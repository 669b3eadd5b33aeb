"""The chosen scenario puts its milestones in steps 7 and 8, once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.services.items import remove_item
from tests.methodology.choosing import cases
from tests.methodology.roadmap.support import client, words

pytestmark = pytest.mark.django_db


def url(seat: Seat) -> str:
    return reverse("method:choosing_roadmap", args=[seat.engagement_id])


@pytest.fixture
def chosen(lead: Seat) -> Item:
    cases.accounts(lead)
    return cases.scenario(lead, is_chosen=True)


def items(seat: Seat, kind: str = "action") -> list[Item]:
    return list(Item.objects.filter(engagement=seat.engagement, kind=kind, gone_at=None))


def told(item: Item) -> dict[str, Any]:
    return dict(Field.objects.filter(item=item).values_list("code", "value"))


def test_without_a_choice_or_accounts_the_page_says_what_to_do(lead: Seat, first: Item) -> None:
    assert "Aucun scénario n’est retenu." in words(client(lead).get(url(lead)))
    save_field(seat=lead, item=first, write=Write("is_chosen", True, 0))
    assert "Il manque un exercice de départ." in words(client(lead).get(url(lead)))
    assert client(lead).post(url(lead), {"take": "result"}).status_code == 422
    cases.accounts(lead)
    assert "Résultat de l’exercice" in words(client(lead).get(url(lead)))
    cases.scenario(lead, "Un autre", is_chosen=True)
    assert "Aucun scénario n’est retenu." in words(client(lead).get(url(lead)))


def test_what_is_ticked_is_made_as_it_was_edited_and_only_once(lead: Seat, chosen: Item) -> None:
    under = cases.hypotheses(lead, chosen)
    page = words(client(lead).get(url(lead)))
    assert "Recruter « Animatrice »" in page
    assert "Sans proposition, car incomplètes : « Sans montant »." in page
    assert "Fin 2027 −" in page
    key = str(under["hiring"].pk)
    data = {
        "take": [key, "result"],
        f"title-{key}": "Recruter Lila",
        f"starts-{key}": "2027-06-01",
        f"due-{key}": "15/09/2027",
        f"title-{under['agreement'].pk}": "",  # not ticked: what is wrong there does not matter
    }
    for _ in range(2):
        assert client(lead).post(url(lead), data).status_code == 302
    (action,) = items(lead)
    said = told(action)
    assert (said["title"], said["starts"], said["due"]) == ("Recruter Lila", "2027-06-01", "2027-09-15")
    assert (said["cost"], said["pillar"]) == ("35100", "human")
    (indicator,) = items(lead, "indicator")
    readings = [told(item) for item in items(lead, "reading")]
    assert [one["date"] for one in readings] == ["2027-12-31", "2028-12-31", "2029-12-31"]
    assert told(indicator)["goal"] == readings[-1]["planned"]
    assert "Déjà ajouté" in words(client(lead).get(url(lead)))


def test_what_the_team_wrote_since_is_never_written_over(lead: Seat, chosen: Item) -> None:
    key = str(cases.hypotheses(lead, chosen)["hiring"].pk)
    client(lead).post(url(lead), {"take": key})
    (action,) = items(lead)
    save_field(seat=lead, item=action, write=Write("title", "Notre recrutement", 1))
    answer = client(lead).post(url(lead), {"take": key, f"title-{key}": "Autre"}, follow=True)
    assert "Tout y était déjà" in words(answer)
    assert told(action)["title"] == "Notre recrutement"
    assert len(items(lead)) == 1


def test_what_was_removed_may_be_proposed_again(lead: Seat, chosen: Item) -> None:
    key = str(cases.hypotheses(lead, chosen)["hiring"].pk)
    for turn in range(3):
        client(lead).post(url(lead), {"take": key})
        (action,) = items(lead)
        remove_item(seat=lead, item=action, key=uuid4())
        assert "Déjà ajouté" not in words(client(lead).get(url(lead))), turn
    assert Item.objects.filter(engagement=lead.engagement, kind="action").count() == 3


def test_what_is_wrong_is_said_beside_it_and_nothing_is_made(lead: Seat, chosen: Item) -> None:
    under = cases.hypotheses(lead, chosen)
    key, other = str(under["hiring"].pk), str(under["alliance"].pk)
    data = {
        "take": [key, other],
        f"title-{key}": " ",
        f"due-{key}": "le 31",
        f"title-{other}": "Notre maison",
    }
    answer = client(lead).post(url(lead), data)
    assert answer.status_code == 422
    page = words(answer)
    assert "Donnez un nom." in page
    assert "Écrivez une date qui existe" in page
    assert "Notre maison" in answer.content.decode()
    assert not items(lead)
    assert "Cochez au moins une proposition." in words(client(lead).post(url(lead), {}))


def test_governance_and_closed_ones(lead: Seat, board: Seat, chosen: Item) -> None:
    assert client(board).get(url(board)).status_code == 403
    from django.utils import timezone

    lead.engagement.closed_at = timezone.now()
    lead.engagement.save()
    assert "Ajouter ce qui est coché" not in words(client(lead).get(url(lead)))
    assert client(lead).post(url(lead), {"take": "result"}).status_code == 422
    assert not items(lead, "indicator")


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_whatever_its_size(lead: Seat, chosen: Item, size: int) -> None:
    for _ in range(size):
        cases.hypotheses(lead, chosen)
    person = client(lead)
    person.get(url(lead))
    with CaptureQueriesContext(connection) as found:
        assert person.get(url(lead)).status_code == 200
    assert len(found) == 7, [query["sql"][:120] for query in found]


def test_who_may_not_write_is_not_led_to_the_roadmap(lead: Seat, board: Seat, first: Item) -> None:
    """She would be answered 403 there."""
    known = Field.objects.filter(item=first, code="is_chosen").first()
    save_field(seat=lead, item=first, write=Write("is_chosen", "oui", known.version if known else 0))
    address = reverse("method:choosing_roadmap", args=[lead.engagement_id])
    page = reverse("method:choosing", args=[lead.engagement_id])
    assert address in client(lead).get(page).content.decode()
    assert address not in client(board).get(page).content.decode()
