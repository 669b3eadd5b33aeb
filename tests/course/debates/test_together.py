"""Three hundred phones at once, and a question that closes under them: real connections, real commits."""

from __future__ import annotations

import random
import threading
from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection, transaction

from apps.course.debates import selectors, services
from apps.course.debates.errors import Closed
from apps.course.models import Ballot, Debate
from tests.accounts.test_concurrency import together
from tests.factories import OrganisationFactory
from tests.factories.debates import DAY, asking, live, question

pytestmark = pytest.mark.usefixtures("committed")
PHONES, THREADS = 300, 20


def test_three_hundred_phones_that_send_twice_are_counted_three_hundred() -> None:
    made = asking()
    code, drawn = made.question, random.Random(4)
    sent = [(uuid4(), drawn.randrange(5)) for _ in range(PHONES)]
    queue = [*sent, *drawn.sample(sent, PHONES // 2), *sent]
    drawn.shuffle(queue)

    def some(rank: int) -> None:
        for voter, choice in queue[rank::THREADS]:
            services.vote(debate=made, question=code, voter=voter, choice=choice)

    given = together(*[lambda rank=rank: some(rank) for rank in range(THREADS)])
    assert given == [None] * THREADS
    assert Ballot.objects.filter(debate=made).count() == PHONES
    closed = services.close_question(debate=made, code=code)
    wanted = Counter(choice for _, choice in sent)
    assert closed.results[code] == [wanted[place] for place in range(5)]


def test_one_phone_that_hesitates_in_two_tabs_has_one_ballot() -> None:
    made, voter = asking(), uuid4()
    together(
        *[
            lambda choice=choice: services.vote(
                debate=made, question=made.question, voter=voter, choice=choice
            )
            for choice in (0, 1, 2, 3, 0, 1)
        ]
    )
    assert Ballot.objects.filter(debate=made, voter=voter).count() == 1


def test_every_ballot_accepted_while_the_question_closes_is_in_the_result() -> None:
    made = asking()
    code = made.question

    def come() -> str:
        try:
            services.vote(debate=made, question=code, voter=uuid4(), choice=1)
        except Closed:
            return "late"
        return "counted"

    acts = [come] * 30
    acts.insert(15, lambda: services.close_question(debate=made, code=code).stage)
    given = together(*acts)
    made.refresh_from_db()
    assert made.results[code][1] == given.count("counted") == Ballot.objects.filter(debate=made).count()
    assert given.count("counted") + given.count("late") == 30


def test_a_ballot_waits_for_the_closing_and_is_refused() -> None:
    made = asking()
    given: list[object] = []

    def come() -> None:
        try:
            given.append(services.vote(debate=made, question=question(), voter=uuid4(), choice=0))
        except Closed as refusal:
            given.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=come)
    with transaction.atomic():
        services.close_question(debate=made, code=question())
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the ballot must wait"
    thread.join(20)
    assert [type(answer) for answer in given] == [Closed]
    assert not Ballot.objects.filter(debate=made).exists()


def test_a_double_click_opens_one_debate() -> None:
    organisation, key = OrganisationFactory.create(), uuid4()
    given = together(
        *[
            lambda: (
                services.open_debate(organisation=organisation, by=None, title="CA", held_on=DAY, key=key).pk
            )
        ]
        * 4
    )
    assert len(set(given)) == 1
    assert Debate.objects.filter(organisation=organisation).count() == 1


def test_two_presenters_who_open_two_questions_leave_one_open() -> None:
    made = live()
    together(*[lambda rank=rank: services.open_question(debate=made, code=question(rank)) for rank in (0, 1)])
    made.refresh_from_db()
    assert made.question in (question(0), question(1))
    assert len(made.results) == 1
    assert selectors.questions_of(made)
