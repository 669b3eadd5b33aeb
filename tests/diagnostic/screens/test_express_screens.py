"""Five minutes, no account, nothing stored; kept only when she says so."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session

from apps.diagnostic import selectors
from apps.diagnostic.models import Answer, Campaign, Respondent
from apps.diagnostic.services import respondents
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, checked, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.diagnostic import answer, campaign, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
EXPRESS, KEEP, OPEN = "/diagnostic/express/", "/diagnostic/express/garder/", "/diagnostic/nouvelle/"


def answers(value: str = "2", **others: str) -> dict[str, str]:
    return {s.code: value for s in selectors.current_questionnaire().express} | others


def test_twelve_statements_on_one_page(client: StrictClient) -> None:
    page = body(client.get(EXPRESS))
    assert page.count("<fieldset") == 12
    assert len(set(re.findall(r'<input type="radio" name="(\w+)"', page))) == 12
    assert checked(page) == []


def test_the_result_is_instant_and_nothing_is_stored(client: StrictClient) -> None:
    sent = client.post(EXPRESS, answers("2", A1="3"))
    page = text(sent)
    assert sent.status_code == 200
    assert "Votre maison s’appuie d’abord sur les richesses humaines." in page
    assert "75" in page
    assert "Rien n’est enregistré pour l’instant." in page
    assert "Une urgence de trésorerie n’attend pas un questionnaire." in page
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()
    assert [model.objects.count() for model in (Campaign, Respondent, Answer)] == [0, 0, 0]
    assert len(checked(body(sent))) == 12


def test_a_forged_or_empty_form_is_refused_and_the_rest_kept(client: StrictClient) -> None:
    forged = client.post(EXPRESS, answers("2", A1="9"))
    assert forged.status_code == 422
    assert "Cette réponse n’est pas sur l’échelle." in text(forged)
    assert len(checked(body(forged))) == 11
    empty = client.post(EXPRESS, {})
    assert empty.status_code == 422
    assert "Choisissez au moins une réponse" in text(empty)


def test_what_is_missing_is_said_without_a_figure(client: StrictClient) -> None:
    page = client.post(EXPRESS, {"A1": "2"})
    assert "Il manque des réponses pour situer l’équilibre." in text(page)
    assert "non calculé" in text(page)


def test_a_visitor_keeps_her_answers_through_sign_up_into_a_full_campaign(client: StrictClient) -> None:
    sent = client.post(KEEP, answers("2", B1="nsp"))
    assert sent["Location"] == "/compte/signup/?next=%2Fdiagnostic%2Fnouvelle%2F"
    assert "elles ouvriront votre campagne complète" in text(client.get(sent["Location"]))
    user = UserFactory.create()
    client.force_login(user)  # as allauth does: the session follows her
    organisation = OrganisationFactory.create()
    organisation.memberships.create(user=user, role="admin")
    assert "Vos réponses du mode express seront reprises." in text(client.get(OPEN))
    opened = client.post(OPEN, {}, follow=True)
    assert "12 réponses du mode express reprises" in text(opened)
    copy = organisation.campaigns.get().respondents.get()
    assert (copy.user, copy.role) == (user, "gouvernance")
    assert dict(copy.answers.values_list("statement", "value")) == answers("2", B1="nsp")
    assert not copy.answers.filter(is_suggestion=True).exists()
    assert client.get(OPEN).status_code == 302


def test_a_member_keeps_her_answers_into_the_open_campaign(place: Place) -> None:
    client, lead = place.client("lead"), place.people["lead"]
    mine = respondent(place.campaign, user=lead)
    answer(mine, "A1", "0")
    assert client.post(KEEP, answers("3"))["Location"] == OPEN
    assert "12 réponses du mode express attendent" in text(client.get("/espace/"))
    page = text(client.get(OPEN))
    assert "Une campagne est déjà ouverte." in page
    assert "Reprendre mes réponses dans la campagne" in page
    assert "Forme juridique" not in page
    Campaign.objects.update(years_since_board_renewal=3)
    sent = client.post(OPEN, {}, follow=True)
    assert "11 réponses du mode express reprises" in text(sent)
    assert dict(mine.answers.values_list("statement", "value")) == answers("3", A1="0")
    place.campaign.refresh_from_db()
    assert place.campaign.years_since_board_renewal == 3
    assert place.organisation.campaigns.count() == 1


@pytest.mark.parametrize(("role", "place_in"), [("staff", "equipe"), ("board", "gouvernance")])
def test_a_member_who_does_not_manage_takes_hers_into_her_own_copy(
    place: Place, role: str, place_in: str
) -> None:
    client = place.client(role)
    assert client.get(OPEN).status_code == 403
    client.post(KEEP, answers("1"))
    assert "Les reprendre dans la campagne" in text(client.get("/espace/"))
    assert "Reprendre mes réponses dans la campagne" in text(client.get(OPEN))
    client.post(OPEN, {"years_since_board_renewal": "9"})
    mine = place.campaign.respondents.get(user=place.people[role])
    assert (mine.role, mine.answers.filter(is_suggestion=False).count()) == (place_in, 12)
    place.campaign.refresh_from_db()
    assert place.campaign.years_since_board_renewal is None


def test_a_member_who_does_not_manage_waits_for_a_campaign_with_her_answers(place: Place) -> None:
    place.campaign.delete()
    client = place.client("staff")
    client.post(KEEP, answers("1"))
    for sent in (client.get(OPEN, follow=True), client.post(OPEN, {}, follow=True)):
        assert "Vos réponses sont gardées le temps de votre session." in text(sent)
        assert "Ouvrir la campagne avec elles" not in text(sent)
    assert not place.organisation.campaigns.exists()
    opened = campaign(place.organisation)
    client.post(OPEN, {})
    assert opened.respondents.get().answers.count() == 12


def test_one_answer_is_told_in_the_singular(place: Place) -> None:
    client = place.client("lead")
    client.post(KEEP, {"A1": "3"})
    assert "1 réponse du mode express attend." in text(client.get("/espace/"))
    assert "1 réponse du mode express reprise" in text(client.post(OPEN, {}, follow=True))


def test_answers_she_has_already_given_are_not_announced_as_taken(place: Place) -> None:
    client = place.client("lead")
    answer(respondent(place.campaign, user=place.people["lead"]), "A1", "0")
    client.post(KEEP, {"A1": "3"})
    assert "du mode express" not in text(client.post(OPEN, {}, follow=True))


def test_a_full_campaign_leaves_her_answers_where_they_were(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respondents, "MOST_RESPONDENTS", 1)
    client = place.client("lead")
    client.post(KEEP, answers())
    assert "réunit 1 personnes au plus" in text(client.post(OPEN, {}, follow=True))
    assert "12 réponses du mode express attendent" in text(client.get("/espace/"))


def test_a_forged_form_keeps_nothing(client: StrictClient) -> None:
    assert client.post(KEEP, {"A1": "9"})["Location"] == EXPRESS
    assert not Session.objects.exists()
    assert client.get(KEEP).status_code == 405


def test_what_is_kept_belongs_to_one_person_of_this_device(client: StrictClient) -> None:
    client.post(KEEP, answers())
    client.force_login(member(OrganisationFactory.create(), "admin"))
    client.logout()
    client.force_login(member(OrganisationFactory.create(), "admin"))
    assert "du mode express" not in text(client.get(OPEN))
