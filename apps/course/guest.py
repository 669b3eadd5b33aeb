"""What a visitor did, kept in her session until she has an account: ``{"steps": {slug: …}, "path": {…}}``.

A step: ``{"opened": [part…], "answers": {question: [places]}, "how": "", "edition": n}``. Adopted at her first act once
signed in; until then her journey shows both.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from apps.course import sheet
from apps.course.enums import DoneHow
from apps.course.journey import Trace, fulfils
from apps.course.models import Learner, Page
from apps.course.parts import Part
from apps.course.services import learning

KEY = "course"
Answers = Mapping[str, Sequence[int]]


def kept(session: SessionBase) -> dict[str, Any]:
    found = session.get(KEY)
    return found if isinstance(found, dict) else {}


def traces(session: SessionBase) -> dict[str, Trace]:
    """By slug of step."""
    return {slug: _trace(row) for slug, row in kept(session).get("steps", {}).items()}


def _trace(row: Mapping[str, Any]) -> Trace:
    return Trace(frozenset(row["opened"]), bool(row["answers"]), row["how"], row["edition"])


def answers(session: SessionBase, slug: str) -> Answers:
    """What she answered to the quiz of this step; empty when she did not."""
    found: Answers = kept(session).get("steps", {}).get(slug, {}).get("answers", {})
    return found


def path(session: SessionBase) -> dict[str, str]:
    """Her answers to the three questions and her door, by name; empty before."""
    return dict(kept(session).get("path", {}))


def keep_path(session: SessionBase, chosen: Mapping[str, str]) -> None:
    session[KEY] = {**kept(session), "path": {**path(session), **chosen}}


def open_part(session: SessionBase, page: Page, part: str) -> None:
    row = _row(session, page)
    if part in {known["code"] for known in page.parts} and part not in row["opened"]:
        row["opened"] = [*row["opened"], part]
    _write(session, page, row)


def answer_quiz(session: SessionBase, page: Page, given: Answers) -> None:
    _write(session, page, {**_row(session, page), "answers": {code: list(v) for code, v in given.items()}})


def declare(session: SessionBase, page: Page, *, done: bool) -> None:
    row = _row(session, page)
    if done or row["how"] == DoneHow.SAID:
        _write(session, page, {**row, "how": DoneHow.SAID.value if done else ""})


def _row(session: SessionBase, page: Page) -> dict[str, Any]:
    empty = {"opened": [], "answers": {}, "how": "", "edition": page.edition}
    return {**empty, **kept(session).get("steps", {}).get(page.slug, {})}


def _write(session: SessionBase, page: Page, row: dict[str, Any]) -> None:
    row["edition"] = page.edition
    parts = [Part(**part) for part in page.parts]
    if not row["how"] and fulfils(parts, frozenset(row["opened"]), bool(row["answers"])):
        row["how"] = DoneHow.RULE.value
    steps = kept(session).get("steps", {})
    session[KEY] = {**kept(session), "steps": {**steps, page.slug: row}}


def adopt(session: SessionBase, learner: Learner) -> None:
    """What she did as a visitor becomes hers; nothing when there is nothing. Done twice, it counts once."""
    found = kept(session)
    if not found:
        return
    pages = Page.objects.filter(slug__in=found.get("steps", {}), sheet__isnull=False)
    for page in pages:
        _adopt_step(learner, page, found["steps"][page.slug])
    if chosen := found.get("path"):
        learning.choose_path(learner=learner, answers=chosen, door=chosen.get("porte", ""))
    del session[KEY]


def _adopt_step(learner: Learner, page: Page, row: Mapping[str, Any]) -> None:
    for part in row["opened"]:
        learning.open_part(learner=learner, page=page, part=part)
    said = sheet.read(page.sheet)
    if row["answers"] and isinstance(said, sheet.Step):
        key = uuid.uuid5(learner.pk, page.slug)
        learning.answer_quiz(learner=learner, page=page, questions=said.quiz, key=key, answers=row["answers"])
    if row["how"] == DoneHow.SAID:
        learning.declare_done(learner=learner, page=page)
