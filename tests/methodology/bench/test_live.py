"""What the others do, asked again and again: cheap when nothing is new."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.methodology.enums import SeatRole
from apps.methodology.models import Change, Presence, Seat
from apps.methodology.services import items
from tests.methodology.bench.test_saving import client, note, save
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of(), full_name="Maya Roux")


@pytest.fixture
def member(lead: Seat) -> Seat:
    return seat_in(lead.engagement, SeatRole.MEMBER, full_name="Jonas Petit")


def news(seat: Seat, after: int = 0, mark: str = "", tool: str = "cadrage") -> Any:
    data = {"apres": after, "vu": mark, "outil": tool}
    return client(seat).get(reverse("method:news", args=[seat.engagement_id]), data)


def is_here(seat: Seat, field: str = "", tool: str = "cadrage") -> Any:
    return client(seat).post(
        reverse("method:here", args=[seat.engagement_id]), {"outil": tool, "champ": field}
    )


def test_a_change_is_told_once_with_its_text_and_its_author(lead: Seat, member: Seat) -> None:
    save(member, note(lead), "mandate", "Un")
    save(member, note(lead), "mandate", "Deux", base=1)
    told = news(lead).json()
    assert told["number"] == 2
    name = f"{note(lead)}:mandate"
    assert told["fields"] == [{"name": name, "version": 2, "values": ["Deux"], "by": "Jonas Petit"}]
    assert news(lead, after=2, mark=told["mark"]).status_code == 204


def test_another_tool_s_change_is_not_told(lead: Seat) -> None:
    items.add_item(seat=lead, kind="action", key=uuid4(), fields={"title": "Louer"})
    told = news(lead).json()
    assert (told["fields"], told["any"]) == ([], False)
    assert told["number"] == 2


def test_the_others_are_told_with_the_field_they_write(lead: Seat, member: Seat) -> None:
    save(lead, note(lead), "mandate", "Un")
    assert is_here(member, f"{note(lead)}:mandate").status_code == 204
    told = news(lead).json()
    assert "Jonas Petit" in told["people"]
    assert told["writing"] == {f"{note(lead)}:mandate": "Jonas Petit"}
    assert news(member).json()["people"] == ""  # not herself
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert news(lead).json()["people"] == ""


def test_a_place_in_a_foreign_field_is_not_noted(lead: Seat) -> None:
    other = seat_in(engagement_of())
    save(other, note(other), "mandate", "Un")
    is_here(lead, f"{note(other)}:mandate")
    is_here(lead, "n’importe quoi")
    assert Presence.objects.get(seat=lead).item_id is None


def test_too_much_news_asks_for_the_page_again(lead: Seat) -> None:
    item = items.add_item(seat=lead, kind="meeting", key=uuid4())
    Change.objects.bulk_create(
        Change(
            engagement=lead.engagement,
            number=number,
            act="set",
            item=item,
            code="title",
            after="x",
            version=1,
        )
        for number in range(2, 300)
    )
    lead.engagement.sequence = 299
    lead.engagement.save()
    assert news(lead, after=1).json()["reload"] is True


def test_nothing_new_costs_four_queries(
    lead: Seat, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mark = news(lead).json()["mark"]
    person = client(lead)
    url = reverse("method:news", args=[lead.engagement_id])
    with django_assert_num_queries(4):  # session, person, place, people
        answer = person.get(url, {"apres": 0, "vu": mark, "outil": "cadrage"})
    assert answer.status_code == 204


def test_a_member_removed_hears_nothing_more(lead: Seat, member: Seat) -> None:
    person = client(member)
    url = reverse("method:news", args=[lead.engagement_id])
    assert person.get(url, {"outil": "cadrage"}).status_code == 200
    member.left_at = timezone.now()
    member.save()
    assert person.get(url, {"outil": "cadrage"}).status_code == 404


# --- the look that is answered before anything else ------------------------------------------------------------------
def look(seat: Seat, person: Any, **said: Any) -> Any:
    """As the page of the tool asks, with its own ticket."""
    page = person.get(reverse("method:tool", args=[seat.engagement_id, "cadrage"])).content.decode()
    found = re.search(r'data-ticket="([^"]+)"', page)
    assert found
    data = {"outil": "cadrage", "billet": found[1], "vu": "", "apres": seat.engagement.sequence, **said}
    return person.get(reverse("method:news", args=[seat.engagement_id]), data)


def test_a_look_that_finds_nothing_new_costs_one_query(
    lead: Seat, member: Seat, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    is_here(member)
    person = client(lead)
    mark = look(lead, person).json()["mark"]
    page = person.get(reverse("method:tool", args=[lead.engagement_id, "cadrage"])).content.decode()
    found = re.search(r'data-ticket="([^"]+)"', page)
    assert found
    data = {"outil": "cadrage", "billet": found[1], "vu": mark, "apres": 0}
    with django_assert_num_queries(1):
        assert person.get(reverse("method:news", args=[lead.engagement_id]), data).status_code == 204


def test_a_look_hears_a_change_and_a_person_who_comes(lead: Seat, member: Seat) -> None:
    person = client(lead)
    mark = look(lead, person).json()["mark"]
    assert look(lead, person, vu=mark).status_code == 204
    is_here(member)
    assert "Jonas Petit" in look(lead, person, vu=mark).json()["people"]
    mark = look(lead, person).json()["mark"]
    save(member, note(lead), "mandate", "Un")
    assert look(lead, person, vu=mark, apres=0).json()["fields"][0]["values"] == ["Un"]


@pytest.mark.parametrize("change", ["left", "lapsed", "inactive", "observer", "signed out"])
def test_a_ticket_is_worth_nothing_once_its_seat_or_session_is_over(
    lead: Seat, member: Seat, change: str
) -> None:
    person = client(member)
    assert member.user
    mark = look(member, person).json()["mark"]
    page = person.get(reverse("method:tool", args=[lead.engagement_id, "cadrage"])).content.decode()
    found = re.search(r'data-ticket="([^"]+)"', page)
    assert found
    data = {"outil": "cadrage", "billet": found[1], "vu": mark, "apres": 0}
    url = reverse("method:news", args=[lead.engagement_id])
    assert person.get(url, data).status_code == 204
    if change == "left":
        Seat.objects.filter(pk=member.pk).update(left_at=timezone.now())
    elif change == "lapsed":
        member.user.memberships.all().delete()
    elif change == "inactive":
        type(member.user).objects.filter(pk=member.user.pk).update(is_active=False)
    elif change == "observer":
        Seat.objects.filter(pk=member.pk).update(role=SeatRole.OBSERVER)
    else:
        person.logout()
    expected = {"left": 404, "lapsed": 404, "observer": 403}.get(change, 401)
    assert person.get(url, data).status_code == expected


def test_a_ticket_of_somebody_else_or_of_another_demarche_opens_nothing(lead: Seat, member: Seat) -> None:
    person = client(lead)
    mark = look(lead, person).json()["mark"]
    page = person.get(reverse("method:tool", args=[lead.engagement_id, "cadrage"])).content.decode()
    found = re.search(r'data-ticket="([^"]+)"', page)
    assert found
    data = {"outil": "cadrage", "billet": found[1], "vu": mark, "apres": 0}
    other = seat_in(engagement_of())
    assert client(other).get(reverse("method:news", args=[lead.engagement_id]), data).status_code == 404
    assert person.get(reverse("method:news", args=[other.engagement_id]), data).status_code == 404
    assert StrictClient().get(reverse("method:news", args=[lead.engagement_id]), data).status_code == 401
