"""What the diagnostic is for, and opening a campaign."""

from __future__ import annotations

import pytest

from apps.catalogue.models import Fragility
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.diagnostic import answer
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
INTRO, OPEN = "/diagnostic/", "/diagnostic/nouvelle/"


def test_the_presentation_says_what_it_is_not_for_and_where_to_go(client: StrictClient) -> None:
    page = text(client.get(INTRO))
    assert "Une urgence de trésorerie n’attend pas un questionnaire." in page
    assert "DLA" in page
    assert "commissaire aux comptes" in page
    assert "expert-comptable" in page
    assert "Il n’y a ni note globale, ni classement." in page
    assert "Personne ne voit vos réponses" in page


def test_the_presentation_offers_each_person_her_own_way_in(place: Place) -> None:
    assert "Créer un compte et commencer" in text(place.client("anonymous").get(INTRO))
    assert f"Retrouver la campagne de {place.organisation.name}" in text(place.client("staff").get(INTRO))
    answer(place.guest)
    close_campaign(campaign=place.campaign, by=None)
    assert f'href="{OPEN}"' in body(place.client("lead").get(INTRO))
    for role in ("staff", "board"):
        page = place.client(role).get(INTRO)
        assert f'href="{OPEN}"' not in body(page)
        assert "Une personne qui conduit les campagnes" in text(page)


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("lead", 200), ("board", 403), ("staff", 403)])
def test_only_those_who_manage_open_a_campaign(client_of: object, role: str, status: int) -> None:
    organisation = OrganisationFactory.create()
    client = StrictClient()
    client.force_login(member(organisation, role))
    assert client.get(OPEN).status_code == status
    assert client.post(OPEN, {}).status_code == (302 if status == 200 else status)
    assert organisation.campaigns.count() == (status == 200)


def test_a_visitor_signs_in_first_and_comes_back(client: StrictClient) -> None:
    assert client.post(OPEN)["Location"] == f"/compte/login/?next={OPEN}"


def test_a_person_without_an_association_presents_hers_first_and_comes_back(client: StrictClient) -> None:
    client.force_login(UserFactory.create())
    sent = client.get(OPEN, follow=True)
    assert sent.redirect_chain[0][0].endswith("?next=%2Fdiagnostic%2Fnouvelle%2F")
    assert "présentez d’abord la vôtre" in text(sent)


def test_a_campaign_opens_with_its_context_by_plain_post(client: StrictClient) -> None:
    organisation = OrganisationFactory.create(name="Le Fournil")
    client.force_login(member(organisation, "lead"))
    page = body(client.get(OPEN))
    assert '<option value="58" selected>58, Nièvre</option>' in page
    kept = {
        "department": "58",
        "fragilities": [Fragility.objects.all()[0].pk],
        "years_since_board_renewal": "2",
    }
    sent = client.post(OPEN, kept)
    made = organisation.campaigns.get()
    assert sent["Location"] == f"/diagnostic/{made.pk}/"
    assert (made.department_id, made.years_since_board_renewal) == ("58", 2)
    assert made.fragilities.count() == 1
    assert made.opened_by == organisation.memberships.get().user


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client: StrictClient) -> None:
    organisation = OrganisationFactory.create()
    client.force_login(member(organisation))
    sent = client.post(
        OPEN, {"department": "58", "effort_18_months": "soixante", "years_since_board_renewal": "12"}
    )
    assert sent.status_code == 422
    assert "Tout ce que vous avez écrit est gardé" in text(sent)
    assert "Écrivez un nombre entier." in text(sent)
    assert 'value="soixante"' in body(sent)
    assert 'value="12"' in body(sent)
    assert '<option value="58" selected>' in body(sent)
    assert not organisation.campaigns.exists()


def test_an_open_campaign_is_shown_instead_of_a_second_one(place: Place) -> None:
    client = place.client("lead")
    assert client.get(OPEN)["Location"] == place.url()
    # The second click of a double click, or a second tab.
    sent = client.post(OPEN, {"years_since_board_renewal": "7"}, follow=True)
    assert sent.redirect_chain == [(place.url(), 302)]
    assert "Une campagne est déjà ouverte : la voici." in text(sent)
    assert place.organisation.campaigns.get() == place.campaign
