"""The table: the code, the chair of a guest or of a member, what is told before, what a guest of yesterday opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.pulse import mark
from apps.core.secrets import hash_token
from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Card, Participant
from apps.methodology.workshops import services
from apps.methodology.workshops.views import table
from tests.factories import UserFactory
from tests.methodology.workshops.helpers import (
    HTMX,
    JSON,
    Guest,
    again,
    at_table,
    invited,
    member_of,
    opened,
    signed_in,
    to,
    wrote,
)
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [str.lower, lambda c: f" {c[:3]} {c[3:]} ", lambda c: f"{c[:2]}-{c[2:]}"])
def test_the_code_opens_the_door_however_it_is_typed(write: Any) -> None:
    made = opened()
    answer = StrictClient().post("/atelier/", {"code": write(made.code)})
    assert answer.url == f"/atelier/{made.code}/"
    assert StrictClient().get(f"/atelier/{made.code.lower()}/").url == f"/atelier/{made.code}/"


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ("", 422, "Entrez les six lettres"),
        ("BCD", 422, "six lettres"),
        ("ZZZZZZ", 404, "Aucun atelier en cours n’a ce code"),
    ],
)
def test_a_code_that_opens_nothing(typed: str, status: int, why: str) -> None:
    answer = StrictClient().post("/atelier/", {"code": typed})
    assert answer.status_code == status
    assert why in said(answer)
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_guesses_are_limited_but_whoever_is_at_the_table_is_not_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = replace(table.CODE_PAGE.gate, most=3)
    monkeypatch.setattr(table, "CODE_PAGE", replace(table.CODE_PAGE, gate=gate))
    made = opened(Stage.SILENT)
    inside = at_table(made)
    for _ in range(3):
        assert StrictClient().get("/atelier/ZZZZZZ/").status_code == 404
    assert StrictClient().get(inside.url).status_code == 429
    forged = StrictClient()
    forged.cookies["atelier"] = "a" * 32
    assert forged.get(inside.url).status_code == 429, "a cookie that somebody wrote opens nothing"
    assert inside.does("card:", text="Une idée").status_code == 302
    assert Card.objects.get().text == "Une idée"


@pytest.mark.parametrize(
    ("shows_names", "rule"), [(False, "Aucun nom ne s’affiche."), (True, "Les noms s’affichent.")]
)
def test_everything_is_told_before_anything_is_typed(shows_names: bool, rule: str) -> None:
    made = opened(shows_names=shows_names)
    text = said(StrictClient().get(f"/atelier/{made.code}/"))
    before, _, after = text.partition("Votre prénom ou votre nom")
    for told in (
        rule,
        "Qui lit les cartes :",
        "Aucune tâche ne vous sera attribuée.",
        "votre nom et votre rôle, à la fin de l’atelier. Vos cartes restent, sans auteur.",
    ):
        assert told in before
    assert "Prendre place" in after


def test_opening_the_door_writes_nothing_and_gives_a_secret_for_this_table_alone() -> None:
    made = opened()
    client = StrictClient()
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/atelier/{made.code}/")
    assert not [query for query in seen if not query["sql"].startswith("SELECT")]
    cookie = client.cookies["atelier"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (f"/atelier/{made.code}/", "Lax", True)


def test_a_guest_takes_one_chair_however_often_the_form_is_sent_and_only_a_hash_is_kept() -> None:
    made = opened()
    guest = at_table(made)
    guest.does("join:", name=guest.name, role=guest.role)
    chair = Participant.objects.get()
    assert (chair.name, chair.role, chair.seat) == ("Zoé Passante", "voisine", None)
    assert chair.secret_hash == hash_token(guest.client.cookies["atelier"].value)
    assert "Vous êtes là comme Zoé Passante, voisine" in said(guest.sees())


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"name": "", "role": "élu"}, "Écrivez un prénom"), ({"name": "Zoé", "role": " "}, "à quel titre")],
)
def test_a_name_and_a_role_are_asked(typed: dict[str, str], why: str) -> None:
    guest = Guest(opened())
    guest.sees()
    answer = guest.does("join:", **typed)
    assert answer.status_code == 422
    assert why in said(answer)
    assert f'value="{typed["name"]}"' in answer.content.decode() or not typed["name"]
    assert not Participant.objects.exists()


def test_a_browser_without_its_secret_is_asked_to_press_again_and_keeps_what_was_typed() -> None:
    guest = Guest(opened())
    answer = guest.does("join:", name="Zoé", role="voisine")
    assert answer.status_code == 409
    assert "Appuyez de nouveau" in said(answer)
    assert 'value="Zoé"' in answer.content.decode()
    assert guest.does("join:", name="Zoé", role="voisine").status_code == 302


def test_a_member_takes_her_own_chair_without_giving_a_name() -> None:
    made = opened()
    seat = member_of(made.engagement, full_name="Paul Membre")
    client = signed_in(seat)
    page = client.get(f"/atelier/{made.code}/")
    assert "Vous entrez comme Paul Membre" in said(page)
    assert 'name="role"' not in page.content.decode()
    client.post(f"/atelier/{made.code}/", {"act": "join:"})
    client.post(f"/atelier/{made.code}/", {"act": "join:"})
    assert Participant.objects.get().seat == seat


def test_a_person_signed_in_without_a_seat_or_who_only_follows_is_a_guest() -> None:
    made = opened()
    for client in (StrictClient(), signed_in(member_of(made.engagement, SeatRole.OBSERVER))):
        if not client.session.session_key:
            client.force_login(UserFactory.create())
        assert "Votre rôle" in said(client.get(f"/atelier/{made.code}/"))


def test_a_member_removed_loses_her_chair_at_the_next_request() -> None:
    made = opened(Stage.SILENT)
    seat = member_of(made.engagement, full_name="Paul Membre")
    client = signed_in(seat)
    client.post(f"/atelier/{made.code}/", {"act": "join:"})
    wrote(Participant.objects.get(), "Mon idée")
    assert "Mon idée" in said(client.get(f"/atelier/{made.code}/"))
    seat.left_at = timezone.now()
    seat.save()
    answer = client.post(f"/atelier/{made.code}/", {"act": "card:", "text": "Encore"})
    assert "Mon idée" not in said(answer)
    assert Card.objects.count() == 1


# a guest of yesterday


def test_once_over_the_code_and_the_cookie_open_nothing() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    wrote(guest.chair, "Mon idée")
    url = guest.url
    services.end(workshop=made)
    for client in (guest.client, StrictClient()):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "Mon idée" not in said(answer)
        assert made.title not in said(answer)
    asked = guest.client.get(url, {"vu": "1"}, headers=HTMX)
    assert asked.status_code == 286
    assert "hx-get" not in asked.content.decode()
    late = guest.client.post(url, {"act": "card:", "text": "Trop tard"}, headers=HTMX)
    assert "Trop tard" in late.content.decode(), "what was typed is not thrown away"
    told = guest.client.post(url, {"act": "card:", "text": "x"}, headers=JSON)
    assert (told.status_code, "terminé" in told.json()["message"]) == (404, True)


def test_the_same_code_drawn_again_does_not_know_yesterdays_guest() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    code = made.code
    services.end(workshop=made)
    other = opened(Stage.SILENT)
    type(other).objects.filter(pk=other.pk).update(code=code)
    answer = guest.client.get(f"/atelier/{code}/")
    assert "Prendre place" in said(answer)


def test_a_workshop_that_nobody_ended_is_closed_to_its_guests_the_next_morning(clock: Any) -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    member = signed_in(member_of(made.engagement))
    night = timezone.make_aware(datetime.combine(made.held_on + timedelta(days=1), time(5, 59)))
    clock(night)
    assert guest.sees().status_code == 200
    clock(night + timedelta(minutes=2))
    assert guest.sees().status_code == 404
    assert StrictClient().post("/atelier/", {"code": made.code}).status_code == 404
    member.force_login(member_of(made.engagement).user)
    assert member.get(guest.url).status_code == 200, "the team still ends it"


def test_a_closed_demarche_opens_no_table() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    made.engagement.closed_at = timezone.now()
    made.engagement.save()
    assert guest.sees().status_code == 404
    assert guest.does("card:", text="x").status_code == 404


# costs


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SILENT, Stage.GROUPING, Stage.VOTING, Stage.TALKING])
@pytest.mark.parametrize("shows_names", [False, True])
def test_a_table_costs_the_same_with_three_people_as_with_thirty(stage: Stage, shows_names: bool) -> None:
    def cost(people: int) -> int:
        made = opened(shows_names=shows_names)
        member = signed_in(member_of(made.engagement))
        member.post(f"/atelier/{made.code}/", {"act": "join:"})
        to(made, Stage.SILENT)
        for rank in range(people):
            wrote(invited(made, f"Personne {rank}"), f"Idée {rank}", "human")
        to(made, stage)
        with CaptureQueriesContext(connection) as seen:
            assert member.get(f"/atelier/{made.code}/").status_code == 200
        return len(seen)

    cost(1)
    few = cost(3)
    assert few == cost(30)
    assert few <= 10, few


MIDDLEWARE = "apps.methodology.workshops.pulse.PulseMiddleware"


def test_a_look_that_finds_nothing_new_costs_one_question(settings: Any) -> None:
    settings.MIDDLEWARE = [MIDDLEWARE, *(name for name in settings.MIDDLEWARE if name != MIDDLEWARE)]
    made = opened(Stage.SILENT)
    guest = at_table(made)
    seen_now = mark(made.pk, again(made).version)
    with CaptureQueriesContext(connection) as seen:
        answer = guest.client.get(guest.url, {"vu": seen_now}, headers=HTMX)
    assert (answer.status_code, len(seen)) == (204, 1)
    guest.does("done:1")
    assert guest.client.get(guest.url, {"vu": seen_now}, headers=HTMX).status_code == 200


def test_a_card_sent_by_the_queue_costs_seven_questions() -> None:
    guest = at_table(opened(Stage.SILENT))
    with CaptureQueriesContext(connection) as seen:
        assert guest.does("card:", text="Une idée", headers=JSON).status_code == 200
    asked = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 7, asked


def test_others_typing_moves_nobodys_screen_but_what_is_shared_does() -> None:
    made = opened(Stage.SILENT)
    one, two = at_table(made, "Ana"), at_table(made, "Bob")
    version = again(made).version
    one.does("card:", text="Une idée")
    assert again(made).version == version, "nothing of a card in silence reaches another screen"
    two.does("done:1")
    assert again(made).version > version
    assert "2 personnes , 1 a fini d’écrire" in said(one.sees())


def test_for_htmx_the_answer_is_the_part_that_changed_and_for_the_queue_a_word() -> None:
    guest = at_table(opened(Stage.SILENT))
    part = guest.does("card:", text="Une idée", headers=HTMX)
    assert part.content.decode().lstrip().startswith('<div id="etat"')
    assert "Une idée" in said(part)
    assert guest.does("card:", text="Deux", headers=JSON).json() == {}
    refused = guest.does("card:", text="é" * 281, headers=JSON)
    assert (refused.status_code, "dépasse 280" in refused.json()["message"]) == (422, True)
