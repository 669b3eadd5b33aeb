"""Step 6: the tree, what the diagnostic proposes, the dots of workshops, the fields of levers and partnerships."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.enums import Role
from apps.diagnostic.models import Lever
from apps.methodology.enums import SeatRole, WorkshopStage
from apps.methodology.levers import services
from apps.methodology.models import Dot, Item, Participant, Pile, Seat, Workshop
from apps.methodology.services.items import remove_item
from apps.methodology.tools import KINDS
from tests.diagnostic.result_cases import CASES
from tests.factories.diagnostic import campaign
from tests.methodology.levers.support import at, client, item, link, page, ready, seated, values
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def levers_of(seat: Seat) -> list[Item]:
    return list(Item.objects.filter(engagement=seat.engagement_id, kind="lever", gone_at=None))


def offered(shown: str) -> str:
    return shown[shown.index('id="leviers-proposes"') :] if 'id="leviers-proposes"' in shown else ""


# --- what the diagnostic proposes --------------------------------------------------------------------------------
@pytest.mark.parametrize("case", sorted(CASES))
def test_the_levers_are_those_of_the_result_page_with_the_same_reasons(case: str) -> None:
    result = CASES[case]()
    lead = seat_in(engagement_of(result.campaign.organisation))
    link(lead, result.campaign)
    there = client(lead).get(f"/diagnostic/{result.campaign_id}/resultat/").content.decode()
    here = offered(client(lead).get(at(lead, "tool", "leviers")).content.decode())
    titles = re.findall(r'<li class="card [a-z]+">.*?<h3>(.*?)</h3>', there, re.DOTALL)
    assert re.findall(r'<h3><i class="mark"></i>(.*?)</h3>', here) == titles
    reasons = re.findall(r"<b>Pourquoi celui-ci.</b> (.*?)</p>", here)
    assert len(reasons) == 3
    assert reasons == re.findall(r"<b>Pourquoi celui-ci.</b> (.*?)</p>", there)


def test_one_is_taken_then_all_and_none_twice() -> None:
    lead, _ = ready()
    codes = re.findall(r"/reprendre/(\w\d)/", page(lead, "tool", "leviers"))
    assert len(codes) == 3
    for _ in range(2):
        answer = client(lead).post(at(lead, "levers_take", codes[0]))
        assert answer.url == f"{at(lead, 'tool', 'leviers')}#leviers-proposes"
    (first,) = levers_of(lead)
    known = Lever.objects.get(pk=codes[0])
    assert values(first)["title"] == known.title
    assert values(first)["idea"] == known.text
    client(lead).post(at(lead, "levers_take", "tous"))
    client(lead).post(at(lead, "levers_take", "tous"))
    assert len(levers_of(lead)) == 3
    shown = offered(page(lead, "tool", "leviers"))
    assert shown.count("Dans votre arbre") == 3
    assert "Tout reprendre" not in shown


def test_one_that_was_removed_is_not_taken_again_unasked() -> None:
    lead, _ = ready()
    first, *_ = services.take_levers(seat=lead)
    remove_item(seat=lead, item=first, key=uuid4())
    assert services.take_levers(seat=lead) == []
    shown = offered(page(lead, "tool", "leviers"))
    assert shown.count("Repris, puis retiré") == 1
    assert at(lead, "item", first.pk) in shown


def test_a_code_that_is_not_proposed_takes_nothing() -> None:
    lead, _ = ready()
    client(lead).post(at(lead, "levers_take", "Z9"))
    assert not levers_of(lead)


def test_what_is_taken_says_nothing_of_the_answers() -> None:
    lead, _ = ready()
    services.take_levers(seat=lead)
    for one in levers_of(lead):
        assert set(values(one)) <= {"title", "pillar", "idea"}
        assert "édiane" not in str(values(one))
    shown = page(seated(lead.engagement, SeatRole.MEMBER), "tool", "leviers")
    assert "se lisent par les membres de l’association" in shown
    for word in ("Pourquoi celui-ci", "édiane", "écartent"):
        assert word not in shown


@pytest.mark.parametrize(
    ("role", "membership", "status"),
    [
        (SeatRole.MEMBER, Role.STAFF, 302),
        (SeatRole.LEAD, "", 403),
        (SeatRole.MEMBER, "", 403),
        (SeatRole.BOARD, Role.BOARD, 403),
        (SeatRole.OBSERVER, Role.ADMIN, 403),
    ],
)
def test_who_takes_levers(role: str, membership: str, status: int) -> None:
    lead, _ = ready()
    seat = seated(lead.engagement, role, membership)
    assert client(seat).post(at(seat, "levers_take", "tous")).status_code == status
    assert bool(levers_of(lead)) == (status == 302)


def test_strangers_take_nothing_and_a_get_neither() -> None:
    lead, _ = ready()
    assert client(seat_in(engagement_of())).post(at(lead, "levers_take", "tous")).status_code == 404
    assert client(lead).get(at(lead, "levers_take", "tous")).status_code == 405
    assert not levers_of(lead)


def test_before_the_result_the_page_says_what_will_come(lead: Seat) -> None:
    assert "Une fois l’auto-diagnostic" in page(lead, "tool", "leviers")
    link(lead, campaign(lead.engagement.organisation))
    assert "quand sa campagne est close" in page(lead, "tool", "leviers")
    client(lead).post(at(lead, "levers_take", "tous"))
    assert not levers_of(lead)


def test_a_session_that_ended_comes_back_to_the_tree() -> None:
    lead, _ = ready()
    browser = client(lead)
    browser.logout()
    answer = browser.post(at(lead, "levers_take", "tous"))
    assert at(lead, "tool", "leviers") in answer.url


# --- the tree on its page ----------------------------------------------------------------------------------------
def test_the_tree_says_what_is_chosen_and_what_is_missing(lead: Seat) -> None:
    item(
        lead, "lever", title="Accueillir des volontaires", pillar="human", branch="Équipe", decision="chosen"
    )
    item(lead, "lever", title="Partager un lieu", pillar="alliances", decision="set_aside")
    shown = page(lead, "tool", "leviers")
    assert "1 levier retenu sur 2 ; aucun sur les ressources financières ni sur les alliances." in shown
    assert "Retenus sans risque écrit : « Accueillir des volontaires »." in shown
    assert '<li class="leaf set_aside">' in shown
    assert "Équipe" in shown


def test_the_board_reads_the_tree_without_buttons(lead: Seat) -> None:
    item(lead, "lever", title="Partager un lieu")
    shown = page(seated(lead.engagement, SeatRole.BOARD, Role.BOARD), "tool", "leviers")
    assert "Aucun levier retenu pour l’instant, sur 1." in shown
    assert "Pour ranger" not in shown


def voted(seat: Seat, made: Item, stage: str, votes: int = 0, dots: int = 0) -> None:
    over = {"over_at": seat.joined_at} if stage == WorkshopStage.OVER else {"code": "ABCDEF"}
    table = Workshop.objects.create(
        engagement=seat.engagement,
        step=6,
        title="Leviers",
        question="Lesquels ?",
        held_on=date(2027, 1, 21),
        stage=stage,
        **over,
    )
    pile = Pile.objects.create(workshop=table, title="Une pile", item=made, votes=votes)
    if dots:
        chair = Participant.objects.create(workshop=table, seat=seat)
        Dot.objects.create(pile=pile, participant=chair, number=dots)


@pytest.mark.parametrize(
    ("stage", "votes", "dots", "said"),
    [
        (WorkshopStage.OVER, 4, 0, "à décider, 4 pastilles<"),
        (WorkshopStage.TALKING, 0, 3, "à décider, 3 pastilles<"),
        (WorkshopStage.TALKING, 0, 0, "à décider, 0 pastille<"),
        (WorkshopStage.VOTING, 0, 3, "à décider<"),
    ],
)
def test_dots_of_a_workshop_show_once_the_vote_is_closed(
    lead: Seat, stage: str, votes: int, dots: int, said: str
) -> None:
    voted(lead, item(lead, "lever", title="Partager un lieu"), stage, votes, dots)
    assert said in page(lead, "tool", "leviers")


# --- fields ------------------------------------------------------------------------------------------------------
def test_a_branch_is_typed_or_taken_from_those_that_exist(lead: Seat) -> None:
    item(lead, "lever", title="Un", branch="Bénévoles")
    item(lead, "lever", title="Deux", branch="bénévoles")
    made = item(lead, "lever", title="Trois", branch="Accueil")
    shown = page(lead, "item", made.pk)
    assert 'list="branches"' in shown
    proposed = shown[shown.index('id="branches"') : shown.index("</datalist>")]
    assert re.findall(r'<option value="([^"]*)">', proposed) == ["Accueil", "Bénévoles"]
    answer = client(lead).post(
        at(lead, "item", made.pk), {"c": ["branch"], "v-branch": "Ouvrir les portes", "b-branch": "1"}
    )
    assert answer.status_code == 302
    assert values(made)["branch"] == "Ouvrir les portes"
    read = page(seated(lead.engagement, SeatRole.BOARD, Role.BOARD), "item", made.pk)
    assert "Ouvrir les portes" in read
    assert "<datalist" not in read


def test_a_branch_that_somebody_else_wrote_shows_both(lead: Seat) -> None:
    made = item(lead, "lever", title="Trois", branch="Accueil")
    client(lead).post(at(lead, "item", made.pk), {"c": ["branch"], "v-branch": "Équipe", "b-branch": "1"})
    answer = client(lead).post(
        at(lead, "item", made.pk), {"c": ["branch"], "v-branch": "Bénévoles", "b-branch": "1"}
    )
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert 'value="Bénévoles"' in shown
    assert "<blockquote><p>Équipe" in shown or "<blockquote>Équipe" in shown


@pytest.mark.parametrize("kind", ["lever", "partnership"])
def test_every_field_of_the_declaration_is_on_its_page(lead: Seat, kind: str) -> None:
    made = item(lead, kind, title="Un")
    shown = page(lead, "item", made.pk)
    for spec in KINDS[kind].fields:
        assert shown.count(f'data-field="{made.pk}:{spec.code}"') == 1


def test_the_seven_steps_say_how_far_a_partnership_is(lead: Seat) -> None:
    made = item(
        lead, "partnership", title="La Fondation", steps_done=["clarify", "type", "meet"], main_aim="means"
    )
    shown = page(lead, "item", made.pk)
    assert "<span data-count>3</span> sur 7" in shown
    assert shown.count("proposition pédagogique") == 2
    tool = page(lead, "tool", "leviers")
    assert "3 étapes sur 7" in tool
    assert "proposition pédagogique" in tool
    assert "1 partenariat ; aucun de type" not in tool


def test_the_square_places_partnerships_by_their_aims(lead: Seat) -> None:
    item(lead, "partnership", title="La Fondation", main_aim="means", type="mecenat", next="Les appeler")
    item(lead, "partnership", title="La Ville")
    shown = page(lead, "tool", "leviers")
    assert "2 partenariats ; 1 sans objectif prioritaire ; aucun de type" in shown
    assert "Le carré des objectifs. moyens : La Fondation." in shown
    assert "sans objectif prioritaire, 0 étape sur 7" in shown
    assert "moyens, 0 étape sur 7" in shown[shown.index('id="liste-partnership"') :].replace("</span>", "")
    assert "Les appeler" in shown


# --- cost --------------------------------------------------------------------------------------------------------
def test_the_tree_costs_the_same_at_one_and_three(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lead, _ = ready()
    services.take_levers(seat=lead)
    browser, counts = client(lead), []
    browser.get(at(lead, "tool", "leviers"))
    for number in (1, 3):
        for _ in range(number):
            made = item(lead, "lever", title="Un", pillar="human", branch="Équipe")
            Workshop.objects.filter(code="ABCDEF").update(code="GHJKLM")
            item(lead, "partnership", title="Deux", main_aim="means", contact=str(lead.pk))
        voted(lead, made, WorkshopStage.TALKING, 0, 2)
        with django_assert_max_num_queries(10) as queries:
            assert browser.get(at(lead, "tool", "leviers")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
