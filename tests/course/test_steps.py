"""The steps in a browser without JavaScript: reading, going on, the questions, and nothing lost on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.course.models import Learner, Progress, QuizTry, Statement
from tests.factories import UserFactory
from tests.factories.course import follow, learner, page, quiz_data, right_answers, step, wrong_answers
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


def url(number: int, part: str = "") -> str:
    return f"/se-former/etapes/etape-{number}/{part}/" if part else f"/se-former/etapes/etape-{number}/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def ana(client_of: ClientOf) -> StrictClient:
    return client_of(UserFactory.create(full_name="Ana"))


@pytest.mark.parametrize("number", range(1, 8))
def test_every_part_of_every_step_is_a_page(client: StrictClient, number: int) -> None:
    said = step(number)
    assert said.title.replace("\u00a0", " ") in text(client.get(url(number))).replace("&#x27;", "'")
    for row in page(number).parts:
        response = client.get(url(number, row["code"]))
        assert response.status_code == 200, row
        assert response.content.decode().count("<h1") == 1, row
        assert len(response.content) < 100_000
    whole = client.get(url(number, "imprimer"))
    assert all(section.title.split()[0] in text(whole) for section in said.sections)
    assert len(whole.content) < 100_000


def test_a_part_that_does_not_exist_is_not_found(client: StrictClient) -> None:
    assert client.get(url(1, "inconnue")).status_code == 404
    assert client.get("/se-former/etapes/etape-99/").status_code == 404
    assert client.post(url(1, "inconnue")).status_code == 404


def test_reading_moves_nothing(ana: StrictClient) -> None:
    for row in page(1).parts:
        ana.get(url(1, row["code"]))
    assert not Progress.objects.exists()
    assert not Learner.objects.exists()


def test_going_on_opens_the_section_and_leads_to_the_next(ana: StrictClient) -> None:
    codes = [row["code"] for row in page(1).parts]
    response = ana.post(url(1, codes[0]))
    assert response.headers["Location"] == url(1, codes[1])
    assert Progress.objects.get().opened == [codes[0]]
    ana.post(url(1, codes[0]))
    assert Progress.objects.get().opened == [codes[0]]
    assert Statement.objects.filter(verb="experienced").count() == 1


def test_the_script_tells_that_a_section_was_seen_without_leaving_it(ana: StrictClient) -> None:
    first = page(1).parts[0]["code"]
    assert ana.post(url(1, first), headers={"HX-Request": "true"}).status_code == 204
    assert Progress.objects.get().opened == [first]


def test_a_step_is_done_when_its_sections_were_opened_and_its_quiz_answered_any_score(
    ana: StrictClient,
) -> None:
    said = step(2)
    for section in said.sections:
        ana.post(url(2, section.code))
    assert Progress.objects.get().done_at is None
    response = ana.post(url(2, "questions"), quiz_data(wrong_answers(said)))
    assert response.headers["Location"] == url(2, "questions")
    progress = Progress.objects.get()
    assert progress.done_how == "rule"
    sent = QuizTry.objects.get()
    assert (sent.right, sent.total) == (0, len(said.quiz))
    assert "Étape faite" in text(ana.get(url(2)))


def test_the_quiz_alone_does_not_make_the_step_done(ana: StrictClient) -> None:
    ana.post(url(1, "questions"), quiz_data(right_answers(step(1))))
    assert Progress.objects.get().done_at is None


def test_every_answer_gets_its_explanation(client: StrictClient) -> None:
    said = step(3)
    client.post(url(3, "questions"), quiz_data(wrong_answers(said)))
    shown = client.get(url(3, "questions")).content.decode()
    assert f"0 sur {len(said.quiz)}" in text(client.get(url(3, "questions")))
    assert shown.count("bonne réponse</span>") == sum(c.right for q in said.quiz for c in q.choices)
    assert shown.count("votre réponse</span>") == len(said.quiz)
    blank = client.get(url(3, "questions") + "?recommencer").content.decode()
    assert "checked" not in blank
    assert "bonne réponse" not in blank


def test_an_unanswered_question_is_shown_and_the_others_stay_ticked(client: StrictClient) -> None:
    said = step(1)
    data = quiz_data(right_answers(said))
    missing = f"q-{said.quiz[0].code}"
    del data[missing]
    response = client.post(url(1, "questions"), data)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Choisissez une réponse" in shown
    assert shown.count("checked") == sum(len(places) for name, places in data.items() if name != "key")


@pytest.mark.parametrize("bad", ["99", "-1", "abc", "<script>"])
def test_a_choice_that_does_not_exist_is_refused(ana: StrictClient, bad: str) -> None:
    said = step(1)
    data = quiz_data(right_answers(said))
    data[f"q-{said.quiz[0].code}"] = [bad]
    assert ana.post(url(1, "questions"), data).status_code == 422
    assert not QuizTry.objects.exists()


def test_a_quiz_sent_twice_counts_once_and_replayed_by_its_address_games_nothing(ana: StrictClient) -> None:
    data = quiz_data(right_answers(step(1)))
    ana.post(url(1, "questions"), data)
    ana.post(url(1, "questions"), data)
    assert QuizTry.objects.count() == 1
    ana.get(url(1, "questions") + "?" + "&".join(f"{k}={v[0]}" for k, v in data.items()))
    assert QuizTry.objects.count() == 1
    ana.post(url(1, "questions"), {**data, "key": str(uuid.uuid4())})
    assert QuizTry.objects.count() == 2
    assert Statement.objects.filter(verb="answered").count() == 2


def test_a_form_without_its_key_still_counts(ana: StrictClient) -> None:
    data = quiz_data(right_answers(step(1)))
    del data["key"]
    assert ana.post(url(1, "questions"), data).status_code == 302
    assert QuizTry.objects.count() == 1


def test_the_learner_says_it_is_done_and_takes_her_word_back(ana: StrictClient) -> None:
    ana.post(url(4, "terminer"), {"done": "1"})
    assert Progress.objects.get().done_how == "said"
    assert "Vous l’avez dit vous-même" in text(ana.get(url(4)))
    ana.post(url(4, "terminer"), {"done": "0"})
    assert Progress.objects.get().done_at is None


def test_what_the_rule_made_done_cannot_be_undone(client_of: ClientOf) -> None:
    user = UserFactory.create()
    follow(learner(user), 1)
    client_of(user).post(url(1, "terminer"), {"done": "0"})
    assert Progress.objects.get().done_how == "rule"


def test_taking_her_word_back_keeps_what_the_rule_gives(client_of: ClientOf) -> None:
    user = UserFactory.create()
    client = client_of(user)
    client.post(url(1, "terminer"), {"done": "1"})
    follow(learner(user), 1)
    assert Progress.objects.get().done_how == "said"
    client.post(url(1, "terminer"), {"done": "0"})
    assert Progress.objects.get().done_how == "rule"


def test_a_visitor_keeps_her_progress_in_the_browser_and_it_follows_her_into_her_account(
    client: StrictClient,
) -> None:
    said = step(1)
    for section in said.sections:
        client.post(url(1, section.code))
    client.post(url(1, "questions"), quiz_data(wrong_answers(said)))
    client.post(url(2, "terminer"), {"done": "1"})
    assert "2 étapes faites sur 7" in text(client.get("/se-former/"))
    assert not Progress.objects.exists()
    user = UserFactory.create()
    client.force_login(user)
    assert "2 étapes faites sur 7" in text(client.get("/se-former/"))
    assert not Progress.objects.exists()
    client.post(url(3, page(3).parts[0]["code"]))
    rows = {row.page.slug: row for row in Progress.objects.select_related("page")}
    assert rows["etape-1"].done_how == "rule"
    assert rows["etape-2"].done_how == "said"
    assert QuizTry.objects.get().right == 0
    assert "2 étapes faites sur 7" in text(client.get("/se-former/"))


def test_one_comes_back_where_one_was_on_any_device(client_of: ClientOf) -> None:
    user = UserFactory.create()
    phone, laptop = client_of(user), client_of(user)
    codes = [row["code"] for row in page(3).parts]
    phone.post(url(3, codes[0]))
    assert f'href="{url(3, codes[1])}"' in laptop.get("/se-former/").content.decode()


def test_a_changed_step_is_told_and_what_was_done_stays_done(client_of: ClientOf) -> None:
    user = UserFactory.create()
    follow(learner(user), 5)
    row = page(5)
    row.edition += 1
    row.save()
    shown = text(client_of(user).get(url(5)))
    assert "Cette étape a changé depuis votre passage" in shown
    assert "Étape faite" in shown


@pytest.mark.parametrize("part", ["", "questions", "exercice", "cas", "fiche", "imprimer"])
def test_every_screen_holds_in_ten_queries_whatever_was_done(client_of: ClientOf, part: str) -> None:
    fresh, old = UserFactory.create(), UserFactory.create()
    follow(learner(old), 1, 2, 3, 4, 5, 6, 7)
    counts = []
    for user in (fresh, old):
        client = client_of(user)
        client.get(url(1, part))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url(1, part))
        counts.append(len(queries))
    assert max(counts) <= 10, counts


def test_sections_hold_in_ten_queries(client_of: ClientOf) -> None:
    user = UserFactory.create()
    follow(learner(user), 1, 2)
    client = client_of(user)
    code = page(3).parts[0]["code"]
    client.get(url(3, code))
    with CaptureQueriesContext(connection) as queries:
        client.get(url(3, code))
    assert len(queries) <= 8
