"""What the database refuses of the course's pages and progress (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.course.models import ExerciseAnswer, Page, Progress, QuizTry
from tests.factories import OrganisationFactory
from tests.factories.course import learner, page

Act = Callable[[], Any]


def draft(**fields: Any) -> Page:
    return Page.objects.create(**{"slug": "essai", "kind": "step", "draft": {}, **fields})


def public(**fields: Any) -> Page:
    shown = {"sheet": {}, "title": "Essai", "published_at": timezone.now(), "edition": 1}
    return draft(**{"state": "published", **shown, **fields})


def twice(act: Act) -> Act:
    def both() -> None:
        act()
        act()

    return both


def one_revision() -> None:
    made = draft()
    twice(lambda: made.revisions.create(number=1, action="saved", sheet={}))()


def one_progress() -> None:
    who, row = learner(), page()
    twice(lambda: Progress.objects.create(learner=who, page=row))()


def sent(**fields: Any) -> QuizTry:
    values = {"page": page(), "key": uuid4(), "answers": {}, "right": 0, "total": 5, "edition": 1, **fields}
    return QuizTry.objects.create(**{"learner": fields.get("learner") or learner(), **values})


def one_try() -> None:
    who, key = learner(), uuid4()
    twice(lambda: sent(learner=who, key=key))()


def one_exercise() -> None:
    who, row = OrganisationFactory.create(), page()
    twice(lambda: ExerciseAnswer.objects.create(organisation=who, page=row))()


VIOLATIONS: dict[str, Act] = {
    "scheduled_page_has_a_moment": lambda: draft(state="scheduled"),
    "archived_page_is_not_public": lambda: public(state="archived"),
    "public_page_is_complete": lambda: public(title=""),
    "one_public_step_per_number": lambda: public(number=1),
    "one_page_revision_per_number": one_revision,
    "one_progress_per_learner_and_page": one_progress,
    "done_step_says_how": lambda: Progress.objects.create(
        learner=learner(), page=page(), done_at=timezone.now()
    ),
    "one_try_per_form": one_try,
    "try_has_no_more_right_than_questions": lambda: sent(right=6),
    "one_exercise_per_organisation_and_page": one_exercise,
}
