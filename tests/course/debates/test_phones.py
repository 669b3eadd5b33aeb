"""Phones: the code, the votes, what happens when things go wrong, and what a look costs."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from apps.core.pulse import mark
from apps.course.debates import services
from apps.course.debates.pulse import PULSE
from apps.course.debates.views import phones
from apps.course.models import Ballot, Debate, View
from tests.factories import UserFactory
from tests.factories.debates import asking, ballots, live, module, question, ready
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def path(debate: Debate) -> str:
    return f"/vote/{debate.code}/"


def phone(debate: Debate) -> StrictClient:
    """A phone that has opened the page."""
    client = StrictClient()
    assert client.get(path(debate)).status_code == 200
    return client


def press(client: StrictClient, debate: Debate, choice: int, **more: Any) -> Any:
    return client.post(path(debate), {"question": debate.question, "choice": choice, "text": "", **more})


def choices() -> list[int]:
    return list(Ballot.objects.values_list("choice", flat=True))


# the code


@pytest.mark.parametrize("write", [str.lower, lambda c: f" {c[:3]} {c[3:]} ", lambda c: f"{c[:2]}-{c[2:]}"])
def test_the_code_opens_the_vote_however_it_is_typed(write: Any) -> None:
    made = ready()
    client = StrictClient()
    answer = client.post("/vote/", {"code": write(made.code)})
    assert answer.url == path(made)
    assert client.get(f"/vote/{made.code.lower()}/").url == path(made)


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ("", 422, "Entrez les six lettres"),
        ("BCD", 422, "six lettres"),
        ("123456", 422, "six lettres"),
        ("ZZZZZZ", 404, "Aucun débat en cours n’a ce code"),
    ],
)
def test_a_code_that_opens_nothing(typed: str, status: int, why: str) -> None:
    answer = StrictClient().post("/vote/", {"code": typed})
    assert answer.status_code == status
    assert why in said(answer)
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_an_unknown_address_offers_the_code_again() -> None:
    answer = StrictClient().get("/vote/ZZZZZZ/")
    assert answer.status_code == 404
    assert 'value="ZZZZZZ"' in answer.content.decode()
    assert StrictClient().get("/vote/😀/").status_code == 404


def three_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = replace(phones.CODE_PAGE.gate, most=3)
    monkeypatch.setattr(phones, "CODE_PAGE", replace(phones.CODE_PAGE, gate=gate))


def test_guesses_are_limited_but_a_phone_in_the_room_is_not_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    three_guesses(monkeypatch)
    made = asking()
    inside = phone(made)
    for _ in range(3):
        assert StrictClient().get("/vote/ZZZZZZ/").status_code == 404
    assert StrictClient().get(path(made)).status_code == 429
    assert StrictClient().post("/vote/", {"code": made.code}).status_code == 429
    assert press(inside, made, 1).status_code == 302
    assert choices() == [1]


def test_three_hundred_phones_of_one_hall_come_in_even_when_each_errs_nearly_once() -> None:
    assert phones.CODE_PAGE.gate.most >= 300


def test_right_codes_are_never_counted_as_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    three_guesses(monkeypatch)
    made = asking()
    for _ in range(10):
        assert press(phone(made), made, 0).status_code == 302
    assert len(choices()) == 10


# voting


def test_a_phone_votes_changes_and_is_counted_once() -> None:
    made = asking()
    client = phone(made)
    for choice in (0, 0, 2):
        answer = press(client, made, choice)
        assert answer.url == path(made)
    assert choices() == [2]
    label = module().questions[0].choices[2]
    assert f"C’est noté : {label}" in said(client.get(path(made)))
    assert 'value="2" id="choix-2" aria-pressed="true"' in client.get(path(made)).content.decode()


def test_opening_the_page_writes_nothing_and_gives_a_number_for_this_page_alone() -> None:
    made = asking()
    client = StrictClient()
    with CaptureQueriesContext(connection) as seen:
        client.get(path(made))
    assert not [query for query in seen if not query["sql"].startswith("SELECT")]
    cookie = client.cookies["vote"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (path(made), "Lax", True)
    assert client.get(path(made)).cookies.get("vote") is None, "the number does not change"


def test_a_phone_without_a_number_is_asked_to_press_again() -> None:
    made = asking()
    client = StrictClient()
    answer = press(client, made, 1, text="Mon idée")
    assert answer.status_code == 409
    assert "rien n’est compté" in said(answer)
    assert "Mon idée" in answer.content.decode()
    assert not choices()
    press(client, made, 1)
    assert choices() == [1]


PAIR = "6f1c2c1e-0000-4000-8000-000000000001 6f1c2c1e-0000-4000-8000-000000000002"


@pytest.mark.parametrize("forged", ["", "x", PAIR, f"{PAIR}:aaaa:bbbb"])
def test_a_number_that_somebody_wrote_is_not_believed(forged: str) -> None:
    made = asking()
    client = StrictClient()
    client.cookies["vote"] = forged
    assert press(client, made, 1).status_code == 409
    assert not choices()


def test_the_number_of_another_debate_is_not_taken() -> None:
    one, two = asking(), asking()
    client = phone(one)
    client.cookies["vote"]["path"] = path(two)
    assert press(client, two, 1).status_code == 409
    assert not choices()


def test_a_question_that_closed_under_the_finger() -> None:
    made = asking()
    client = phone(made)
    press(client, made, 0)
    services.close_question(debate=made, code=question())
    answer = press(client, made, 3, text="Je tenais à le dire")
    assert answer.status_code == 409
    text = said(answer)
    assert "s’est fermée avant votre envoi" in text
    assert "Votre mot, lui, est bien arrivé." in text
    assert f"Votre réponse : {module().questions[0].choices[0]}" in text
    assert choices() == [0]
    assert View.objects.get().text == "Je tenais à le dire"


def test_a_click_on_the_question_before_is_not_counted_on_the_next() -> None:
    made = asking(rank=0)
    client = phone(made)
    services.open_question(debate=made, code=question(1))
    answer = press(client, made, 2)
    assert answer.status_code == 409
    assert module().questions[1].prompt in said(answer)
    assert not choices()


@pytest.mark.parametrize("choice", ["5", "-1", "deux", "9" * 40])
def test_a_choice_made_up(choice: str) -> None:
    made = asking()
    client = phone(made)
    answer = client.post(path(made), {"question": made.question, "choice": choice, "text": "gardé"})
    assert answer.status_code in (409, 422)
    assert "dans la liste" in said(answer)
    assert "gardé" in answer.content.decode()
    assert not choices()


def test_words_alone_then_taken_back() -> None:
    made = asking()
    client = phone(made)
    sent = {"question": made.question, "text": "  Deux\nlignes  ", "words": "1"}
    assert client.post(path(made), sent).status_code == 302
    assert View.objects.get().text == "Deux lignes"
    assert "Deux lignes" in client.get(path(made)).content.decode()
    client.post(path(made), {**sent, "text": ""})
    assert not View.objects.exists()


def test_words_too_long_are_kept_on_the_page() -> None:
    made = asking()
    client = phone(made)
    answer = client.post(path(made), {"question": made.question, "text": "é" * 281, "words": "1"})
    assert answer.status_code == 422
    assert "dépasse 280 caractères" in said(answer)
    assert "é" * 281 in answer.content.decode()


def test_for_htmx_the_answer_is_the_part_that_changed() -> None:
    made = asking()
    client = phone(made)
    answer = client.post(path(made), {"question": made.question, "choice": 1}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="etat"')
    assert "C’est noté" in said(answer)


# what the page says


def test_the_page_says_where_the_meeting_is() -> None:
    made = ready()
    client = phone(made)
    assert "La réunion n’a pas commencé." in said(client.get(path(made)))
    services.start(debate=made)
    assert "Pas de question pour l’instant." in said(client.get(path(made)))
    services.open_question(debate=made, code=question())
    assert module().questions[0].prompt in said(client.get(path(made)))
    services.close_question(debate=made, code=question())
    assert "Ce téléphone n’a pas répondu." in said(client.get(path(made)))
    code = path(made)
    services.end(debate=made)
    assert "Le débat est terminé." in said(client.get(code))
    late = StrictClient().get(code)
    assert late.status_code == 404
    assert "le débat est peut-être terminé" in said(late)


def test_a_vote_sent_after_the_end_is_told_not_counted() -> None:
    made = asking()
    client, code = phone(made), path(made)
    services.end(debate=made)
    answer = client.post(code, {"question": question(), "choice": "1"})
    assert "Le débat s’est terminé avant votre envoi" in said(answer)
    assert not choices()


def test_results_are_on_phones_only_once_closed() -> None:
    made = asking()
    ballots(made, 0, 0, 0, 1)
    client = phone(made)
    assert "75 %" not in said(client.get(path(made)))
    services.close_question(debate=made, code=question())
    assert "75 %" in said(client.get(path(made)))


def test_nobody_is_asked_who_she_is() -> None:
    made = asking()
    page = phone(made).get(path(made))
    assert "Pas de compte, pas de nom." in said(page)
    names = set(re.findall(r'<(?:input|textarea|button)[^>]* name="([^"]+)"', page.content.decode()))
    assert names == {"csrfmiddlewaretoken", "question", "choice", "text", "words"}


# asking again


def test_a_phone_asks_again_and_gets_nothing_until_something_moves() -> None:
    made = live()
    client = phone(made)

    def again(version: int) -> Any:
        return client.get(path(made), {"vu": mark(made.pk, version)}, headers=HTMX)

    assert again(made.version).status_code == 204
    made = services.open_question(debate=made, code=question())
    assert 'id="etat"' in again(made.version - 1).content.decode()
    ballots(made, 1, 2)
    assert again(made.version).status_code == 204, "votes of others do not concern a phone"


def test_at_the_end_phones_stop_asking() -> None:
    made = live()
    client, code = phone(made), path(made)
    services.end(debate=made)
    for waiting in (client, StrictClient()):
        answer = waiting.get(code, {"vu": "1"}, headers=HTMX)
        assert answer.status_code == 286
        assert "hx-trigger" not in answer.content.decode()
        assert "Le débat est terminé." in said(answer)


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_look_costs_three_questions_at_most(signed_in: bool) -> None:
    made = asking()
    client = StrictClient()
    if signed_in:
        client.force_login(UserFactory.create())
    client.get(path(made))

    def cost(**more: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(path(made), more, headers=HTMX)
        return len(seen)

    assert cost(vu=mark(made.pk, made.version)) == 1, "whoever looks"
    assert cost() == (3 if signed_in else 1)


def test_the_page_is_light() -> None:
    made = asking()
    assert len(phone(made).get(path(made)).content) < 10_000


# three hundred looks


def looks(client: StrictClient, made: Debate, **more: Any) -> Any:
    return client.get(
        path(made), {"vu": more.pop("vu", mark(made.pk, made.version))}, headers=more.pop("headers", HTMX)
    )


def test_a_hall_that_looks_asks_the_database_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PULSE, "fresh", 60.0)
    made = asking()
    room = [phone(made) for _ in range(3)]
    with CaptureQueriesContext(connection) as seen:
        assert [looks(client, made).status_code for client in room * 10] == [204] * 30
    assert len(seen) == 1
    services.close_question(debate=made, code=question())
    assert looks(room[0], made).status_code == 204, "a second late at most"
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert looks(room[0], made).status_code == 200


def test_only_a_look_that_finds_nothing_new_is_answered_so_early() -> None:
    made = asking()
    client = phone(made)
    assert looks(client, made, headers={}).status_code == 200, "a page is a page"
    assert looks(client, made, vu="").status_code == 200
    assert looks(client, made, vu=mark(made.pk, made.version - 1)).status_code == 200
    assert looks(client, made, vu=str(made.version)).status_code == 200, "a number alone is guessed"
    assert press(client, made, 1).status_code == 302


def test_a_guess_by_looks_is_counted_like_another(monkeypatch: pytest.MonkeyPatch) -> None:
    three_guesses(monkeypatch)
    for _ in range(3):
        assert StrictClient().get("/vote/ZZZZZZ/", {"vu": "1"}, headers=HTMX).status_code == 286
    assert StrictClient().get(path(ready()), headers=HTMX).status_code == 429


def test_codes_remembered_stay_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PULSE, "most", 1)
    monkeypatch.setattr(PULSE, "fresh", 60.0)
    one, two = asking(), asking()
    for made in (one, two, one):
        assert looks(StrictClient(), made).status_code == 204
    assert set(PULSE.known) == {one.code}


def test_a_dead_database_is_the_affair_of_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(code: str) -> str:
        raise OperationalError

    made = asking()
    monkeypatch.setattr(PULSE, "version_by_code", dead)
    assert looks(phone(made), made).status_code == 200
