"""Each object, each person: what the table of rights says by role holds for each row too."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import Membership
from apps.diagnostic import selectors
from apps.diagnostic.models import Campaign
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import invitees
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import answer, campaign, finance_year, respondent
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
READ = ("", "contexte/", "inviter/", "finances/", "finances/2024/", "clore/", "resultat/")


def writes(place: Place) -> dict[str, dict[str, str]]:
    return {
        "contexte/": {"years_since_board_renewal": "9"},
        "inviter/": invitees(("intrus@exemple.fr", "equipe")),
        "finances/2024/": {"charges": "666"},
        "finances/2023/supprimer/": {},
        f"personnes/{place.guest.pk}/renvoyer/": {},
        f"personnes/{place.guest.pk}/retirer/": {"confirm": "1"},
        "clore/": {},
        "rapport/": {},
    }


def unchanged(place: Place) -> bool:
    fresh = Campaign.objects.get(pk=place.campaign.pk)
    return (
        fresh.is_open
        and fresh.years_since_board_renewal is None
        and list(fresh.finances.values_list("year", flat=True)) == [2023]
        and list(fresh.respondents.values_list("pk", flat=True)) == [place.guest.pk]
    )


@pytest.fixture(autouse=True)
def _accounts(place: Place) -> None:
    finance_year(place.campaign, 2023)
    answer(place.guest)


@pytest.mark.parametrize(
    ("role", "status"), [("stranger", 404), ("staff", 403), ("board", 403), ("anonymous", 302)]
)
def test_nobody_without_the_role_writes_anything(place: Place, role: str, status: int) -> None:
    client = place.client(role)
    for name, data in writes(place).items():
        if name == "rapport/" and status == 403:
            continue  # any member asks for the report
        assert client.post(place.url(name), data).status_code == status, name
    assert unchanged(place)


@pytest.mark.parametrize("role", ["stranger", "guest"])
def test_a_campaign_does_not_exist_for_somebody_else(place: Place, role: str) -> None:
    client = place.client(role)
    for name in READ:
        known = client.get(place.url(name)).status_code
        assert known == client.get(place.url(name, uuid4())).status_code
        assert known == (404 if role == "stranger" else 302)


def test_a_visitor_has_no_campaign() -> None:
    assert not selectors.campaigns_of(AnonymousUser()).exists()


def test_a_manager_of_one_association_does_nothing_in_another_of_hers(place: Place) -> None:
    """Rights are those of the campaign's association, not of the current one."""
    lead = place.people["lead"]
    elsewhere = OrganisationFactory.create()
    Membership.objects.create(user=lead, organisation=elsewhere, role="staff")
    other = campaign(elsewhere)
    client = place.client("lead")
    assert client.get(place.url("", other.pk)).status_code == 200
    assert client.get(place.url("contexte/", other.pk)).status_code == 403
    assert client.post(place.url("clore/", other.pk)).status_code == 403


def test_a_removed_member_loses_the_campaign_at_once(place: Place) -> None:
    client = place.client("lead")
    assert client.get(place.url()).status_code == 200
    Membership.objects.filter(user=place.people["lead"]).delete()
    for name in READ:
        assert client.get(place.url(name)).status_code == 404, name
    for name, data in writes(place).items():
        assert client.post(place.url(name), data).status_code == 404, name
    assert unchanged(place)
    close_campaign(campaign=place.campaign, by=None)
    assert client.get(place.url("resultat/")).status_code == 404


def test_a_removed_member_keeps_her_own_words_and_nothing_of_the_association(place: Place) -> None:
    mine = respondent(place.campaign, user=place.people["staff"])
    answer(mine)
    client = place.client("staff")
    Membership.objects.filter(user=place.people["staff"]).delete()
    page = client.get(place.copy_url("", mine)).content.decode()
    assert place.url() not in page
    close_campaign(campaign=place.campaign, by=None)
    assert place.url("resultat/") not in client.get(place.copy_url("", mine)).content.decode()


def test_a_demoted_manager_loses_the_tools_at_once(place: Place) -> None:
    client = place.client("lead")
    Membership.objects.filter(user=place.people["lead"]).update(role="staff")
    assert client.get(place.url()).status_code == 200
    assert client.post(place.url("clore/")).status_code == 403
    assert unchanged(place)


@pytest.mark.parametrize("role", ["admin", "lead", "stranger", "staff"])
def test_a_copy_opens_for_its_owner_only(place: Place, role: str) -> None:
    owner = member(place.organisation, "board")
    mine = respondent(place.campaign, user=owner)
    client = place.client(role)
    for name in ("", "A1/", "terminer/", "merci/"):
        assert client.get(place.copy_url(name, mine)).status_code == 404
    for name, data in (
        ("A1/", {"value": "3"}),
        ("A1/", {"confirm": "1"}),
        ("terminer/", {"confirm": "1"}),
        ("fermer/", {}),
    ):
        assert client.post(place.copy_url(name, mine), data).status_code == 404
    mine.refresh_from_db()
    assert mine.finished_at is None
    assert not mine.answers.exists()


def test_the_link_of_one_copy_opens_no_other(place: Place) -> None:
    other = respondent(place.campaign)
    client = place.client("guest")
    assert client.get(place.copy_url("", other)).status_code == 302
    assert client.post(place.copy_url("A1/", other), {"value": "1"}).status_code == 403
    assert not other.answers.exists()


def test_signing_out_closes_the_copies_of_this_device(place: Place) -> None:
    client = StrictClient()
    client.post(f"/diagnostic/reprendre/{place.token}/")
    client.force_login(place.people["stranger"])
    assert client.get(place.copy_url()).status_code == 200
    client.post("/compte/logout/")
    assert client.get(place.copy_url()).status_code == 302


def test_the_admin_shows_campaigns_without_their_code_and_changes_nothing(place: Place) -> None:
    client = StrictClient()
    client.force_login(platform_person("operator"))
    page = client.get("/gestion/diagnostic/campaign/").content.decode()
    assert place.organisation.name in page
    assert place.campaign.code not in page
    one = client.get(f"/gestion/diagnostic/campaign/{place.campaign.pk}/change/")
    assert place.campaign.code not in one.content.decode()
    assert client.get("/gestion/diagnostic/campaign/add/").status_code == 403
    assert client.post(f"/gestion/diagnostic/campaign/{place.campaign.pk}/delete/").status_code == 403
    assert client.get("/gestion/diagnostic/answer/").status_code == 404
