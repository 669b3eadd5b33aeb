"""Planned beside actual, and the day of the next review: pure rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apps.methodology.roadmap import follow_up, gauge
from apps.methodology.roadmap.indicators import Indicator, Reading, Review, next_review, sorted_readings
from tests.methodology.roadmap.support import TODAY, plainly


def D(text: str) -> Decimal:  # noqa: N802
    return Decimal(text)


def reading(on: str, planned: str = "", actual: str = "") -> Reading:
    return Reading(on, date.fromisoformat(on), D(planned) if planned else None, D(actual) if actual else None)


def indicator(*readings: Reading, **said: object) -> Indicator:
    given = {
        "unit": "heures",
        "start": D("0"),
        "start_on": date(2027, 1, 1),
        "goal": D("120"),
        "goal_on": date(2027, 12, 31),
        **said,
    }
    return Indicator("x", "Heures de bénévolat", readings=sorted_readings(readings), **given)  # type: ignore[arg-type]


def test_what_is_expected_is_on_the_line_between_start_and_goal() -> None:
    found = indicator()
    assert found.expected(date(2026, 12, 31)) is None
    assert found.expected(date(2027, 1, 1)) == 0
    assert round(found.expected(date(2027, 7, 2)) or 0, 6) == 60
    assert found.expected(date(2029, 1, 1)) == 120


def test_a_planned_number_bends_the_line() -> None:
    found = indicator(reading("2027-06-30", planned="30"))
    assert found.expected(date(2027, 6, 30)) == 30
    assert (found.expected(date(2027, 4, 1)) or 0) < 30


def test_a_start_without_a_date_counts_from_the_first_look() -> None:
    found = indicator(reading("2027-03-01", actual="5"), start_on=None)
    assert found.path[0] == (date(2027, 3, 1), D("0"))
    assert indicator(start_on=None).path == [(date(2027, 12, 31), D("120"))]


def test_the_gap_is_told_in_words() -> None:
    found = indicator(reading("2027-06-30", planned="60", actual="48"))
    assert plainly(follow_up.sentence(found)) == (
        "Le 30 juin 2027 : 48 heures, 12 de moins que prévu. Visé : 120 heures le 31 décembre 2027."
    )
    more = indicator(reading("2027-06-30", planned="60", actual="63.5"))
    assert "3,5 de plus que prévu" in plainly(follow_up.sentence(more))
    even = indicator(reading("2027-06-30", planned="60", actual="60"))
    assert "comme prévu" in follow_up.sentence(even)


def test_a_gap_of_shares_is_in_points() -> None:
    assert plainly(follow_up.gap_told(D("-1"), "%")) == "1 point de moins que prévu"
    assert plainly(follow_up.gap_told(D("12"), "%")) == "12 points de plus que prévu"


def test_nothing_read_yet_is_said() -> None:
    assert follow_up.last_told(indicator(start=None)) == "Rien de relevé pour l’instant."
    assert plainly(follow_up.last_told(indicator())) == (
        "Au départ : 0 heures, relevés le 1er janvier 2027. Aucun relevé depuis."
    )


def test_days_chosen_are_awaited_once_they_have_passed() -> None:
    found = indicator(reading("2027-03-14", planned="20"), reading("2027-06-30", planned="60"))
    assert [one.on for one in found.awaited(TODAY)] == [date(2027, 3, 14)]
    assert found.next_on(TODAY) == date(2027, 6, 30)


def test_the_picture_says_every_number_in_its_table() -> None:
    found = indicator(reading("2027-06-30", planned="60", actual="48"), reading("2027-09-30"))
    svg = gauge.draw(found, "x")
    assert svg
    assert [tuple(map(plainly, row)) for row in svg.rows] == [
        ("1er janvier 2027", "0 heures", "0 heures", "0"),
        ("30 juin 2027", "60 heures", "48 heures", "−12"),
        ("30 septembre 2027", "90 heures", "pas encore", "–"),
        ("31 décembre 2027", "120 heures", "pas encore", "–"),
    ]
    assert "stroke-dasharray" in svg.inline()


def test_nothing_to_draw_draws_nothing_and_one_point_is_drawn() -> None:
    assert gauge.draw(Indicator("x", "Vide"), "x") is None
    alone = gauge.draw(indicator(reading("2027-06-30", actual="48"), start=None, goal=None), "x")
    assert alone
    assert "48" in alone.inline()


def test_the_next_review() -> None:
    def review(on: str, next_on: str = "") -> Review:
        return Review(on, date.fromisoformat(on), date.fromisoformat(next_on) if next_on else None)

    assert next_review([], TODAY) is None
    assert next_review([review("2026-03-01", "2027-03-01")], TODAY) == date(2027, 3, 1)
    assert next_review([review("2026-03-01", "2027-03-01"), review("2027-03-02")], TODAY) is None
    assert next_review([review("2026-03-01", "2027-03-01"), review("2027-04-02")], TODAY) == date(2027, 4, 2)
    assert next_review([Review("x", None, date(2027, 9, 1))], TODAY) == date(2027, 9, 1)
