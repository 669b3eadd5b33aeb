"""Progress under real concurrency: two tabs, a double click, two devices; it counts once and nothing is lost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.course.models import Learner, Progress, QuizTry, Statement
from apps.course.services import learning
from tests.factories import UserFactory
from tests.factories.course import page, right_answers, step


@pytest.fixture
def somebody(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """A person really committed, seen by every connection; only she is removed."""
    with django_db_blocker.unblock():
        user = UserFactory.create()
        yield user
        user.delete()


def together(*acts: Callable[[], Any]) -> list[BaseException]:
    start, faults = threading.Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait()
            act()
        except BaseException as fault:  # told to the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_a_person_who_begins_in_two_tabs_is_one_learner(somebody: User) -> None:
    assert together(*[lambda: learning.learner_of(somebody)] * 6) == []
    assert Learner.objects.filter(user=somebody).count() == 1
    assert Statement.objects.filter(learner__user=somebody, verb="registered").count() == 1


def test_sections_opened_at_once_are_all_kept(somebody: User) -> None:
    learner, row = learning.learner_of(somebody), page(1)
    codes = [part["code"] for part in row.parts if part["kind"] == "section"]
    acts = [lambda code=code: learning.open_part(learner=learner, page=row, part=code) for code in codes * 2]
    assert together(*acts) == []
    assert sorted(Progress.objects.get(learner=learner).opened) == sorted(codes)
    assert Statement.objects.filter(learner=learner, verb="experienced").count() == len(codes)


def test_one_quiz_sent_from_everywhere_counts_once_and_completes_once(somebody: User) -> None:
    learner, row, said = learning.learner_of(somebody), page(1), step(1)
    for section in said.sections:
        learning.open_part(learner=learner, page=row, part=section.code)
    key = uuid.uuid4()

    def send() -> None:
        learning.answer_quiz(
            learner=learner, page=row, questions=said.quiz, key=key, answers=right_answers(said)
        )

    assert together(*[send] * 6) == []
    assert QuizTry.objects.filter(learner=learner).count() == 1
    assert Statement.objects.filter(learner=learner, verb="completed").count() == 1


def test_said_done_twice_at_once_is_done_once(somebody: User) -> None:
    learner, row = learning.learner_of(somebody), page(2)
    acts = [lambda: learning.declare_done(learner=learner, page=row)] * 4
    assert together(*acts) == []
    assert Statement.objects.filter(learner=learner, verb="completed").count() == 1


def test_an_unknown_part_opens_nothing(db: None) -> None:
    learner, row = learning.learner_of(UserFactory.create()), page(1)
    learning.open_part(learner=learner, page=row, part="inconnue")
    learning.open_part(learner=learner, page=row, part="questions")
    assert Progress.objects.get().opened == []


def test_the_steps_of_someone_who_leaves_go_with_her(db: None) -> None:
    user = UserFactory.create()
    learning.declare_done(learner=learning.learner_of(user), page=page(1))
    user.delete()
    assert not Learner.objects.exists()
    assert not Statement.objects.exists()
