"""Who is seen, under what name: neither the order of joining nor the progress tells who is who."""

from __future__ import annotations

import pytest

from apps.course.groups import privacy
from apps.course.groups.privacy import Person, State, seen


def person(name: str = "", number: int = 10, *states: State) -> Person:
    return Person(name, number, states)


def test_names_come_first_in_their_order_then_numbers() -> None:
    people = [person("", 47), person("Zoé"), person("Élise"), person("", 12), person("", 90), person("Farid")]
    assert [row.label for row in seen(people).people] == [
        "Élise",
        "Farid",
        "Zoé",
        *(f"Participante ou participant\u00a0{number}" for number in (12, 47, 90)),
    ]


@pytest.mark.parametrize(("unnamed", "told"), [(0, True), (1, False), (2, False), (3, True), (8, True)])
def test_below_three_nothing_is_told_of_those_who_hide_their_name(unnamed: int, told: bool) -> None:
    people = [person("Zoé"), *(person("", 10 + rank, "done") for rank in range(unnamed))]
    found = seen(people)
    assert found.hidden == (0 if told else unnamed)
    assert len(found.people) == 1 + (unnamed if told else 0)


def test_nobody_seen_and_nobody_hidden_in_an_empty_group() -> None:
    assert seen([]) == privacy.Seen(())


def test_a_number_is_never_taken_twice_and_rooms_grow() -> None:
    taken: set[int] = set()
    for _ in range(1000):
        number = privacy.draw_number(taken)
        assert number not in taken
        taken.add(number)
    assert min(taken) >= 10
    assert max(taken) >= 1000


def test_a_number_does_not_tell_the_order_of_joining() -> None:
    first = {privacy.draw_number(set()) for _ in range(200)}
    assert len(first) > 30, "the first to join gets any number"


def test_a_course_without_steps_is_not_finished() -> None:
    assert not person("Zoé").is_over
    assert person("Zoé", 10, "done", "done").is_over
    assert not person("Zoé", 10, "done", "begun").is_over
