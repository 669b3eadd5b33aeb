"""What an association wrote in the course is found again, by its members and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts import notebook
from apps.accounts.models import Organisation, User
from apps.course.enums import PageKind
from apps.course.models import ExerciseAnswer, Page
from apps.course.notebook import GONE
from tests.course.notes import first_prompt, wrote, wrote_all
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.course import page, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Canal")


@pytest.fixture
def reader(organisation: Organisation) -> User:
    return member(organisation)


def test_a_note_says_what_was_asked_what_was_written_and_by_whom(
    organisation: Organisation, reader: User
) -> None:
    author = member(organisation)
    author.full_name = "Nadia Morel"
    author.save()
    row = wrote(organisation, 2, "Les besoins montent.", by=author)
    (found,) = notebook.notes(reader, organisation)
    exercise = step(2).exercise
    assert (found.title, found.source_label) == (exercise.title, "Parcours, étape\u00a02")
    assert found.url == "/se-former/etapes/etape-2/exercice/"
    assert found.lines == ((exercise.prompts[0].label, "Les besoins montent."),)
    assert (found.axis, found.method_step) == (exercise.axis, exercise.method_step)
    assert (found.updated_at, found.updated_by) == (row.updated_at, "Nadia Morel")


def test_answers_come_in_the_order_of_the_questions_and_in_words(
    organisation: Organisation, reader: User
) -> None:
    prompts = step(1).exercise.prompts
    values: dict[str, Any] = {prompt.code: "" for prompt in prompts}
    values |= {prompts[-1].code: ["un", "deux"], prompts[0].code: "  d’abord  "}
    wrote_all(organisation, 1, dict(reversed(values.items())))
    (found,) = notebook.notes(reader, organisation)
    assert found.lines == ((prompts[0].label, "d’abord"), (prompts[-1].label, "un, deux"))


def test_an_answer_whose_question_has_left_is_not_lost(organisation: Organisation, reader: User) -> None:
    wrote_all(organisation, 1, {"une-ancienne": "gardé", first_prompt(1): "aussi"})
    (found,) = notebook.notes(reader, organisation)
    assert found.lines == ((step(1).exercise.prompts[0].label, "aussi"), (GONE, "gardé"))


def test_notes_follow_the_steps_and_blank_ones_are_left_out(organisation: Organisation, reader: User) -> None:
    for number in (5, 1, 3):
        wrote(organisation, number)
    wrote_all(organisation, 4, {first_prompt(4): " "})
    assert [note.url.split("/")[3] for note in notebook.notes(reader, organisation)] == [
        "etape-1",
        "etape-3",
        "etape-5",
    ]


def test_they_belong_to_the_members_of_today(organisation: Organisation, reader: User) -> None:
    wrote(organisation, 1)
    assert len(notebook.notes(reader, organisation)) == 1
    assert notebook.notes(member(OrganisationFactory.create(), "admin"), organisation) == []
    assert notebook.notes(UserFactory.create(), organisation) == []
    assert notebook.notes(reader, OrganisationFactory.create()) == []
    reader.memberships.get().delete()
    assert notebook.notes(reader, organisation) == []


def test_a_visitor_has_none_and_asks_nothing(
    organisation: Organisation, reader: User, django_assert_num_queries: Any
) -> None:
    wrote(organisation, 1)
    with django_assert_num_queries(0):
        assert notebook.notes(AnonymousUser(), organisation) == []
        assert notebook.notes(reader, None) == []


def test_they_cost_one_query_whatever_their_number(
    organisation: Organisation, reader: User, django_assert_num_queries: Any
) -> None:
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            wrote(organisation, number)
        with django_assert_num_queries(1) as asked:
            notebook.notes(reader, organisation)
        assert '"sheet",' not in asked.captured_queries[0]["sql"]


def test_a_note_stays_when_its_author_has_left(organisation: Organisation, reader: User) -> None:
    row = wrote(organisation, 1)
    assert row.updated_by
    row.updated_by.delete()
    (found,) = notebook.notes(reader, organisation)
    assert found.updated_by == ""


def test_they_are_read_in_the_public_exercise(organisation: Organisation, reader: User) -> None:
    """A draft that is being written changes nothing of what members read."""
    wrote(organisation, 1)
    row = page(1)
    row.draft["exercise"]["title"] = "Un titre en travail"
    row.save()
    assert notebook.notes(reader, organisation)[0].title == step(1).exercise.title != "Un titre en travail"


def test_the_apps_above_bring_their_notes(organisation: Organisation, reader: User, settings: Any) -> None:
    wrote(organisation, 1)
    settings.NOTEBOOKS = ["apps.course.notebook.notes"] * 2
    assert len(notebook.notes(reader, organisation)) == 2
    settings.NOTEBOOKS = []
    assert notebook.notes(reader, organisation) == []


def test_each_exercise_of_the_course_may_be_shown(organisation: Organisation, reader: User) -> None:
    numbers = Page.objects.filter(kind=PageKind.STEP).values_list("number", flat=True)
    for number in numbers:
        wrote(organisation, number)
    found = notebook.notes(reader, organisation)
    assert len(found) == ExerciseAnswer.objects.count() == len(numbers) == 7
    axes = [axis for axis in "ABCDE" if notebook.of_axis(found, axis)]
    assert {"A", "B", "C"} <= set(axes)
    assert all(1 <= note.method_step <= 8 for note in found)
