"""Screens of the presenter and of the projector: what they show, what they answer, what they cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.course.debates import services
from apps.course.debates.asks import DECISION
from apps.course.models import Debate, View
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.debates import asking, ballots, live, module, over, question, ready
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST, NEW = "/se-former/debats/", "/se-former/debats/nouveau/"


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory.create(name="Les Essais du Canal")


@pytest.fixture
def presenter(organisation: Organisation) -> User:
    return member(organisation, "board")


@pytest.fixture
def desk(presenter: User, client_of: Callable[[User], StrictClient]) -> StrictClient:
    return client_of(presenter)


def url(debate: Debate, tail: str = "") -> str:
    return f"{LIST}{debate.pk}/{tail}"


def act(desk: StrictClient, debate: Debate, what: str, **more: Any) -> Any:
    return desk.post(url(debate, "geste/"), {"act": what}, **more)


# the list, and opening


def test_the_first_debate_is_opened_from_an_empty_list(
    desk: StrictClient, organisation: Organisation
) -> None:
    assert "Aucun débat pour l’instant" in said(desk.get(LIST))
    page = desk.get(NEW)
    key = page.context["form"].initial["key"]
    data = {"title": "CA de janvier", "held_on": "2027-01-21", "key": str(key)}
    made = desk.post(NEW, data)
    assert desk.post(NEW, data).url == made.url
    debate = Debate.objects.get()
    assert (debate.organisation, debate.title) == (organisation, "CA de janvier")
    assert made.url == url(debate)
    listed = said(desk.get(LIST))
    assert "CA de janvier" in listed
    assert debate.code in listed


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"title": "", "held_on": "2027-01-21"}, "Donnez un nom à la réunion"),
        ({"title": "CA", "held_on": "demain"}, "Écrivez la date ainsi"),
        ({"title": "x" * 161, "held_on": "2027-01-21"}, "dépasse 160 caractères"),
    ],
)
def test_an_opening_refused_keeps_what_was_typed(desk: StrictClient, data: dict[str, str], why: str) -> None:
    answer = desk.post(NEW, data)
    assert answer.status_code == 422
    assert why in said(answer)
    assert data["title"] in answer.content.decode()
    assert not Debate.objects.exists()


def test_a_person_without_organisation_is_told_what_to_do(client_of: Callable[[User], StrictClient]) -> None:
    client = client_of(UserFactory.create())
    for page in (LIST, NEW):
        assert "Un débat appartient à une association" in said(client.get(page))
    assert client.post(NEW, {"title": "CA", "held_on": "2027-01-21"}).status_code == 200
    assert not Debate.objects.exists()


def test_an_opening_typed_before_the_session_expired_is_found_again(presenter: User) -> None:
    client = StrictClient()
    client.post(NEW, {"title": "CA de mars", "held_on": "2027-03-04"})
    client.force_login(presenter)
    html = client.get(NEW).content.decode()
    assert 'value="CA de mars"' in html
    assert 'value="2027-03-04"' in html


# the console


def test_before_the_start_the_console_shows_the_door(desk: StrictClient, organisation: Organisation) -> None:
    made = ready(organisation)
    page = desk.get(url(made))
    html = page.content.decode()
    assert made.code in html
    assert "testserver/vote" in html
    assert f"Code QR de l’adresse http://testserver/vote/{made.code}/" in html
    assert "Commencer le débat" in said(page)


def test_an_arrow_moves_the_slide_for_everybody(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    answer = act(desk, made, "go:1", headers=HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "moved")
    headline = module().sequences[1].headline
    assert headline in said(desk.get(url(made)))
    assert headline in said(desk.get(url(made, "ecran/")))


def test_without_script_an_act_comes_back_to_its_page(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    assert act(desk, made, "go:1").url == url(made)
    assert desk.post(url(made, "geste/"), {"act": "go:2", "from": "ecran"}).url == url(made, "ecran/")
    made.refresh_from_db()
    assert made.sequence == 2


@pytest.mark.parametrize("what", ["", "fly", "go:", "go:-1", "go:²", "go:99999", "open:inconnue"])
def test_an_act_that_makes_no_sense_changes_nothing(
    desk: StrictClient, organisation: Organisation, what: str
) -> None:
    made = live(organisation)
    answer = act(desk, made, what, follow=True)
    assert "rechargez la page" in said(answer)
    made.refresh_from_db()
    assert (made.version, made.sequence) == (2, 0)


def test_a_refused_act_reloads_the_page_that_says_why(desk: StrictClient, organisation: Organisation) -> None:
    made = ready(organisation)
    answer = act(desk, made, "go:1", headers=HTMX)
    assert answer["HX-Redirect"] == url(made)
    assert "Commencez d’abord le débat" in said(desk.get(url(made)))


def test_the_console_counts_while_the_screen_only_says_how_many(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = asking(organisation)
    ballots(made, 0, 0, 2)
    console, screen = said(desk.get(url(made))), said(desk.get(url(made, "ecran/")))
    assert "67 %" in console
    assert "3 réponses" in screen
    assert "67 %" not in screen
    act(desk, made, "book:1")
    assert "67 %" in said(desk.get(url(made, "ecran/")))
    act(desk, made, "book:0")
    act(desk, made, f"close:{question()}")
    assert "67 %" in said(desk.get(url(made, "ecran/")))


def test_the_decision_is_never_shown_before_it_closes(desk: StrictClient, organisation: Organisation) -> None:
    made = services.set_open_book(debate=live(organisation), is_open_book=True)
    made = services.open_question(debate=made, code=DECISION)
    ballots(made, 0, 1)
    assert "50 %" not in said(desk.get(url(made, "ecran/")))
    act(desk, made, f"close:{DECISION}")
    assert "50 %" in said(desk.get(url(made, "ecran/")))


def test_one_key_goes_through_the_whole_meeting(desk: StrictClient, organisation: Organisation) -> None:
    made, passed = ready(organisation), []
    for page in ("", "ecran/") * 20:
        found = re.search(
            r'value="([^"]+)" data-key="ArrowRight"', desk.get(url(made, page)).content.decode()
        )
        if found is None:
            break
        passed.append(found[1])
        act(desk, made, found[1])
    votes = [f"{what}:{question(rank)}" for rank in range(3) for what in ("open", "close")]
    last = [f"open:{DECISION}", f"close:{DECISION}"]
    assert passed == ["start:", "go:1", "go:2", "go:3", *votes, "go:4", *last]


def test_the_other_key_comes_back(desk: StrictClient, organisation: Organisation) -> None:
    made = services.go(debate=live(organisation), place=3)
    made = services.close_question(
        debate=services.open_question(debate=made, code=question()), code=question()
    )
    for expected in ("show:", "go:2", "go:1", "go:0"):
        html = desk.get(url(made, "ecran/")).content.decode()
        assert f'value="{expected}" data-key="ArrowLeft"' in html
        act(desk, made, expected)
    assert 'data-key="ArrowLeft"' not in desk.get(url(made, "ecran/")).content.decode()


def test_the_clock_counts_down_then_over(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    for spent, text in ((53, "3:07 pour cette séquence"), (272, "0:32 de dépassement")):
        Debate.objects.filter(pk=made.pk).update(sequence_since=timezone.now() - timedelta(seconds=spent))
        assert text in said(desk.get(url(made)))


def test_words_are_put_aside_and_taken_back(desk: StrictClient, organisation: Organisation) -> None:
    made = asking(organisation)
    services.say(debate=made, question=made.question, voter=uuid4(), text="Un mot de trop")
    view = View.objects.get()
    assert "Un mot de trop" in said(desk.get(url(made)))
    assert desk.post(url(made, f"paroles/{view.pk}/"), {"aside": "1"}).url == url(made) + "#paroles"
    assert "Mis de côté." in said(desk.get(url(made)))
    answer = desk.post(url(made, f"paroles/{view.pk}/"), {"aside": "0"}, headers=HTMX)
    assert answer["HX-Trigger"] == "moved"
    assert not View.objects.get().set_aside


def test_words_of_another_debate_are_out_of_reach(desk: StrictClient, organisation: Organisation) -> None:
    other = asking()
    services.say(debate=other, question=other.question, voter=uuid4(), text="Ailleurs")
    mine = asking(organisation)
    assert desk.post(url(mine, f"paroles/{View.objects.get().pk}/"), {"aside": "1"}).status_code == 404
    assert not View.objects.get().set_aside


def test_what_a_phone_types_is_shown_as_text(desk: StrictClient, organisation: Organisation) -> None:
    made = asking(organisation)
    services.say(debate=made, question=made.question, voter=uuid4(), text="<script>alert(1)</script>")
    assert "&lt;script&gt;" in desk.get(url(made)).content.decode()


def test_ending_leads_to_the_record(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    assert act(desk, made, "end:").url == url(made, "compte-rendu/modifier/")
    assert desk.get(url(made)).url == url(made, "compte-rendu/")
    again = desk.get(url(made), {"vu": "1"}, headers=HTMX)
    assert again["HX-Redirect"] == url(made, "compte-rendu/modifier/"), (
        "where the button leads, if it comes first"
    )
    screen = desk.get(url(made, "ecran/"), {"vu": "1"}, headers=HTMX)
    assert screen.status_code == 286, "htmx stops asking"
    assert "Merci, le débat est terminé." in said(screen)
    assert "hx-trigger" not in screen.content.decode()


# asking again


def test_the_screen_asks_again_and_gets_nothing_until_something_moves(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = asking(organisation)

    def again(seen: str) -> Any:
        return desk.get(url(made, "ecran/"), {"vu": seen}, headers=HTMX)

    page = desk.get(url(made, "ecran/"))
    marker = page.context["marker"]
    assert again(marker).status_code == 204
    ballots(made, 1)
    fresh = again(marker)
    assert fresh.status_code == 200
    assert fresh.content.decode().lstrip().startswith('<div id="ecran"')
    assert "1 réponse" in said(fresh)
    assert again(fresh.context["marker"]).status_code == 204
    act(desk, made, f"close:{question()}")
    assert "résultat" in said(again(fresh.context["marker"]))


def test_the_console_asks_again_for_its_two_parts(desk: StrictClient, organisation: Organisation) -> None:
    made = asking(organisation)
    marker = desk.get(url(made)).context["direct"].marker

    def again(**seen: str) -> Any:
        return desk.get(url(made), seen, headers=HTMX)

    assert again(vu=str(made.version)).status_code == 204
    assert again(vu=marker, part="direct").status_code == 204
    ballots(made, 1)
    assert again(vu=str(made.version)).status_code == 204, "a vote does not move the slide"
    fresh = again(vu=marker, part="direct")
    assert fresh.content.decode().lstrip().startswith('<div id="direct"')
    marker = fresh.context["direct"].marker
    services.say(debate=made, question=made.question, voter=uuid4(), text="Un mot")
    assert "Un mot" in said(again(vu=marker, part="direct"))
    act(desk, made, "go:1")
    moved = again(vu=str(made.version))
    assert moved.content.decode().lstrip().startswith('<section id="console"')


# rights and costs


def test_a_colleague_sees_and_a_stranger_does_not(
    organisation: Organisation, client_of: Callable[[User], StrictClient]
) -> None:
    made = live(organisation)
    colleague = client_of(member(organisation, "staff"))
    stranger = client_of(member(OrganisationFactory.create(), "admin"))
    for tail in ("", "ecran/", "compte-rendu/", "compte-rendu/modifier/"):
        assert colleague.get(url(made, tail)).status_code == 200
        assert stranger.get(url(made, tail)).status_code == 404
    assert act(stranger, made, "go:1").status_code == 404
    assert act(colleague, made, "go:1").status_code == 302


def test_an_act_after_the_session_expired_comes_back_to_the_console(organisation: Organisation) -> None:
    made = live(organisation)
    answer = act(StrictClient(), made, "go:1")
    assert answer.url == f"/compte/login/?next={url(made)}"
    made.refresh_from_db()
    assert made.sequence == 0


def cost(client: StrictClient, path: str, status: int = 200, **more: Any) -> int:
    assert client.get(path, **more).status_code == status
    with CaptureQueriesContext(connection) as seen:
        client.get(path, **more)
    return len(seen)


def test_the_list_costs_the_same_at_one_and_at_three(desk: StrictClient, organisation: Organisation) -> None:
    over(organisation, 1)
    one = cost(desk, LIST)
    live(organisation)
    ready(organisation)
    assert cost(desk, LIST) == one <= 4


def test_the_console_costs_the_same_with_one_and_with_three_words(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = asking(organisation)
    costs = []
    for _ in range(3):
        services.say(debate=made, question=made.question, voter=uuid4(), text="Un mot")
        costs.append(cost(desk, url(made)))
    assert len(set(costs)) == 1
    assert costs[0] <= 10


def test_no_screen_of_the_meeting_asks_more_than_ten_questions(
    desk: StrictClient, organisation: Organisation
) -> None:
    made = live(organisation)
    for place in range(5):
        made = services.go(debate=made, place=place)
        assert cost(desk, url(made)) <= 10
        assert cost(desk, url(made, "ecran/")) <= 8


def test_asking_again_costs_four_questions(desk: StrictClient, organisation: Organisation) -> None:
    made = asking(organisation)
    marker = desk.get(url(made, "ecran/")).context["marker"]
    path = f"{url(made, 'ecran/')}?vu={marker}"
    assert cost(desk, path, 204, headers=HTMX) <= 4


def test_a_figure_that_left_does_not_stop_the_slide(desk: StrictClient, organisation: Organisation) -> None:
    made = live(organisation)
    made.sheet["sequences"][0]["figure"] = "disparue"
    made.save()
    assert desk.get(url(made, "ecran/")).context["screen"].slide.figure is None


def test_dates_are_those_of_the_meeting(desk: StrictClient, organisation: Organisation) -> None:
    made = ready(organisation, held_on=datetime(2027, 2, 1, tzinfo=UTC).date())
    assert "1er février 2027" in said(desk.get(url(made)))
