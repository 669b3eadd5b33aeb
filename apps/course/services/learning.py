"""What moves a learner's progress. Each act may come twice, from two tabs, or late: it counts once, and is never lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.course import grading, statements
from apps.course.enums import DoneHow, Verb
from apps.course.journey import fulfils
from apps.course.models import Learner, Page, Progress, QuizTry
from apps.course.parts import QUIZ, Part
from apps.course.sheet import Question

COURSE = "Le parcours en sept étapes"


@transaction.atomic
def learner_of(user: User) -> Learner:
    """The learner of this person, made at her first step."""
    learner, created = Learner.objects.get_or_create(user=user)
    if created:
        statements.record(learner=learner, verb=Verb.REGISTERED, activity="", name=COURSE)
    return learner


def held(learner: Learner, page: Page) -> Progress:
    """The learner's progress in this page, locked until the transaction ends."""
    Progress.objects.get_or_create(learner=learner, page=page)
    return Progress.objects.select_for_update().get(learner=learner, page=page)


@transaction.atomic
def open_part(*, learner: Learner, page: Page, part: str) -> Progress:
    """She went through this part: a section, the case, the sheet, the exercise. Unknown codes change nothing."""
    progress = held(learner, page)
    known = {row["code"]: row["title"] for row in page.parts}
    remember_place(learner, page, part)
    if part not in known or part == QUIZ:
        return progress
    progress.edition = page.edition
    if part not in progress.opened:
        progress.opened = [*progress.opened, part]
        statements.record(
            learner=learner, verb=Verb.EXPERIENCED, activity=f"{page.slug}/{part}", name=known[part]
        )
    return settle(progress, page)


@transaction.atomic
def answer_quiz(
    *,
    learner: Learner,
    page: Page,
    questions: Sequence[Question],
    key: uuid.UUID,
    answers: Mapping[str, Sequence[int]],
) -> QuizTry:
    """Keeps one sending of the quiz, whole; the same ``key`` again gives what it gave the first time."""
    progress = held(learner, page)
    known = QuizTry.objects.filter(learner=learner, key=key).first()
    if known:
        return known
    marks = grading.marks(questions, answers)
    sent = QuizTry.objects.create(
        learner=learner,
        page=page,
        key=key,
        answers={code: list(chosen) for code, chosen in answers.items()},
        right=marks.right,
        total=marks.total,
        edition=page.edition,
    )
    progress.quizzed_at = progress.quizzed_at or timezone.now()
    progress.edition = page.edition
    statements.record(
        learner=learner,
        verb=Verb.ANSWERED,
        activity=f"{page.slug}/{QUIZ}",
        name=page.title,
        result=statements.scored(marks.right, marks.total),
    )
    settle(progress, page)
    remember_place(learner, page, QUIZ)
    return sent


@transaction.atomic
def declare_done(*, learner: Learner, page: Page) -> Progress:
    """The learner says that the step is done. Nothing when it already is."""
    progress = held(learner, page)
    if not progress.done_at:
        finish(progress, page, DoneHow.SAID)
    return progress


@transaction.atomic
def take_back(*, learner: Learner, page: Page) -> Progress:
    """The learner's word taken back; what the rule made done stays done."""
    progress = held(learner, page)
    if progress.done_how == DoneHow.SAID:
        progress.done_at, progress.done_how = None, ""
        progress.save()
        settle(progress, page)
    return progress


def settle(progress: Progress, page: Page) -> Progress:
    """Saves, and marks the step done when the rule is fulfilled."""
    parts = [Part(**row) for row in page.parts]
    if not progress.done_at and fulfils(parts, frozenset(progress.opened), bool(progress.quizzed_at)):
        finish(progress, page, DoneHow.RULE)
    else:
        progress.save()
    return progress


def finish(progress: Progress, page: Page, how: DoneHow) -> None:
    progress.done_at, progress.done_how = timezone.now(), how
    progress.edition = page.edition
    progress.save()
    statements.record(
        learner=progress.learner,
        verb=Verb.COMPLETED,
        activity=page.slug,
        name=page.title,
        result={"completion": True},
    )


def remember_place(learner: Learner, page: Page, part: str) -> None:
    if (learner.last_page_id, learner.last_part) != (page.pk, part):
        learner.last_page, learner.last_part = page, part
        learner.save(update_fields=["last_page", "last_part"])


@transaction.atomic
def choose_path(*, learner: Learner, answers: Mapping[str, str], door: str = "") -> None:
    """Keeps the answers to the three questions, and the door when one is given."""
    learner.profile = answers.get("profil", learner.profile)
    learner.objective = answers.get("objectif", learner.objective)
    learner.maturity = answers.get("maturite", learner.maturity)
    learner.door = door or learner.door
    learner.save(update_fields=["profile", "objective", "maturity", "door"])
