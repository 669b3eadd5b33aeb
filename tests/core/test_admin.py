"""The admin: every screen opens for an operator, nobody else comes in, nothing there opens an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import Invitation, Membership, Organisation, PlatformGrant, User
from apps.accounts.services.invitations import invite_member
from apps.webinars.models import LinkCheck, Person, PersonRequest, Webinar
from tests.factories import OrganisationFactory, UserFactory, member
from tests.factories.diagnostic import closed_campaign
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
SCREENS = [model._meta.label_lower for model in admin.site._registry]
INDEX = "/gestion/"


@pytest.fixture(name="operator")
def make_operator() -> User:
    user = platform_person(PlatformRole.OPERATOR)
    user.set_password("une phrase assez longue")
    user.save()
    return user


@pytest.fixture(name="me")
def make_me(client_of: ClientOf, operator: User) -> StrictClient:
    return client_of(operator)


@pytest.fixture(name="rows")
def make_rows(operator: User) -> Organisation:
    """At least one row behind each screen."""
    organisation = OrganisationFactory.create(name="Le Relais", siren="732829320")
    host = member(organisation, Role.ADMIN)
    invite_member(organisation=organisation, email="ami@exemple.fr", role=Role.STAFF, by=host)
    closed_campaign(organisation)
    library()
    return organisation


def library(n: int = 0) -> None:
    """A link looked at and a request, beside the published cases."""
    webinar = Webinar.objects.order_by("slug")[n]
    LinkCheck.objects.create(
        webinar=webinar, url=f"https://exemple.fr/{n}", state="works", checked_at=timezone.now()
    )
    PersonRequest.objects.create(
        person=Person.objects.order_by("slug")[n], kind="correction", asked_on=timezone.localdate()
    )


def address(label: str, action: str, *args: object) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{action}", args=args)


def model_of(label: str) -> type[Model]:
    return next(model for model in admin.site._registry if model._meta.label_lower == label)


@pytest.mark.parametrize("label", SCREENS)
def test_every_list_and_every_sheet_opens(me: StrictClient, rows: Organisation, label: str) -> None:
    row = model_of(label)._default_manager.first()
    assert row is not None, f"no {label} to show: add one to the fixture"
    for url in (
        address(label, "changelist"),
        address(label, "changelist") + "?q=relais",
        address(label, "change", row.pk),
        address(label, "history", row.pk),
    ):
        assert me.get(url).status_code in (200, 302), url
    assert me.get(address(label, "change", row.pk)).status_code == 200
    assert me.get(INDEX).status_code == 200


@pytest.mark.parametrize("label", SCREENS)
def test_a_list_costs_no_more_with_three_rows(me: StrictClient, rows: Organisation, label: str) -> None:
    url = address(label, "changelist")
    me.get(url)  # content types are read once a process
    with CaptureQueriesContext(connection) as one:
        me.get(url)
    for n in range(2):
        other = OrganisationFactory.create()
        host = member(other, Role.ADMIN)
        PlatformGrant.objects.create(user=host, role=PlatformRole.CURATOR)
        invite_member(organisation=other, email=f"ami{n}@exemple.fr", role=Role.STAFF, by=host)
        closed_campaign(other)
        library(n + 1)
    with CaptureQueriesContext(connection) as three:
        me.get(url)
    assert len(three) == len(one)


def test_the_add_forms_of_an_operator_are_those_the_rules_allow(me: StrictClient) -> None:
    allowed = {label for label in SCREENS if me.get(address(label, "add")).status_code == 200}
    assert allowed == {"accounts.platformgrant", "accounts.organisation", "accounts.membership"}


# Who comes in


def test_a_visitor_is_sent_to_our_own_sign_in_and_comes_back(client: StrictClient, operator: User) -> None:
    users = address("accounts.user", "changelist")
    page = client.get(users, follow=True)
    assert page.redirect_chain[-1][0] == f"{reverse('account_login')}?next={users}"
    client.force_login(operator)
    assert client.get(f"/gestion/login/?next={users}")["Location"] == users
    assert client.get("/gestion/login/?next=https://ailleurs.example/")["Location"] == INDEX


@pytest.mark.parametrize("role", [*Role.values, PlatformRole.CURATOR, PlatformRole.FUNDER])
def test_nobody_else_comes_in_and_everyone_is_told(client_of: ClientOf, role: str) -> None:
    platform = role in PlatformRole.values
    user = platform_person(role) if platform else member(OrganisationFactory.create(), role)
    page = client_of(user).get(INDEX, follow=True)
    assert page.status_code == 403
    assert "Votre rôle ne permet pas cela." in page.content.decode()


def test_an_operator_without_second_factor_first_takes_one(client_of: ClientOf) -> None:
    user = UserFactory.create(is_staff=True, is_superuser=True)
    assert client_of(user).get(INDEX)["Location"] == reverse("mfa_index")


# What is never there


def test_the_screens_are_ours_alone() -> None:
    """Those of the libraries show TOTP keys, sign-in codes and personal links."""
    assert {label.partition(".")[0] for label in SCREENS} == {"accounts", "diagnostic", "webinars"}


def test_no_secret_is_shown(me: StrictClient, operator: User, rows: Organisation) -> None:
    secrets = {operator.password, operator.authenticator_set.get().data["secret"]}  # type: ignore[attr-defined]
    secrets |= {Invitation.objects.get().token_hash, rows.campaigns.get().code}
    for label in SCREENS:
        for row in model_of(label)._default_manager.all():
            html = me.get(address(label, "change", row.pk)).content.decode()
            assert not [s for s in secrets if s in html], label


def test_no_membership_leaves_behind_the_rules(me: StrictClient, rows: Organisation) -> None:
    """Taking out a person or her association would take her membership out too."""
    last = Membership.objects.get(organisation=rows)
    for label, pk in (
        ("accounts.user", last.user_id),
        ("accounts.membership", last.pk),
        ("accounts.organisation", rows.pk),
    ):
        assert me.post(address(label, "delete", pk), {"post": "yes"}).status_code == 403
        sent = me.post(
            address(label, "changelist"),
            {"action": "delete_selected", "_selected_action": [str(pk)], "post": "yes"},
        )
        assert sent.status_code in (200, 302, 403)
    assert Membership.objects.filter(pk=last.pk).exists()
    assert User.objects.filter(pk=last.user_id).exists()
    assert Organisation.objects.filter(pk=rows.pk).exists()


def test_the_address_of_a_person_is_hers(me: StrictClient, rows: Organisation) -> None:
    user = rows.members.get()
    url = address("accounts.user", "change", user.pk)
    grants = {f"platform_grants-{k}": v for k, v in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()}
    me.post(url, {"email": "autre@exemple.fr", "full_name": "Nadia Morel", "is_active": "on", **grants})
    before = user.email
    user.refresh_from_db()
    assert (user.email, user.full_name) == (before, "Nadia Morel")


def test_results_and_campaigns_are_read_only(me: StrictClient, rows: Organisation) -> None:
    campaign = rows.campaigns.get()
    assert (
        me.post(address("diagnostic.campaign", "change", campaign.pk), {"state": "open"}).status_code == 403
    )
    assert me.post(address("diagnostic.campaign", "delete", campaign.pk), {"post": "yes"}).status_code == 403
    campaign.refresh_from_db()
    assert campaign.state == "closed"
