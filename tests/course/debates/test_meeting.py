"""The course of a meeting: opening, slides, questions, end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.course import tasks
from apps.course.debates import selectors, services
from apps.course.debates.asks import DECISION
from apps.course.debates.errors import Refused
from apps.course.debates.services import meeting
from apps.course.models import Ballot, Debate, Page, View
from tests.factories import OrganisationFactory
from tests.factories.debates import DAY, asking, ballots, live, over, question, ready

pytestmark = pytest.mark.django_db


def test_a_debate_keeps_the_module_of_its_day() -> None:
    made = ready()
    page = Page.objects.get(kind="module", sheet__isnull=False)
    assert made.sheet == page.sheet
    assert made.edition == page.edition
    Page.objects.filter(pk=page.pk).update(sheet={**page.sheet, "title": "Autre titre"})
    made.refresh_from_db()
    assert selectors.module_of(made).title == page.sheet["title"]


def test_the_code_is_six_letters_that_cannot_be_mistaken() -> None:
    assert len(ready().code) == 6
    assert set(ready().code) <= set("ABCDEFGHJKLMNPQRSTUVWXYZ")


def test_one_form_sent_twice_opens_one_debate() -> None:
    organisation, key = OrganisationFactory.create(), uuid4()
    values: dict[str, Any] = {
        "organisation": organisation,
        "by": None,
        "title": "CA",
        "held_on": DAY,
        "key": key,
    }
    assert services.open_debate(**values) == services.open_debate(**values)
    assert Debate.objects.filter(organisation=organisation).count() == 1


def test_the_key_of_somebody_else_gives_nothing_of_hers() -> None:
    key = uuid4()
    services.open_debate(organisation=OrganisationFactory.create(), by=None, title="CA", held_on=DAY, key=key)
    with pytest.raises(Refused):
        services.open_debate(
            organisation=OrganisationFactory.create(), by=None, title="CA", held_on=DAY, key=key
        )


def test_a_code_taken_by_a_live_debate_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ready()
    drawn = iter([first.code, first.code, "BCDFGH"])
    monkeypatch.setattr(meeting, "new_code", lambda: next(drawn))
    assert ready().code == "BCDFGH"


def test_the_code_is_free_again_once_the_meeting_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ready()
    monkeypatch.setattr(meeting, "new_code", lambda code=first.code: code)
    services.end(debate=first)
    assert ready().code == first.code


def test_without_a_published_module_nothing_opens() -> None:
    Page.objects.filter(kind="module").update(sheet=None, state="draft")
    with pytest.raises(Refused, match="pas publié"):
        ready()
    assert not Debate.objects.exists()


def test_starting_twice_starts_once() -> None:
    made = live()
    assert made.sequence_since == made.started_at
    again = services.start(debate=made)
    assert (again.version, again.started_at) == (made.version, made.started_at)


def test_nothing_moves_before_the_start() -> None:
    made = ready()
    for act in (
        lambda: services.go(debate=made, place=1),
        lambda: services.open_question(debate=made, code=question()),
    ):
        with pytest.raises(Refused, match="Commencez"):
            act()
    assert Debate.objects.get().version == 1


def test_the_same_step_sent_twice_moves_once_and_the_clock_is_that_of_the_slide() -> None:
    made = live()
    first = services.go(debate=made, place=1)
    again = services.go(debate=made, place=1)
    assert (again.sequence, again.version, again.sequence_since) == (1, first.version, first.sequence_since)


def test_there_is_nothing_past_the_last_slide() -> None:
    assert services.go(debate=live(), place=99).sequence == 4


def test_one_question_is_open_at_a_time_and_the_first_is_counted() -> None:
    made = asking(rank=0)
    ballots(made, 0, 0, 1)
    made = services.open_question(debate=made, code=question(1))
    assert made.question == question(1)
    assert made.results == {question(0): [2, 1, 0, 0, 0]}
    assert made.shown == ""


def test_closing_puts_the_result_on_the_screen() -> None:
    made = asking()
    ballots(made, 1)
    made = services.close_question(debate=made, code=question())
    assert (made.question, made.shown, made.results[question()]) == ("", question(), [0, 1, 0, 0, 0])
    again = services.close_question(debate=made, code=question())
    assert again.version == made.version


def test_a_question_opened_again_keeps_its_ballots() -> None:
    made = asking()
    ballots(made, 1)
    made = services.close_question(debate=made, code=question())
    made = services.open_question(debate=made, code=question())
    ballots(made, 2)
    made = services.close_question(debate=made, code=question())
    assert made.results[question()] == [0, 1, 1, 0, 0]


def test_moving_on_closes_the_question_and_shows_the_slide() -> None:
    made = asking()
    ballots(made, 3)
    made = services.go(debate=made, place=4)
    assert (made.question, made.shown, made.sequence) == ("", "", 4)
    assert made.results[question()] == [0, 0, 0, 1, 0]


def test_a_result_is_shown_again_and_hidden() -> None:
    made = services.close_question(debate=asking(), code=question())
    made = services.show(debate=made, code="")
    assert made.shown == ""
    assert services.show(debate=made, code=question(1)).shown == "", "it was never asked"
    assert services.show(debate=made, code=question()).shown == question()


def test_a_question_that_the_module_does_not_have() -> None:
    with pytest.raises(Refused, match="pas dans le module"):
        services.open_question(debate=live(), code="inconnue")


def test_the_bars_are_shown_only_when_the_presenter_says_so() -> None:
    made = services.set_open_book(debate=live(), is_open_book=True)
    assert made.is_open_book
    assert services.set_open_book(debate=made, is_open_book=True).version == made.version


def test_the_end_keeps_counts_and_words_and_forgets_phones() -> None:
    made = asking()
    voter = uuid4()
    ballots(made, 0, 2)
    services.vote(debate=made, question=made.question, voter=voter, choice=2)
    services.say(debate=made, question=made.question, voter=voter, text="Les liens comptent.")
    ended = services.end(debate=made)
    assert ended.results == {question(): [1, 0, 2, 0, 0]}
    assert (ended.code, ended.question, ended.shown, ended.is_over) == ("", "", "", True)
    assert not Ballot.objects.exists()
    assert list(View.objects.values_list("voter", "text")) == [(None, "Les liens comptent.")]
    assert services.end(debate=ended).over_at == ended.over_at


def test_nothing_moves_after_the_end() -> None:
    made = over(None, 1)
    with pytest.raises(Refused, match="terminé"):
        services.open_question(debate=made, code=DECISION)
    with pytest.raises(Refused, match="terminé"):
        services.go(debate=made, place=0)


def test_what_nobody_ended_ends_by_itself() -> None:
    forgotten, going, waiting, never = live(), live(), ready(), ready()
    long_ago = timezone.now() - timedelta(days=31)
    Debate.objects.filter(pk=forgotten.pk).update(started_at=timezone.now() - timedelta(hours=25))
    Debate.objects.filter(pk=never.pk).update(held_on=long_ago.date(), opened_at=long_ago)
    tasks.end_debates()
    stages = dict(Debate.objects.values_list("pk", "stage"))
    assert stages == {forgotten.pk: "over", going.pk: "live", waiting.pk: "ready", never.pk: "over"}
    assert services.end_forgotten() == 0
