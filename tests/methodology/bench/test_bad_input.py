"""What no honest page sends, and what was typed on a page that others left behind: no error of ours, no text lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.methodology.models import Engagement, Field, Item, Presence, Seat
from apps.methodology.services import items
from apps.methodology.services.items import single_key
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def client(seat: Seat) -> StrictClient:
    assert seat.user
    client = StrictClient()
    client.force_login(seat.user)
    return client


def url(seat: Seat, name: str, *args: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *args])


def made(seat: Seat, kind: str = "activity", **said: Any) -> Item:
    return items.add_item(seat=seat, kind=kind, key=uuid4(), **{"fields": {"title": "Vélo"}, **said})


def close(seat: Seat) -> None:
    Engagement.objects.filter(pk=seat.engagement_id).update(closed_at=timezone.now())


def note(seat: Seat) -> UUID:
    return single_key(seat.engagement_id, "note")


# --- what no page sends ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["mandate\x00", "x" * 50, "ailleurs"])
def test_a_cursor_in_no_field_is_nowhere(lead: Seat, code: str) -> None:
    sent = {"outil": "cadrage", "champ": f"{note(lead)}:{code}"}
    assert client(lead).post(url(lead, "here"), sent).status_code == 204
    assert Presence.objects.get(seat=lead).code == ""


@pytest.mark.parametrize("after", ["²", "-1", "9" * 30, "1\x00"])
def test_news_after_no_number_are_all_the_news(lead: Seat, after: str) -> None:
    made(lead)
    answer = client(lead).get(url(lead, "news"), {"outil": "activites", "apres": after})
    assert len(answer.json()["fields"]) == 1


@pytest.mark.parametrize("base", ["²", "9" * 5000, "-1", "", "1.0"])
def test_a_script_with_a_strange_version_is_told(lead: Seat, base: str) -> None:
    item = made(lead)
    data = {"item": item.pk, "code": "title", "value": "Autre", "base": base, "key": uuid4()}
    answer = client(lead).post(url(lead, "field"), data)
    assert answer.status_code == 404
    assert "rechargez la page" in answer.json()["message"]
    assert Field.objects.get(item=item, code="title").value == "Vélo"


@pytest.mark.parametrize("base", ["²", "9" * 5000, "-1", ""])
def test_a_form_with_a_strange_version_is_a_first_text(lead: Seat, base: str) -> None:
    sent = {"c": "mandate", "v-mandate": "Oui", "b-mandate": base}
    assert client(lead).post(url(lead, "item", note(lead)), sent).status_code == 302
    assert Field.objects.get(item=note(lead), code="mandate").value == "Oui"


# --- the same page twice ---------------------------------------------------------------------------------------------
def test_a_page_of_before_takes_nothing_away_again(lead: Seat) -> None:
    item, key = made(lead), uuid4()
    act = url(lead, "item_act", item.pk)
    for what, sent in (("remove", {"key": key}), ("back", {})):
        client(lead).post(act, {"act": what, **sent})
    answer = client(lead).post(act, {"act": "remove", "key": key}, follow=True)
    assert items.STALE in answer.content.decode()
    item.refresh_from_db()
    assert item.gone_at is None


def test_a_second_click_moves_nothing(lead: Seat) -> None:
    for title in ("A", "B", "C"):
        made(lead, fields={"title": title})
    last = Item.objects.filter(kind="activity").last()
    assert last
    page = client(lead).get(url(lead, "tool", "activites")).content.decode()
    form = page.split(f'action="{url(lead, "item_act", last.pk)}"')[1]
    key = form.split('name="key" value="')[1].split('"')[0]
    for _ in range(2):
        client(lead).post(url(lead, "item_act", last.pk), {"act": "up", "key": key})
    rows = Item.objects.filter(kind="activity").order_by("place")
    assert [row.fields.get(code="title").value for row in rows] == ["A", "C", "B"]


# --- others went on meanwhile ----------------------------------------------------------------------------------------
def test_what_was_typed_for_a_closed_demarche_stays_on_the_page(lead: Seat) -> None:
    close(lead)
    sent = {"c": "mandate", "v-mandate": "Tout un mandat", "b-mandate": "0"}
    answer = client(lead).post(url(lead, "item", note(lead)), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Tout un mandat" in html
    assert "Cette démarche est close" in html


def test_an_item_for_a_closed_demarche_stays_on_the_page(lead: Seat) -> None:
    close(lead)
    answer = client(lead).post(url(lead, "item_add", "activity"), {"v-title": "Atelier couture"})
    assert answer.status_code == 422
    assert "Atelier couture" in answer.content.decode()
    assert not Item.objects.exists()


def test_what_was_typed_in_an_item_taken_away_stays_on_the_page(lead: Seat) -> None:
    item = made(lead)
    items.remove_item(seat=lead, item=item, key=uuid4())
    sent = {
        "c": ["title", "what"],
        "v-title": "Vélo",
        "b-title": "1",
        "v-what": "Réparer\r\nensemble",
        "b-what": "0",
    }
    answer = client(lead).post(url(lead, "item", item.pk), sent)
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Réparer\nensemble" in html
    assert html.count("kept-text") == 1


def test_what_was_typed_under_an_item_taken_away_stays_on_the_page(lead: Seat) -> None:
    above = made(lead, "indicator")
    reading = made(lead, "reading", fields={"date": "2026-01-31"}, parent=above)
    items.remove_item(seat=lead, item=above, key=uuid4())
    sent = {"c": "comment", "v-comment": "Vu avec l’équipe", "b-comment": "0"}
    answer = client(lead).post(url(lead, "item", reading.pk), sent)
    assert answer.status_code == 410
    html = answer.content.decode()
    assert "Vu avec l’équipe" in html
    assert url(lead, "item_act", above.pk) in html
