"""She sees who has finished, never what they said."""

from __future__ import annotations

import re

import pytest

from apps.diagnostic import selectors
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, main, text
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import answer, answer_all, campaign, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_the_page_says_who_has_finished(place: Place) -> None:
    answer_all(respondent(place.campaign, name="Zoé"))
    answer(respondent(place.campaign, name="Max"), "A1", "0")
    page = text(place.client("lead").get(place.url()))
    assert "1 copie terminée sur 3" in page
    for line in ("Zoé équipe terminé", "Max équipe en cours", "Léa partenaire pas commencé"):
        assert line in page


@pytest.mark.parametrize("role", ["admin", "lead", "board", "staff"])
def test_no_answer_of_anybody_shows_on_any_page_of_the_campaign(place: Place, role: str) -> None:
    """The same pages, whatever was answered: nothing of an answer can be in them."""
    client = place.client(role)
    other = respondent(place.campaign, name="Zoé")
    names = ("", "clore/") if role in ("admin", "lead") else ("",)
    for copy in (place.guest, other):
        answer_all(copy, "0")
    low = [hidden(body(client.get(place.url(name)))) for name in names]
    place.guest.answers.update(value="3")
    other.answers.update(value="nsp")
    other.answers.filter(statement__startswith="B").delete()
    assert [hidden(body(client.get(place.url(name)))) for name in names] == low
    for label in (c.label for c in selectors.current_questionnaire().scale):
        assert label not in "".join(low)


def hidden(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main(html))


def test_the_copies_of_others_have_no_link_here(place: Place) -> None:
    mine = respondent(place.campaign, user=place.people["lead"])
    page = body(place.client("lead").get(place.url()))
    assert place.copy_url("", mine) in page
    assert place.copy_url() not in page


def test_only_those_who_manage_find_the_tools(place: Place) -> None:
    tools = ("Inviter par courriel", "Retirer", "Chiffres", "Clore")
    lead, staff = text(place.client("lead").get(place.url())), text(place.client("staff").get(place.url()))
    assert all(tool in lead for tool in tools)
    assert not any(tool in staff for tool in tools)
    assert place.campaign.code in staff


def test_the_space_of_a_member_follows_the_campaign(place: Place) -> None:
    assert "0 copie terminée sur 1" in text(place.client("staff").get("/espace/"))
    answer_all(place.guest)
    result = close_campaign(campaign=place.campaign, by=None)
    staff, lead = text(place.client("staff").get("/espace/")), text(place.client("lead").get("/espace/"))
    assert result.respondent_count == 1
    assert "1 personne, close le" in staff
    assert "Ouvrir une campagne" not in staff
    assert "Ouvrir une campagne" in lead


def test_the_space_says_where_a_person_is_asked_elsewhere(place: Place) -> None:
    other = campaign()
    mine = respondent(other, user=place.people["staff"])
    page = place.client("staff").get("/espace/")
    assert "On vous demande aussi votre regard" in text(page)
    assert f'href="{place.copy_url("", mine)}"' in body(page)
    assert f"/diagnostic/{other.pk}/" not in body(page)


def test_a_newcomer_of_an_association_without_campaign_is_told_who_opens_one() -> None:
    client = StrictClient()
    client.force_login(member(OrganisationFactory.create(), "staff"))
    assert "Aucune campagne pour l’instant" in text(client.get("/espace/"))
