from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts import selectors
from apps.accounts.enums import Role
from apps.accounts.middleware import CurrentOrganisationMiddleware
from apps.accounts.models import ApiToken, Invitation, Membership, Organisation, PlatformGrant, User
from apps.accounts.services.invitations import invite_member
from apps.accounts.services.members import remove_member
from tests.accounts.helpers import text
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
HOME, PROFILE, TOKENS = (reverse(f"accounts:{name}") for name in ("home", "profile", "tokens"))


def no_section(request: Any, organisation: Organisation) -> None:
    return None


def some_section(request: Any, organisation: Organisation) -> dict[str, Any]:
    return {
        "template": "ui/alert.html",
        "context": {"level": "ok", "title": f"Pour {organisation.name}", "text": ""},
    }


# The current organisation


def organisation_seen_by(user: Any) -> Organisation | None:
    request = RequestFactory().get("/")
    request.user = user
    seen: list[Any] = []
    CurrentOrganisationMiddleware(lambda r: seen.append(r.organisation))(request)  # type: ignore[arg-type, func-returns-value, attr-defined]
    return seen[0]  # type: ignore[no-any-return]


def test_a_visitor_or_a_newcomer_has_none(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert organisation_seen_by(AnonymousUser()) is None
    assert organisation_seen_by(UserFactory.create()) is None


def test_it_is_the_one_chosen_last(django_assert_num_queries: Any) -> None:
    user = member(OrganisationFactory.create(name="Ancienne"))
    chosen = OrganisationFactory.create(name="Choisie")
    MembershipFactory.create(user=user, organisation=chosen)
    assert str(organisation_seen_by(user)) == "Ancienne"
    user.current_organisation = chosen
    with django_assert_num_queries(1):
        assert organisation_seen_by(user) == chosen


def test_it_comes_with_the_person_of_the_session(django_assert_num_queries: Any) -> None:
    user = member(OrganisationFactory.create(name="Choisie", legal_form_id="association-1901"), Role.LEAD)
    with django_assert_num_queries(1):
        place = selectors.current_place(selectors.people_in_session().get(pk=user.pk))
        assert place is not None
        assert str(place.organisation.legal_form)
    assert (str(place.organisation), place.role) == ("Choisie", Role.LEAD)


def test_a_choice_that_no_longer_holds_is_read_again() -> None:
    user = member(OrganisationFactory.create(name="Quittée"))
    MembershipFactory.create(user=user, organisation__name="Restante", role=Role.BOARD)
    user.memberships.filter(organisation__name="Quittée").delete()
    place = selectors.current_place(selectors.people_in_session().get(pk=user.pk))
    assert place is not None
    assert (str(place.organisation), place.role) == ("Restante", Role.BOARD)


def test_one_that_was_left_is_not_current_any_more() -> None:
    user = member(OrganisationFactory.create(name="Restante"))
    left = OrganisationFactory.create()
    user.current_organisation = left
    assert str(organisation_seen_by(user)) == "Restante"


def test_it_is_read_only_when_asked(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/")
    request.user = member(OrganisationFactory.create())
    with django_assert_num_queries(0):
        CurrentOrganisationMiddleware(lambda r: None)(request)  # type: ignore[arg-type, return-value]


def test_switching(client_of: ClientOf) -> None:
    user = member(OrganisationFactory.create(name="Première"))
    second = MembershipFactory.create(user=user, organisation__name="Seconde").organisation
    client = client_of(user)
    switch = reverse("accounts:organisation_switch", args=[second.pk])
    assert client.get(switch).status_code == 405
    page = client.post(switch, follow=True)
    assert "Vous travaillez maintenant pour Seconde." in text(page)
    assert "<h1>Seconde</h1>" in page.content.decode()
    for stranger in (OrganisationFactory.create().pk, uuid4()):
        assert client.post(reverse("accounts:organisation_switch", args=[stranger])).status_code == 404


# The space


def test_a_newcomer_is_told_where_to_start(client_of: ClientOf) -> None:
    page = client_of(UserFactory.create(full_name="Nadia")).get(HOME)
    assert "Bienvenue dans votre espace, Nadia." in text(page)
    assert reverse("accounts:organisation_create") in page.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_each_role_has_its_page(client_of: ClientOf, role: str) -> None:
    organisation = OrganisationFactory.create(siren="732829320", rna="W583004126")
    page = client_of(member(organisation, role)).get(HOME)
    assert f"Votre rôle : {Role(role).label}." in text(page)
    assert "58, Nièvre" in text(page)
    assert "W583004126" in text(page)
    assert ("Modifier la fiche" in text(page)) == (role in (Role.ADMIN, Role.LEAD))


def test_an_incomplete_sheet_says_what_is_missing(client_of: ClientOf) -> None:
    organisation = OrganisationFactory.create(department_id=None)
    assert text(client_of(member(organisation)).get(HOME)).count("non renseigné") == 3


def test_the_apps_above_add_their_sections(client_of: ClientOf, settings: Any) -> None:
    settings.SPACE_SECTIONS = [f"{__name__}.no_section", f"{__name__}.some_section"]
    page = client_of(member(OrganisationFactory.create(name="Le Relais"))).get(HOME)
    assert "Pour Le Relais" in text(page)


@pytest.mark.parametrize("others", [0, 2])
def test_the_number_of_queries_does_not_grow(
    client_of: ClientOf, settings: Any, django_assert_num_queries: Any, others: int
) -> None:
    settings.SPACE_SECTIONS = []
    user = member(OrganisationFactory.create())
    for _ in range(others + 1):
        MembershipFactory.create(user=user)
        host = member(OrganisationFactory.create())
        invite_member(organisation=host.organisations.get(), email=user.email, role=Role.STAFF, by=host)
    client = client_of(user)
    with django_assert_num_queries(4):
        client.get(HOME)
    with django_assert_num_queries(5):
        client.get(PROFILE)


def test_the_whole_page_stays_under_ten_queries(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(member(OrganisationFactory.create()))
    with django_assert_max_num_queries(10):
        client.get(HOME)


# My account


def test_the_name_is_changed(client_of: ClientOf) -> None:
    user = UserFactory.create()
    page = client_of(user).post(PROFILE, {"full_name": "  Nadia Morel "}, follow=True)
    assert "Votre nom est enregistré." in text(page)
    user.refresh_from_db()
    assert user.full_name == "Nadia Morel"


@pytest.mark.parametrize(
    ("name", "words"), [("", "Indiquez votre nom"), ("a" * 151, "dépasse 150 caractères")]
)
def test_a_wrong_name_is_kept_and_explained(client_of: ClientOf, name: str, words: str) -> None:
    page = client_of(UserFactory.create(full_name="Avant")).post(PROFILE, {"full_name": name})
    assert page.status_code == 422
    assert words in text(page)
    assert User.objects.get().full_name == "Avant"


def test_the_account_leads_to_everything(client_of: ClientOf) -> None:
    page = client_of(member(OrganisationFactory.create(name="Le Relais"))).get(PROFILE)
    body = page.content.decode()
    for name in (
        "account_email",
        "account_change_password",
        "mfa_index",
        "accounts:tokens",
        "account_logout",
    ):
        assert reverse(name) in body
    assert "Quitter Le Relais" in text(page)


# Tokens


def test_a_token_is_shown_once_and_opens_the_api(client_of: ClientOf, client: StrictClient) -> None:
    user = UserFactory.create()
    mine = client_of(user)
    page = mine.post(TOKENS, {"label": "tableur"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in mine.get(TOKENS).content.decode()
    token = ApiToken.objects.get()
    assert (token.label, token.user) == ("tableur", user)
    assert token.expiry is not None
    assert secret not in (token.digest, token.token_key)
    from knox.auth import TokenAuthentication

    assert TokenAuthentication().authenticate_credentials(secret.encode())[0] == user


def test_a_token_is_deleted_by_its_owner_only(client_of: ClientOf) -> None:
    owner = client_of(UserFactory.create())
    owner.post(TOKENS, {"label": "tableur"})
    delete = reverse("accounts:token_delete", args=[ApiToken.objects.get().token_key])
    assert client_of(UserFactory.create()).post(delete).status_code == 404
    assert "Le jeton « tableur » est supprimé" in text(owner.post(delete, follow=True))
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(("label", "words"), [("", "Donnez un nom"), ("a" * 81, "dépasse 80 caractères")])
def test_a_token_needs_a_name(client_of: ClientOf, label: str, words: str) -> None:
    page = client_of(UserFactory.create()).post(TOKENS, {"label": label})
    assert page.status_code == 422
    assert words in text(page)
    assert not ApiToken.objects.exists()


def test_ten_tokens_are_enough(client_of: ClientOf) -> None:
    client = client_of(UserFactory.create())
    for n in range(11):
        page = client.post(TOKENS, {"label": f"jeton {n}"})
    assert page.status_code == 422
    assert "Vous avez déjà 10 jetons." in text(page)
    assert 'value="jeton 10"' in page.content.decode()
    assert ApiToken.objects.count() == 10


# What the other apps ask


def test_selectors_for_the_other_apps() -> None:
    organisation = OrganisationFactory.create()
    user, visitor = member(organisation, Role.BOARD), AnonymousUser()
    PlatformGrant.objects.create(user=user, role="curator")
    assert list(selectors.organisations_of(user)) == [organisation]
    assert list(selectors.organisations_of(visitor)) == []
    membership = selectors.membership_of(user, organisation)
    assert membership is not None
    assert str(membership) == f"{user.pk} @ {organisation.pk}"
    assert selectors.membership_of(visitor, organisation) is None
    assert selectors.membership_of(user, None) is None
    assert selectors.has_role(user, organisation)
    assert selectors.has_role(user, organisation, Role.BOARD, Role.STAFF)
    assert not selectors.has_role(user, organisation, Role.ADMIN)
    assert str(PlatformGrant.objects.get()) == f"{user.pk} curator"
    remove = Membership.objects.get(user=user)
    MembershipFactory.create(organisation=organisation)
    remove_member(membership=remove)
    assert not selectors.has_role(user, organisation)


def test_people_are_named_by_their_name_or_their_address() -> None:
    user = User(email="a@exemple.fr")
    assert str(user) == user.get_full_name() == "a@exemple.fr"
    user = User.objects.create_superuser("Chef@Exemple.FR", "x")
    assert (user.email, user.is_staff, user.is_superuser) == ("chef@exemple.fr", True, True)
    assert User.objects.get_by_natural_key("CHEF@exemple.fr") == user


# The admin, for operators


@pytest.fixture
def operator(client_of: ClientOf) -> StrictClient:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = User.objects.create_superuser("operatrice@exemple.fr", "x")
    TOTP.activate(user, generate_totp_secret())
    engines["django"].engine.string_if_invalid = ""  # type: ignore[attr-defined]  # The admin prints names that do not exist.
    return client_of(user)


@pytest.mark.parametrize("model", ["user", "organisation", "membership", "platformgrant", "invitation"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_admin_lists_and_searches_in_a_fixed_number_of_queries(
    operator: StrictClient, django_assert_max_num_queries: Any, model: str, rows: int
) -> None:
    for _ in range(rows):
        host = member(OrganisationFactory.create())
        PlatformGrant.objects.create(user=host, role="curator")
        invite_member(organisation=host.organisations.get(), email="k@exemple.fr", role=Role.STAFF, by=host)
    with django_assert_max_num_queries(10):
        page = operator.get(f"/gestion/accounts/{model}/", {"q": "exemple"})
    assert page.status_code == 200


def test_the_admin_shows_no_secret_and_removes_no_membership(operator: StrictClient) -> None:
    host = member(OrganisationFactory.create())
    host.set_password("une phrase assez longue")
    host.save()
    invitation, _ = invite_member(
        organisation=host.organisations.get(), email="k@exemple.fr", role=Role.STAFF, by=host
    )
    page = operator.get(f"/gestion/accounts/invitation/{invitation.pk}/change/").content.decode()
    assert "k@exemple.fr" in page
    assert invitation.token_hash not in page
    assert host.password not in operator.get(f"/gestion/accounts/user/{host.pk}/change/").content.decode()
    membership = Membership.objects.get(user=host)
    assert operator.post(f"/gestion/accounts/membership/{membership.pk}/delete/").status_code == 403
    assert (
        operator.post(f"/gestion/accounts/membership/{membership.pk}/change/", {"role": "staff"}).status_code
        == 403
    )
    assert operator.get("/gestion/accounts/user/add/").status_code == 403
    assert operator.get("/gestion/accounts/invitation/add/").status_code == 403
    assert str(Invitation.objects.get()).startswith("k@exemple.fr")


def test_the_admin_is_closed_to_others(client_of: ClientOf) -> None:
    assert client_of(member(OrganisationFactory.create())).get("/gestion/accounts/user/").status_code == 302
