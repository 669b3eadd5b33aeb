"""The page of a tool and of an item: what is shown, to whom, at what cost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Seat
from apps.methodology.services import items
from apps.methodology.tools import KINDS, TOOLS
from tests.methodology.bench.test_saving import client, save
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
LISTED = [code for code, kind in KINDS.items() if not kind.is_single and not kind.of]


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def tool_page(seat: Seat, tool: str) -> str:
    answer = client(seat).get(reverse("method:tool", args=[seat.engagement_id, tool]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_every_tool_opens_empty(lead: Seat, tool: str) -> None:
    page = tool_page(lead, tool)
    assert TOOLS[tool].title in page


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_the_board_reads_and_does_not_write(lead: Seat, tool: str) -> None:
    page = tool_page(seat_in(lead.engagement, SeatRole.BOARD), tool)
    assert "data-field" not in page
    assert "add-form" not in page


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_a_tool_costs_the_same_at_one_and_three(
    lead: Seat, tool: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = client(lead)
    url = reverse("method:tool", args=[lead.engagement_id, tool])
    counts = []
    for _ in (1, 3):
        for kind in TOOLS[tool].kinds:
            if kind.code in LISTED:
                items.add_item(seat=lead, kind=kind.code, key=uuid4())
                items.add_item(seat=lead, kind=kind.code, key=uuid4())
        person.get(url)  # what is kept of the content is read here
        with django_assert_max_num_queries(10) as found:
            person.get(url)
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", LISTED)
def test_every_kind_is_added_opened_ordered_and_removed(lead: Seat, kind: str) -> None:
    person, pk = client(lead), lead.engagement_id
    spec = KINDS[kind]
    code = spec.title or spec.fields[0].code
    value = {"date": "2027-01-31", "number": "2026", "item": ""}.get(spec.field(code).type, "Premier")
    key = uuid4()
    for _ in range(2):  # a double click
        answer = person.post(reverse("method:item_add", args=[pk, kind]), {"key": key, f"v-{code}": value})
        assert answer.status_code == 302
    first = Item.objects.get(kind=kind)
    page = person.get(reverse("method:item", args=[pk, first.pk])).content.decode()
    assert page.count("data-field") >= len(spec.fields)
    second = items.add_item(seat=lead, kind=kind, key=uuid4())
    person.post(reverse("method:item_act", args=[pk, second.pk]), {"act": "up"})
    assert [item.pk for item in Item.objects.filter(kind=kind)] == [second.pk, first.pk]
    person.post(reverse("method:item_act", args=[pk, first.pk]), {"act": "remove"})
    gone = person.get(reverse("method:item", args=[pk, first.pk]))
    assert gone.status_code == 410
    assert "Le faire revenir" in gone.content.decode()
    person.post(reverse("method:item_act", args=[pk, first.pk]), {"act": "back"})
    assert person.get(reverse("method:item", args=[pk, first.pk])).status_code == 200


def test_too_many_is_refused_and_what_was_typed_stays(lead: Seat) -> None:
    most = KINDS["scenario"].most
    Item.objects.bulk_create(Item(engagement=lead.engagement, kind="scenario") for _ in range(most))
    url = reverse("method:item_add", args=[lead.engagement_id, "scenario"])
    answer = client(lead).post(url, {"v-title": "Le trente et unième"})
    assert answer.status_code == 422
    assert "Il y a déjà 30 scénarios" in answer.content.decode()
    assert "Le trente et unième" in answer.content.decode()


@pytest.mark.parametrize("kind", [code for code in LISTED if not KINDS[code].blank])
def test_nothing_typed_adds_nothing_and_says_so(lead: Seat, kind: str) -> None:
    url = reverse("method:item_add", args=[lead.engagement_id, kind])
    answer = client(lead).post(url, {"then": "open"})
    assert answer.status_code == 422
    assert "Ce champ est vide" in answer.content.decode()
    assert not Item.objects.filter(kind=kind).exists()


def test_what_is_refused_under_an_item_comes_back_on_its_page(lead: Seat) -> None:
    indicator = items.add_item(seat=lead, kind="indicator", key=uuid4(), fields={"title": "Heures"})
    url = reverse("method:item_add", args=[lead.engagement_id, "reading"])
    answer = client(lead).post(url, {"parent": indicator.pk, "v-date": "31/02/2027"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<h1>Heures</h1>" in page
    assert "31/02/2027" in page
    assert 'role="alert"' in page
    assert not Item.objects.filter(kind="reading").exists()


def test_what_is_refused_under_an_item_that_left_is_said_on_its_page(lead: Seat) -> None:
    indicator = items.add_item(seat=lead, kind="indicator", key=uuid4(), fields={"title": "Heures"})
    items.remove_item(seat=lead, item=indicator, key=uuid4())
    url = reverse("method:item_add", args=[lead.engagement_id, "reading"])
    answer = client(lead).post(url, {"parent": indicator.pk, "v-date": "31/01/2027"})
    assert answer.status_code == 410
    assert "a été retiré" in answer.content.decode()
    assert "31/01/2027" in answer.content.decode()


def test_a_list_names_its_items_and_what_they_say(lead: Seat) -> None:
    made = items.add_item(seat=lead, kind="action", key=uuid4(), fields={"title": "Louer la salle"})
    save(lead, made.pk, "due", "2027-06-30")
    save(lead, made.pk, "owner", str(lead.pk))
    page = tool_page(lead, "trajectoire")
    assert "Louer la salle" in page
    assert "30 juin 2027" in page.replace("\u00a0", " ")


def test_what_was_chosen_stays_readable_when_it_may_not_be_chosen_any_more(lead: Seat) -> None:
    other = seat_in(lead.engagement, SeatRole.MEMBER, full_name="Maya Roux")
    made = items.add_item(seat=lead, kind="action", key=uuid4(), fields={"title": "Louer"})
    save(lead, made.pk, "owner", str(other.pk))
    other.left_at = other.joined_at
    other.save()
    page = client(lead).get(reverse("method:item", args=[lead.engagement_id, made.pk])).content.decode()
    assert "Maya Roux" in page
    assert save(lead, made.pk, "owner", str(other.pk), base=1).status_code == 422
