"""What phones send: counted once, changed while the question is open, refused after."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apps.course.debates import selectors, services
from apps.course.debates.errors import Closed, Refused
from apps.course.models import Ballot, View
from tests.factories.debates import asking, live, over, question, ready

pytestmark = pytest.mark.django_db


def test_a_second_choice_replaces_the_first() -> None:
    made, voter = asking(), uuid4()
    for choice in (1, 1, 3):
        services.vote(debate=made, question=made.question, voter=voter, choice=choice)
    assert list(Ballot.objects.values_list("voter", "choice")) == [(voter, 3)]


@pytest.mark.parametrize("choice", [-1, 5, 999])
def test_a_choice_that_does_not_exist(choice: int) -> None:
    made = asking()
    with pytest.raises(Refused, match="pas dans la liste"):
        services.vote(debate=made, question=made.question, voter=uuid4(), choice=choice)
    assert not Ballot.objects.exists()


def test_a_closed_question_takes_no_ballot() -> None:
    for made in (ready(), live(), services.close_question(debate=asking(), code=question()), over()):
        for code in (question(), "", "inconnue"):
            with pytest.raises(Closed):
                services.vote(debate=made, question=code, voter=uuid4(), choice=0)
    assert not Ballot.objects.exists()


def test_a_ballot_for_another_question_than_the_open_one() -> None:
    with pytest.raises(Closed):
        services.vote(debate=asking(rank=1), question=question(0), voter=uuid4(), choice=0)


def test_two_debates_at_once_do_not_mix() -> None:
    one, two, voter = asking(), asking(), uuid4()
    services.vote(debate=one, question=one.question, voter=voter, choice=0)
    services.vote(debate=two, question=two.question, voter=voter, choice=1)
    ask = selectors.questions_of(one)[question()]
    assert selectors.counts_of(one, ask) == [1, 0, 0, 0, 0]
    assert selectors.counts_of(two, ask) == [0, 1, 0, 0, 0]


def test_words_come_after_the_vote_closed_while_the_meeting_lasts() -> None:
    made, voter = services.close_question(debate=asking(), code=question()), uuid4()
    services.say(debate=made, question=question(), voter=voter, text="Trop tard pour le vote.")
    services.say(debate=made, question=question(), voter=voter, text="Pas pour le dire.")
    assert list(View.objects.values_list("text", flat=True)) == ["Pas pour le dire."]
    services.say(debate=made, question=question(), voter=voter, text="")
    assert not View.objects.exists()


def test_words_on_a_question_never_asked_or_after_the_end() -> None:
    for made, code in ((asking(), question(1)), (over(), question()), (live(), "")):
        with pytest.raises(Refused, match="passé à la suite"):
            services.say(debate=made, question=code, voter=uuid4(), text="Un mot")
    assert not View.objects.exists()


def test_words_put_aside_stay_so_until_they_change() -> None:
    made, voter = asking(), uuid4()
    services.say(debate=made, question=made.question, voter=voter, text="Un nom propre")
    services.put_aside(view=View.objects.get(), aside=True)
    services.say(debate=made, question=made.question, voter=voter, text="Un nom propre")
    assert View.objects.get().set_aside
    services.say(debate=made, question=made.question, voter=voter, text="Sans nom")
    assert not View.objects.get().set_aside
