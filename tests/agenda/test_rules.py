"""The third Thursday and its hours, whatever the clocks do. No database here."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.agenda import rules, words

years = st.integers(1997, 2100)
months = st.integers(1, 12)
days = st.dates(date(1997, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1997, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2022, 1, 20),
        (2022, 2, 17),
        (2022, 9, 15),
        (2023, 6, 15),
        (2026, 10, 15),
        (2026, 12, 17),
        (2027, 1, 21),
        (2027, 4, 15),
    ],
)
def test_third_thursdays_that_a_calendar_shows(year: int, month: int, day: int) -> None:
    assert rules.third_thursday(year, month) == date(year, month, day)


@settings(deadline=None)
@given(years, months)
def test_the_third_thursday_is_the_third_of_the_thursdays(year: int, month: int) -> None:
    weeks = calendar.monthcalendar(year, month)
    thursdays = [week[3] for week in weeks if week[3]]
    assert rules.third_thursday(year, month).day == thursdays[2]


@settings(deadline=None)
@given(days)
def test_they_follow_each_other_one_a_month(since: date) -> None:
    found = list(islice(rules.third_thursdays(since), 13))
    assert since <= found[0] <= since + timedelta(days=35)
    assert found == sorted(set(found))
    assert len({(day.year, day.month) for day in found}) == 13
    gaps = {(b - a).days for a, b in pairwise(found)}
    assert gaps <= {28, 35}


@settings(deadline=None)
@given(days)
def test_it_is_always_one_o_clock_in_paris(day: date) -> None:
    starts_at, ends_at = rules.slot(day)
    assert ends_at - starts_at == timedelta(minutes=90)
    for moment, hour in ((starts_at, time(13)), (ends_at, time(14, 30))):
        shown = moment.astimezone(rules.PARIS)
        assert (shown.date(), shown.time()) == (day, hour)
        assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        (date(2026, 3, 19), 12),  # the third Thursday before the clocks go forward, on the 29th
        (date(2026, 4, 16), 11),
        (date(2026, 10, 15), 11),  # before they go back, on the 25th
        (date(2026, 11, 19), 12),
        (date(2027, 3, 28), 11),  # the day itself: at one o'clock it is done
        (date(2027, 10, 31), 12),
    ],
)
def test_the_same_hour_on_both_sides_of_a_change(day: date, hour_in_utc: int) -> None:
    assert rules.slot(day)[0] == datetime(day.year, day.month, day.day, hour_in_utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour"), [(date(2027, 3, 28), time(2, 30)), (date(2027, 10, 31), time(2, 30))]
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused(day: date, hour: time) -> None:
    with pytest.raises(rules.NoSuchTimeError):
        rules.at(day, hour)
    assert rules.at(day, time(4)).astimezone(rules.PARIS).time() == time(4)


@settings(deadline=None)
@given(moments)
def test_the_next_ones_are_not_over(now: datetime) -> None:
    found = rules.next_thursdays(now, 3)
    assert all(rules.slot(day)[1] > now for day in found)
    gone = list(islice(rules.third_thursdays(rules.local(now).date() - timedelta(days=40)), 3))
    assert found[0] == next(day for day in gone if rules.slot(day)[1] > now)


def test_today_counts_until_the_end_of_the_usual_hours() -> None:
    day = date(2027, 1, 21)
    end = rules.at(day, time(14, 30))
    assert rules.next_thursdays(end - timedelta(seconds=1), 2) == [day, date(2027, 2, 18)]
    assert rules.next_thursdays(end, 1) == [date(2027, 2, 18)]


@settings(deadline=None)
@given(days)
def test_the_reminder_is_due_from_the_morning_of_the_eve(day: date) -> None:
    starts_at, _ = rules.slot(day)
    first = rules.reminder_from(starts_at)
    shown = rules.local(first)
    assert (shown.date(), shown.time()) == (day - timedelta(days=1), time(9))
    assert not rules.reminder_is_due(starts_at, first - timedelta(seconds=1))
    assert rules.reminder_is_due(starts_at, first)
    assert rules.reminder_is_due(starts_at, starts_at - timedelta(seconds=1))
    assert not rules.reminder_is_due(starts_at, starts_at)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 27), (date(2027, 10, 31), 29), (date(2027, 1, 21), 28)]
)
def test_the_eve_is_a_day_of_the_calendar_even_when_it_has_not_24_hours(day: date, hours: int) -> None:
    """The night of a change has 23 or 25 hours: nine o'clock stays nine o'clock."""
    starts_at, _ = rules.slot(day)
    assert starts_at - rules.reminder_from(starts_at) == timedelta(hours=hours)


def test_dates_and_hours_in_words() -> None:
    starts_at, ends_at = rules.slot(date(2026, 12, 17))
    assert words.day(date(2026, 12, 17)) == "jeudi\u00a017\u00a0décembre 2026"
    assert words.day(date(2027, 3, 1)) == "lundi\u00a01er\u00a0mars 2027"
    assert words.hours(starts_at, ends_at) == "de 13\u00a0h à 14\u00a0h\u00a030"
    # Half past midnight in Paris is the day before in UTC.
    assert words.day_of(rules.at(date(2027, 1, 21), time(0, 30))).startswith("jeudi\u00a021")


def test_a_late_reminder_says_today() -> None:
    starts_at, _ = rules.slot(date(2027, 1, 21))
    assert words.from_today(starts_at, rules.at(date(2027, 1, 20), time(9))) == "demain"
    assert words.from_today(starts_at, rules.at(date(2027, 1, 20), time(23, 59))) == "demain"
    assert words.from_today(starts_at, rules.at(date(2027, 1, 21), time(0, 1))) == "aujourd’hui"
