"""Learners of the demonstration, an exercise already written, a group, a board that has debated."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from apps.accounts.models import Organisation, User
from apps.course import sheet
from apps.course.debates import services as debates
from apps.course.debates.selectors import questions_of
from apps.course.enums import PageKind
from apps.course.groups import services as groups
from apps.course.models import Debate, ExerciseAnswer, Group, Learner, Page
from apps.course.services import learning
from apps.course.services.exercises import save_exercise


def course(
    rows: Mapping[str, Any], people: Mapping[str, User], organisations: Mapping[str, Organisation]
) -> None:
    """Nothing for whoever has begun already: a second run changes nothing."""
    pages = {page.number: page for page in Page.objects.filter(kind=PageKind.STEP, sheet__isnull=False)}
    for email, done in rows["learners"].items():
        if not Learner.objects.filter(user=people[email]).exists():
            follow(people[email], (pages[number] for number in done))
    for row in rows["exercises"]:
        organisation, page = organisations[row["organisation"]], pages[row["step"]]
        if not ExerciseAnswer.objects.filter(organisation=organisation, page=page).exists():
            save_exercise(
                organisation=organisation, page=page, values=row["values"], version=0, by=people[row["by"]]
            )
    for row in rows["groups"]:
        group(row, people, organisations[row["organisation"]])
    for row in rows["debates"]:
        debate(row, people[row["by"]], organisations[row["organisation"]])


def follow(user: User, pages: Iterable[Page]) -> None:
    """These steps, section by section, then the right answers."""
    learner = learning.learner_of(user)
    for page in pages:
        said = sheet.read(page.sheet)
        assert isinstance(said, sheet.Step)
        for section in said.sections:
            learning.open_part(learner=learner, page=page, part=section.code)
        answers = {q.code: [n for n, choice in enumerate(q.choices) if choice.right] for q in said.quiz}
        key = uuid.uuid5(learner.pk, page.slug)
        learning.answer_quiz(learner=learner, page=page, questions=said.quiz, key=key, answers=answers)


def group(row: Mapping[str, Any], people: Mapping[str, User], organisation: Organisation) -> None:
    """An open group, with who joined it and whether her name shows."""
    if Group.objects.filter(organisation=organisation, name=row["name"]).exists():
        return
    said = groups.Said(row["name"], row["welcome"], row["until"])
    made = groups.open_group(organisation=organisation, by=people[row["by"]], said=said)
    for email, shows_name in row["members"].items():
        groups.join_group(group=made, learner=learning.learner_of(people[email]), shows_name=shows_name)


def debate(row: Mapping[str, Any], by: User, organisation: Organisation) -> None:
    """A meeting that has taken place: its votes, its record, its decision."""
    if Debate.objects.filter(organisation=organisation, title=row["title"]).exists():
        return
    key = uuid.uuid5(organisation.pk, row["title"])
    made = debates.open_debate(
        organisation=organisation, by=by, title=row["title"], held_on=row["held_on"], key=key
    )
    debates.start(debate=made)
    for code, counts in zip(asks_of(made), row["votes"], strict=True):
        debates.open_question(debate=made, code=code)
        for choice, count in enumerate(counts):
            for _ in range(count):
                debates.vote(debate=made, question=code, voter=uuid.uuid4(), choice=choice)
    made = debates.end(debate=made)
    record = debates.Record(**row["record"])
    debates.save_record(debate=made, record=record, version=made.record_version)


def asks_of(made: Debate) -> list[str]:
    """The codes of its questions, the decision last."""
    return list(questions_of(made))
