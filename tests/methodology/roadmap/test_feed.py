"""The calendar of one person: made by a button, valid, hers alone, and gone with her seat."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from apps.accounts.models import Membership
from apps.core.secrets import hash_token
from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Seat
from apps.methodology.roadmap import calendars
from tests.methodology.roadmap.support import client, item, words
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def page(seat: Seat) -> str:
    return reverse("method:feed_make", args=[seat.engagement_id])


def made(seat: Seat) -> str:
    """The path of a new address, as it is shown."""
    answer = client(seat).post(page(seat), {"act": "make"})
    found = re.search(r'value="[^"]*(/agir/calendrier/[\w-]+\.ics)"', answer.content.decode())
    assert found
    return found[1]


def events(path: str) -> dict[str, Any]:
    answer = StrictClient().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    assert not [one.errors for one in found if one.errors]
    return {str(one["SUMMARY"]).replace("\u00a0", " "): one for one in found}


def test_reading_the_page_makes_nothing_and_the_button_shows_it_once(lead: Seat) -> None:
    client(lead).get(page(lead))
    lead.refresh_from_db()
    assert lead.feed_hash == ""
    path = made(lead)
    lead.refresh_from_db()
    token = path.split("/")[-1].removesuffix(".ics")
    assert lead.feed_hash == hash_token(token)
    again = client(lead).get(page(lead))
    assert token not in again.content.decode()
    assert "Faire une nouvelle adresse" in words(again)


def test_it_holds_her_actions_the_meetings_and_the_reviews(lead: Seat, member: Seat) -> None:
    mine = item(lead, "action", title="Signer; le, bail\\n", due="2027-06-30", owner=str(lead.pk))
    item(lead, "action", title="Finie", due="2027-05-01", owner=str(lead.pk), progress="done")
    item(lead, "action", title="Abandonnée", due="2027-05-01", owner=str(lead.pk), progress="dropped")
    item(lead, "action", title="Pas à elle", due="2027-05-01", owner=str(member.pk))
    item(lead, "action", title="Sans date", owner=str(lead.pk))
    item(lead, "meeting", title="Comité", date="2027-04-01", who="Farid Fort")
    item(lead, "review", date="2027-09-01", next_on="2028-09-01", who="Farid Fort")
    Item.objects.create(engagement=lead.engagement, kind="meeting", gone_at=timezone.now())
    found = events(made(lead))
    assert sorted(found) == [
        "Comité",
        "Fait : Finie",
        "Prochaine revue annuelle",
        "Revue annuelle",
        "Échéance : Signer; le, bail\\n",
    ]
    one = found["Échéance : Signer; le, bail\\n"]
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2027, 6, 30), date(2027, 7, 1))
    assert str(mine.pk) in one["UID"]
    assert one["URL"].endswith(f"/elements/{mine.pk}/")
    raw = b"".join(StrictClient().get(made(lead)))
    assert b"Farid" not in raw


def test_a_title_cannot_add_a_line_of_its_own(lead: Seat) -> None:
    item(
        lead,
        "action",
        title="Un\r\nEND:VEVENT\r\nATTACH:https://mal.example",
        due="2027-06-30",
        owner=str(lead.pk),
    )
    raw = StrictClient().get(made(lead)).content.split(b"\r\n")
    assert raw.count(b"END:VEVENT") == 1
    assert not [line for line in raw if line.startswith(b"ATTACH")]


def test_a_changed_date_is_told_as_a_newer_event(lead: Seat) -> None:
    row = item(lead, "action", title="Louer", due="2027-06-30", owner=str(lead.pk))
    path = made(lead)
    before = events(path)["Échéance : Louer"]
    row.fields.filter(code="due").update(value="2027-07-30", version=2, changed_at=timezone.now())
    after = events(path)["Échéance : Louer"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_new_address_stops_the_one_before_and_stopping_stops_all(lead: Seat) -> None:
    first, second = made(lead), made(lead)
    assert StrictClient().get(first).status_code == 404
    assert StrictClient().get(second).status_code == 200
    client(lead).post(page(lead), {"act": "stop"})
    assert StrictClient().get(second).status_code == 404


@pytest.mark.parametrize("how", ["left", "no member", "observer", "inactive"])
def test_a_seat_that_no_longer_reads_gets_nothing(lead: Seat, how: str) -> None:
    path = made(lead)
    assert StrictClient().get(path).status_code == 200
    if how == "left":
        Seat.objects.filter(pk=lead.pk).update(left_at=timezone.now())
    elif how == "no member":
        Membership.objects.filter(user=lead.user).delete()
    elif how == "observer":
        Seat.objects.filter(pk=lead.pk).update(role=SeatRole.OBSERVER)
    else:
        assert lead.user
        lead.user.is_active = False
        lead.user.save()
    assert StrictClient().get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "Zx9" * 10 + "ab", "é" * 32])
def test_any_other_address_is_not_found(lead: Seat, token: str) -> None:
    assert StrictClient().get(f"/agir/calendrier/{token}.ics").status_code == 404
    assert calendars.seat_of("") is None


def test_it_writes_nothing_when_read_and_costs_three_queries(
    lead: Seat, django_assert_num_queries: Any
) -> None:
    for n in range(50):
        item(lead, "action", title=f"Action {n}", due="2027-06-30", owner=str(lead.pk))
    path = made(lead)
    with django_assert_num_queries(3):
        assert StrictClient().get(path).status_code == 200
    assert StrictClient().post(path).status_code == 405


def test_each_has_her_own(lead: Seat, member: Seat) -> None:
    other = seat_in(engagement_of())
    item(lead, "action", title="À Farid", due="2027-06-30", owner=str(member.pk))
    item(other, "meeting", title="Ailleurs", date="2027-06-30")
    assert list(events(made(member))) == ["Échéance : À Farid"]
    assert events(made(lead)) == {}
