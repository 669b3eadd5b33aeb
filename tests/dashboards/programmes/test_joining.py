"""Joining by code or by link: read by anybody, agreed to by a manager, once, and never by opening a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation
from apps.dashboards.services import programmes as services
from apps.dashboards.services.consents import seen
from tests.accounts.helpers import text
from tests.dashboards.programmes.support import (
    MAIL,
    funder_person,
    in_programme,
    link,
    programme,
    queries,
    url,
    yes,
)
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
DOOR = "/programmes/rejoindre/PROGRA/"


@pytest.fixture(autouse=True)
def _no_counter() -> None:
    cache.clear()


@pytest.fixture
def ours() -> Programme:
    return programme(funder_person())


@pytest.fixture
def house() -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Canal")


@pytest.fixture
def manager(house: Organisation) -> User:
    return member(house, Role.LEAD, full_name="Nadia Morel")


@pytest.fixture
def asked(ours: Programme) -> str:
    """The link of an invitation to an address that has no account."""
    [funder] = ours.people.all()
    services.invite(programme=ours, association="Les Ateliers du Canal", email=MAIL, by=funder)
    return link(MAIL)


def test_a_code_leads_to_what_would_be_shared(client: StrictClient, ours: Programme) -> None:
    page = client.post(url("programme_join"), {"code": "pro-gra"}, follow=True)
    assert page.redirect_chain == [(DOOR, 302)]
    said = text(page)
    for words in (
        "Fondation des Essais",
        "Comprendre.",
        "au moins 11 associations",
        "Vos réponses, vos scores, votre profil",
        "masqué",
        "diagnostic terminé",
        "Les publications déjà parues ne changent pas",
    ):
        assert words in said
    assert "Se connecter" in said
    assert f"?next={DOOR}" in page.content.decode()


@pytest.mark.parametrize(("code", "status"), [("", 422), ("ZZZZZZ", 404)])
def test_a_wrong_code_stays_in_its_box(client: StrictClient, code: str, status: int) -> None:
    page = client.post(url("programme_join"), {"code": code})
    assert page.status_code == status
    assert f'value="{code}"' in page.content.decode() or not code


def test_guessing_codes_is_stopped(client: StrictClient, ours: Programme) -> None:
    for _ in range(20):
        assert client.get("/programmes/rejoindre/ZZZZZZ/").status_code == 404
    assert client.get(DOOR).status_code == 429
    assert "Trop de codes inconnus" in text(client.post(url("programme_join"), {"code": "PROGRA"}))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_agrees_to_nothing(
    client_of: ClientOf, manager: User, asked: str, method: str
) -> None:
    for address in (DOOR, asked):
        assert getattr(client_of(manager), method)(address).status_code == 200
    assert not Consent.objects.exists()
    assert ProgrammeInvitation.objects.get().answer == ""


def test_a_manager_agrees_for_her_association(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    page = client_of(manager).post(DOOR, yes(house), follow=True)
    assert page.redirect_chain == [(url("sharing", house.pk), 302)]
    assert "est dans le programme « Appuis ruraux »" in text(page)
    consent = Consent.objects.get()
    assert (consent.programme, consent.organisation, consent.given_by) == (ours, house, manager)
    assert (consent.words, consent.report_given, consent.withdrawn_at) == ("accord-1", False, None)


def test_the_box_is_never_ticked_beforehand(client_of: ClientOf, manager: User, ours: Programme) -> None:
    html = client_of(manager).get(DOOR).content.decode()
    assert html.count('type="checkbox"') == 2
    assert html.count(" checked") == 1  # the only association, a radio


def test_a_double_submission_is_one_consent(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    for given in ("on", ""):
        gone = client_of(manager).post(DOOR, yes(house) | ({"report_given": given} if given else {}))
        assert (gone.status_code, gone["Location"]) == (302, url("sharing", house.pk))
    consent = Consent.objects.get()
    assert consent.report_given


def test_without_the_box_nothing_is_recorded_and_the_rest_stays(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    page = client_of(manager).post(DOOR, {**yes(house), "agrees": "", "report_given": "on"})
    assert page.status_code == 422
    assert "Cochez cette case pour accepter" in text(page)
    assert page.content.decode().count(" checked") == 2
    assert not Consent.objects.exists()


def test_a_text_that_has_changed_is_read_again(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    page = client_of(manager).post(DOOR, yes(house, words="accord-0", report_given="on"))
    html = page.content.decode()
    assert page.status_code == 422
    assert "Ce texte a changé depuis que vous l’avez ouvert." in text(page)
    assert f'name="words" value="{seen(ours)}"' in html
    assert html.count(" checked") == 2  # the association and the report: not the agreement
    assert not Consent.objects.exists()


def test_what_the_funder_changed_meanwhile_is_read_again(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    sent = yes(house)
    services.edit(programme=ours, name=ours.name, funder_name=ours.funder_name, purpose="Tout autre chose.")
    page = client_of(manager).post(DOOR, sent)
    assert page.status_code == 422
    assert "Tout autre chose." in text(page)
    assert not Consent.objects.exists()
    del sent["words"]
    assert client_of(manager).post(DOOR, sent).status_code == 422
    client_of(manager).post(DOOR, yes(house))
    assert Consent.objects.get().words == "accord-1"


@pytest.mark.parametrize("role", [Role.BOARD, Role.STAFF])
def test_who_does_not_manage_sees_whom_to_ask(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme, role: str
) -> None:
    client = client_of(member(house, role))
    page = text(client.get(DOOR))
    assert "Seule une personne qui gère Les Ateliers du Canal peut accepter." in page
    assert "Demandez à Nadia Morel." in page
    assert client.post(DOOR, yes(house)).status_code == 403
    assert not Consent.objects.exists()


def test_nobody_agrees_for_the_association_of_others(
    client_of: ClientOf, house: Organisation, ours: Programme
) -> None:
    stranger = client_of(member(OrganisationFactory.create()))
    assert stranger.post(DOOR, yes(house)).status_code == 422
    assert client_of(UserFactory.create()).post(DOOR, yes(house)).status_code == 403
    assert not Consent.objects.exists()


def test_a_manager_of_two_associations_chooses(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    second = OrganisationFactory.create(name="La Ruche")
    MembershipFactory.create(user=manager, organisation=second, role=Role.ADMIN)
    client = client_of(manager)
    assert " checked" not in client.get(DOOR).content.decode()
    refused = client.post(DOOR, {"agrees": "on", "words": seen(ours)})
    assert "Choisissez l’association." in text(refused)
    client.post(DOOR, yes(second))
    assert Consent.objects.get().organisation == second
    page = client.get(DOOR).content.decode()
    assert house.name in page
    client.post(DOOR, yes(house))
    assert "est déjà dans ce programme" in text(client.get(DOOR))


def test_whoever_has_no_association_is_told_how_to_begin(client_of: ClientOf, ours: Programme) -> None:
    page = client_of(UserFactory.create()).get(DOOR)
    assert "membre d’aucune association" in text(page)


def test_what_was_ticked_waits_for_the_sign_in_but_never_the_agreement(
    client: StrictClient, manager: User, house: Organisation, ours: Programme
) -> None:
    gone = client.post(DOOR, yes(house, report_given="on"))
    assert gone["Location"].endswith(f"?next={DOOR}")
    client.force_login(manager)
    html = client.get(DOOR).content.decode()
    agrees = html.partition('name="agrees"')[2].partition(">")[0]
    assert "checked" not in agrees
    assert html.count(" checked") == 2
    assert not Consent.objects.exists()


def test_a_closed_programme_takes_nobody(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    services.close(programme=ours)
    client = client_of(manager)
    assert client.get(DOOR).status_code == 410
    page = client.post(DOOR, yes(house))
    assert page.status_code == 410
    assert "Ce programme est clos." in text(page)
    assert not Consent.objects.exists()


# By the link of a mail


def test_whoever_holds_the_link_and_manages_accepts(
    client_of: ClientOf, manager: User, house: Organisation, asked: str
) -> None:
    client = client_of(manager)
    assert "propose à Les Ateliers du Canal" in text(client.get(asked))
    client.post(asked, yes(house))
    found = ProgrammeInvitation.objects.get()
    assert (found.answer, found.organisation) == ("accepted", house)
    assert Consent.objects.get().given_by == manager
    page = client.get(asked)
    assert page.status_code == 410
    assert "Cette invitation a déjà servi." in text(page)
    assert url("sharing", house.pk) in page.content.decode()


@pytest.mark.parametrize("signed_in", [True, False])
def test_declining_needs_the_link_only(
    client: StrictClient, manager: User, asked: str, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(manager)
    page = client.post(asked, {"answer": "decline"}, follow=True)
    assert "votre association ne rejoint pas « Appuis ruraux »" in text(page)
    assert ProgrammeInvitation.objects.get().answer == "declined"
    assert "Cette invitation a été déclinée." in text(client.post(asked, {"answer": "decline"}))


def test_a_link_works_thirty_days(
    client_of: ClientOf, manager: User, house: Organisation, asked: str, clock: Callable[..., None]
) -> None:
    now = timezone.now()
    clock(now + timedelta(days=29, hours=23))
    assert StrictClient().get(asked).status_code == 200
    clock(now + timedelta(days=30, minutes=1))
    assert "Cette invitation a expiré." in text(StrictClient().get(asked))
    StrictClient().post(asked, {"answer": "decline"})
    assert ProgrammeInvitation.objects.get().answer == ""


@pytest.mark.parametrize("token", ["inconnu", "x" * 32, "a\u00e9"])
def test_an_unknown_link_says_what_to_do(client: StrictClient, token: str) -> None:
    page = client.get(url("programme_invitation", token))
    assert page.status_code == 404
    assert "Nous ne trouvons pas cette invitation." in text(page)


def test_a_code_also_answers_the_mail_sent_to_the_person(
    client_of: ClientOf, manager: User, house: Organisation, ours: Programme
) -> None:
    [funder] = ours.people.all()
    services.invite(programme=ours, association="Les Ateliers", email=manager.email, by=funder)
    client_of(manager).post(DOOR, yes(house))
    found = ProgrammeInvitation.objects.get()
    assert (found.answer, found.organisation) == ("accepted", house)


def test_three_associations_cost_no_more_queries_than_one(
    client_of: ClientOf, manager: User, ours: Programme, asked: str
) -> None:
    client, costs = client_of(manager), []
    for _ in range(3):
        MembershipFactory.create(user=manager, role=Role.ADMIN)
        in_programme(ours)
        costs.append((queries(client, DOOR), queries(client, asked)))
    assert costs[0] == costs[2]
    assert max(costs[2]) <= 10
