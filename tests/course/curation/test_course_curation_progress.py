"""A published step that changes keeps each learner's progress."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from apps.accounts.models import User
from apps.course.models import Page, Progress, Statement
from apps.course.reading import journey_of
from apps.course.services import learning
from apps.course.services.pages import WORKFLOW
from tests.course.curation.desk import renamed, row, write
from tests.factories.course import follow, learner, page, right_answers, step

pytestmark = pytest.mark.django_db


def republish(by: User, **changes: Any) -> Page:
    write(by, **changes)
    return WORKFLOW.publish_read(row=row(), version=row().version, by=by, reason="Une phrase.")


def stage(who: Any) -> Any:
    found = journey_of(who).stage("etape-1")
    assert found
    return found


def longer(code: str = "toute-neuve") -> list[dict[str, Any]]:
    """One section more; its words are taken from another, so that the lesson keeps its length."""
    sections = row().draft["sections"]
    whole = sections[-1]["body"].split("\n\n")
    cut = [*sections[:-1], {**sections[-1], "body": "\n\n".join(whole[:-1])}]
    return [*cut, {**sections[-1], "code": code, "title": "Toute neuve", "body": whole[-1], "figure": ""}]


def test_done_stays_done_whatever_changes(curator: User) -> None:
    who = learner()
    follow(who, 1)
    done_at = Progress.objects.get(learner=who).done_at
    before = Statement.objects.filter(learner=who).count()
    republish(curator, sections=renamed("etape-1", 0, "Un autre nom"))
    republish(curator, sections=longer())
    now = stage(who)
    assert now.is_done
    assert now.left == []
    assert now.has_changed
    progress = Progress.objects.get(learner=who)
    assert (progress.done_at, progress.edition) == (done_at, 1)
    assert Statement.objects.filter(learner=who).count() == before


def test_a_renamed_section_stays_read(curator: User) -> None:
    who, first = learner(), step().sections[0].code
    learning.open_part(learner=who, page=page(), part=first)
    republish(curator, sections=renamed("etape-1", 0, "Un autre nom"))
    part = next(part for part in stage(who).step.parts if part.code == first)
    assert (part.title, stage(who).went_through(part)) == ("Un autre nom", True)


def test_a_section_that_comes_is_asked_of_who_had_not_done(curator: User) -> None:
    who = learner()
    for section in step().sections:
        learning.open_part(learner=who, page=page(), part=section.code)
    republish(curator, sections=longer())
    assert "toute-neuve" in [part.code for part in stage(who).left]
    learning.answer_quiz(
        learner=who, page=page(), questions=step().quiz, key=uuid.uuid4(), answers=right_answers(step())
    )
    assert not stage(who).is_done
    learning.open_part(learner=who, page=page(), part="toute-neuve")
    assert stage(who).is_done


def test_a_section_that_leaves_asks_for_nothing_and_keeps_its_trace(curator: User) -> None:
    who, gone = learner(), step().sections[-1]
    for section in step().sections:
        learning.open_part(learner=who, page=page(), part=section.code)
    kept = row().draft["sections"][:-1]
    body = f"{kept[-1]['body']}\n\n{gone.body}"
    republish(curator, sections=[*kept[:-1], {**kept[-1], "body": body}])
    assert [part.kind for part in stage(who).left] == ["quiz"]
    assert gone.code in Progress.objects.get(learner=who).opened


def test_an_exercise_already_written_is_kept(curator: User) -> None:
    from apps.course.models import ExerciseAnswer
    from tests.course.notes import first_prompt, wrote
    from tests.factories import OrganisationFactory

    answer = wrote(OrganisationFactory.create(), 1)
    code = first_prompt(1)
    exercise = row().draft["exercise"]
    republish(curator, exercise={**exercise, "title": "Un autre titre"})
    assert ExerciseAnswer.objects.get(pk=answer.pk).values[code]
