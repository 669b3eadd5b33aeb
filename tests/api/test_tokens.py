"""The personal token: what opens, what refuses, always with a French sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.accounts.models import ApiToken, PlatformGrant, User
from apps.accounts.services.tokens import create_token, delete_token
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
MINE = "/api/v1/organisations/"
UNKNOWN = {"detail": "Ce jeton est inconnu, expiré ou révoqué."}
SIGN_IN = {"detail": "Connectez-vous, ou envoyez un jeton dans l’en-tête «\u202fAuthorization\u202f»."}
PROTECT = {"detail": "Protégez d’abord votre compte par un second facteur\u00a0: votre rôle le demande."}
Bearer = Callable[[User], StrictClient]


def test_token_opens_what_is_hers_without_a_session(bearer: Bearer) -> None:
    organisation = OrganisationFactory.create(name="Le Jardin")
    client = bearer(member(organisation))
    answer = client.get(MINE)
    assert [row["name"] for row in answer.json()["results"]] == ["Le Jardin"]
    assert not client.cookies


def test_token_speaks_for_its_owner_not_for_the_session(bearer: Bearer) -> None:
    me = member(OrganisationFactory.create(name="La mienne"))
    client = bearer(me)
    client.force_login(member(OrganisationFactory.create(name="Celle de la session")))
    assert [row["name"] for row in client.get(MINE).json()["results"]] == ["La mienne"]


def test_without_anything(client: StrictClient) -> None:
    answer = client.get(MINE)
    assert (answer.status_code, answer.json()) == (401, SIGN_IN)
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Token abc", "Basic YTpi", "abc", ""])
def test_other_kinds_of_header_are_no_token(header: str) -> None:
    answer = StrictClient(headers={"Authorization": header}).get(MINE)
    assert (answer.status_code, answer.json()) == (401, SIGN_IN)


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer x",
        "Bearer " + "0" * 64,
        "Bearer " + "x" * 5000,
        "Bearer é\xff",
        "Bearer a\x00b",
        "bearer ''--",
    ],
)
@pytest.mark.parametrize("path", [MINE, "/api/v1/goals/", "/api/v1/schema/"])
def test_garbage_token_is_refused_even_where_none_is_needed(header: str, path: str) -> None:
    answer = StrictClient(headers={"Authorization": header}).get(path)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_right_beginning_is_not_enough(bearer: Bearer) -> None:
    _, secret = create_token(user=UserFactory.create(), label="Tableur")
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    answer = StrictClient(headers={"Authorization": f"Bearer {wrong}"}).get(MINE)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)


def test_revoked_token(bearer: Bearer) -> None:
    me = UserFactory.create()
    client = bearer(me)
    assert client.get(MINE).status_code == 200
    delete_token(token=ApiToken.objects.get(user=me))
    answer = client.get(MINE)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)


def test_expired_token_is_refused_and_forgotten(bearer: Bearer) -> None:
    me = UserFactory.create()
    client = bearer(me)
    ApiToken.objects.update(expiry=timezone.now() + timedelta(minutes=1))
    assert client.get(MINE).status_code == 200
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answer = client.get(MINE)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)
    assert not ApiToken.objects.filter(user=me).exists()


def test_closed_account(bearer: Bearer) -> None:
    me = UserFactory.create()
    client = bearer(me)
    User.objects.filter(pk=me.pk).update(is_active=False)
    answer = client.get(MINE)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)


@pytest.mark.parametrize("role", PlatformRole.values)
def test_token_is_no_way_round_the_second_factor(bearer: Bearer, role: str) -> None:
    me = platform_person(role)
    client = bearer(me)
    assert client.get(MINE).status_code == 200
    Authenticator.objects.filter(user=me).delete()
    for path in (MINE, "/api/v1/campaigns/", "/api/v1/goals/"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (403, PROTECT)


def test_token_made_before_the_platform_role_waits_for_the_second_factor(bearer: Bearer) -> None:
    me = member(OrganisationFactory.create())
    client = bearer(me)
    PlatformGrant.objects.create(user=me, role=PlatformRole.FUNDER)
    assert client.get(MINE).status_code == 403


def test_session_without_its_second_factor_gets_a_sentence_and_a_browser_the_page() -> None:
    me = platform_person(PlatformRole.CURATOR)
    Authenticator.objects.filter(user=me).delete()
    client = StrictClient()
    client.force_login(me)
    for accept in ("*/*", "application/json"):
        answer = client.get(MINE, headers={"Accept": accept})
        assert (answer.status_code, answer.json()) == (403, PROTECT)
    page = client.get("/api/v1/docs/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page["Location"]) == (302, "/compte/2fa/")
