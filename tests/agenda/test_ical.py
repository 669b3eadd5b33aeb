"""Calendar files: valid when read again, at the right hour on both sides of a change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from icalendar import Calendar

from apps.agenda import ical, rules
from apps.agenda.enums import SessionState
from apps.agenda.models import Session
from tests.agenda.helpers import event_of
from tests.factories.agenda import JOIN, cancelled, session
from tests.support.client import StrictClient

# The rule as a calendar program reads it, without its own knowledge of Paris.
WRITTEN = ical.paris().to_tz(lookup_tzid=False)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
days = st.dates(date(1997, 1, 1), date(2100, 12, 31))
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=150)


def unsaved(day: date = date(2027, 1, 21), **fields: Any) -> Session:
    starts_at, ends_at = rules.slot(day)
    values = {"slug": "habiter", "title": "Habiter", "state": SessionState.OPEN, "updated_at": NOW, **fields}
    return Session(starts_at=starts_at, ends_at=ends_at, **values)


@hypothesis(deadline=None)
@given(days)
def test_it_says_one_o_clock_in_paris_and_means_it(day: date) -> None:
    row = unsaved(day)
    content = ical.public(row)
    assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T130000\r\n".encode() in content
    assert f"DTEND;TZID=Europe/Paris:{day:%Y%m%d}T143000\r\n".encode() in content
    event = event_of(content)
    assert (event.start, event.end) == (row.starts_at, row.ends_at)


@hypothesis(deadline=None)
@given(st.dates(date(1997, 1, 1), date(2100, 12, 31)), st.times())
def test_the_rule_of_the_clocks_in_the_file_is_the_one_of_paris(day: date, hour: time) -> None:
    """A calendar program that knows no « Europe/Paris » reads the rule of the file: it must not be off by an hour."""
    try:
        moment = rules.at(day, hour.replace(microsecond=0)).astimezone(rules.PARIS)
    except rules.NoSuchTimeError:
        return
    assert moment.replace(tzinfo=WRITTEN).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        (date(2027, 3, 18), 12),
        (date(2027, 3, 27), 12),
        (date(2027, 3, 28), 11),
        (date(2027, 10, 30), 11),
        (date(2027, 10, 31), 12),
    ],
)
def test_around_a_change(day: date, hour_in_utc: int) -> None:
    start = event_of(ical.invitation(unsaved(day))).start
    assert start.astimezone(UTC).hour == hour_in_utc


@hypothesis(deadline=None)
@given(texts, texts)
def test_any_text_is_read_again_as_it_was(title: str, summary: str) -> None:
    content = ical.public(unsaved(title=title, summary=summary))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    event = event_of(content)
    assert event["SUMMARY"] == title
    assert event["DESCRIPTION"].startswith(summary)


def test_a_text_cannot_add_a_line_of_its_own() -> None:
    content = ical.public(
        unsaved(title="Agir; ici, \\n", summary="Un\nEND:VEVENT\r\nATTACH:https://mal.example")
    )
    lines = content.split(b"\r\n")
    assert lines.count(b"END:VEVENT") == 1
    assert not [line for line in lines if line.startswith(b"ATTACH")]
    assert event_of(content)["SUMMARY"] == "Agir; ici, \\n"


def test_what_a_calendar_needs(settings: Any) -> None:
    settings.SITE_URL = "https://trajectoires.example"
    row = unsaved(pk=UUID(int=7), sequence=3)
    calendar = Calendar.from_ical(ical.public(row))
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert "Trajectoires" in calendar["PRODID"]
    assert [zone["TZID"] for zone in calendar.timezones] == ["Europe/Paris"]
    assert calendar.get_missing_tzids() == set()
    event = calendar.walk("VEVENT")[0]
    page = "https://trajectoires.example/s-informer/agenda/habiter/"
    assert event["UID"] == "00000000-0000-0000-0000-000000000007@trajectoires"
    assert (event["SEQUENCE"], event["STATUS"], event["URL"]) == (3, "CONFIRMED", page)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == NOW
    assert event["ORGANIZER"] == f"mailto:{settings.CONTACT_EMAIL}"
    assert page in event["DESCRIPTION"]
    assert not event.errors


def test_the_link_to_join_is_only_in_the_file_of_registered_people() -> None:
    row = unsaved(join_url=JOIN)
    assert event_of(ical.invitation(row))["LOCATION"] == JOIN
    for content in (ical.public(row), ical.feed([row])):
        assert b"visio" not in content.replace(b"\r\n ", b"")


def test_a_cancelled_session_says_why() -> None:
    row = unsaved(state=SessionState.CANCELLED, cancelled_reason="Reportée.", summary="Une présentation.")
    for content in (ical.public(row), ical.invitation(row)):
        assert b"METHOD:CANCEL" in content
        event = event_of(content)
        assert event["STATUS"] == "CANCELLED"
        assert "Reportée." in event["DESCRIPTION"]
        assert "Une présentation." not in event["DESCRIPTION"]


# The addresses


@pytest.mark.django_db
def test_the_file_of_a_session(client: StrictClient) -> None:
    row = session(slug="habiter")
    page = client.get("/s-informer/agenda/habiter/seance.ics")
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="habiter.ics"'
    assert event_of(page.content)["UID"] == ical.uid(row)


@pytest.mark.django_db
def test_the_feed_holds_every_announced_session_of_the_year(client: StrictClient) -> None:
    shown = [
        session(date(2027, 1, 21)),
        session(date(2026, 3, 19)),
        session(date(2026, 10, 15)),
        cancelled(date(2027, 2, 18)),
    ]
    session(date(2027, 3, 18), state="draft")
    session(date(2025, 10, 16))
    page = client.get("/s-informer/agenda.ics")
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(page.content)
    events = {event["UID"]: event for event in calendar.walk("VEVENT")}
    assert set(events) == {ical.uid(row) for row in shown}
    for row in shown:
        assert events[ical.uid(row)].start == row.starts_at
        assert events[ical.uid(row)].start.time() == time(13)
    assert events[ical.uid(shown[3])]["STATUS"] == "CANCELLED"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Trajectoires socio-économiques"


@pytest.mark.django_db
def test_an_empty_agenda_is_a_valid_feed(client: StrictClient) -> None:
    calendar = Calendar.from_ical(client.get("/s-informer/agenda.ics").content)
    assert calendar.walk("VEVENT") == []


@pytest.mark.django_db
def test_a_program_that_asks_again_gets_nothing_until_something_changes(client: StrictClient) -> None:
    row = session()
    seen = client.get("/s-informer/agenda.ics")["ETag"]
    assert client.get("/s-informer/agenda.ics", headers={"if-none-match": seen}).status_code == 304
    row.sequence += 1
    row.save()
    assert client.get("/s-informer/agenda.ics", headers={"if-none-match": seen}).status_code == 200


def test_the_address_to_subscribe(settings: Any) -> None:
    settings.SITE_URL = "https://trajectoires.example"
    assert ical.subscribe_url() == "webcal://trajectoires.example/s-informer/agenda.ics"
