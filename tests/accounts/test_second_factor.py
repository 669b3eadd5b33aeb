from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from apps.accounts.adapter import SecondFactorAdapter
from apps.accounts.enums import PlatformRole
from apps.accounts.models import PlatformGrant, User
from tests.accounts.helpers import PASSWORD, last_mail, mailed_code, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
AUTHENTICATE = reverse("mfa_authenticate")


def current_code(secret: str) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


@pytest.fixture
def curator() -> User:
    user = member(OrganisationFactory.create())
    user.set_password(PASSWORD)
    user.save()
    PlatformGrant.objects.create(user=user, role=PlatformRole.CURATOR)
    return user


@pytest.mark.parametrize("name", ["accounts:home", "accounts:profile", "account_email", "pages:home"])
def test_a_platform_role_protects_the_account_first(client_of: ClientOf, curator: User, name: str) -> None:
    answer = client_of(curator).get(reverse(name))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_staff_of_the_admin_too(client_of: ClientOf) -> None:
    client = client_of(UserFactory.create(is_staff=True))
    assert client.get("/gestion/")["Location"] == reverse("mfa_index")


def test_a_post_is_stopped_too_and_htmx_is_told(client_of: ClientOf, curator: User) -> None:
    client = client_of(curator)
    assert client.post(reverse("accounts:profile"), {"full_name": "X"})["Location"] == reverse("mfa_index")
    fragment = client.get(reverse("accounts:home"), headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == reverse("mfa_index")


def test_the_way_to_the_protection_and_out_stays_open(client_of: ClientOf, curator: User) -> None:
    client = client_of(curator)
    page = client.get(reverse("mfa_index"))
    assert "Votre rôle la rend obligatoire." in text(page)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_activating_an_application_opens_the_site(client_of: ClientOf, curator: User) -> None:
    client = client_of(curator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    found = re.search(r'<code class="secret-text">(\w+)</code>', page.content.decode())
    assert found
    assert "n’a pas été reconnu" in text(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    done = client.post(reverse("mfa_activate_totp"), {"code": current_code(found[1])}, follow=True)
    assert "Vos codes de secours" in text(done)
    assert client.get(reverse("accounts:home")).status_code == 200
    codes = client.get(reverse("mfa_download_recovery_codes"))
    assert len(re.findall(r"^\d{8}$", codes.content.decode(), re.M)) == 10


def test_recovery_codes_alone_protect_nothing(client_of: ClientOf, curator: User) -> None:
    RecoveryCodes.activate(curator)
    assert client_of(curator).get(reverse("accounts:home")).status_code == 302


def test_rights_change_at_once(client_of: ClientOf) -> None:
    user = member(OrganisationFactory.create())
    client = client_of(user)
    assert client.get(reverse("accounts:home")).status_code == 200
    grant = PlatformGrant.objects.create(user=user, role=PlatformRole.FUNDER)
    assert client.get(reverse("accounts:home")).status_code == 302
    TOTP.activate(user, generate_totp_secret())
    assert client.get(reverse("accounts:home")).status_code == 200
    Authenticator.objects.all().delete()
    assert client.get(reverse("accounts:home")).status_code == 302
    grant.delete()
    assert client.get(reverse("accounts:home")).status_code == 200


def test_others_are_never_asked(client_of: ClientOf, client: StrictClient) -> None:
    assert client_of(UserFactory.create()).get(reverse("accounts:home")).status_code == 200
    assert client.get(reverse("account_login")).status_code == 200


def test_the_check_costs_no_query(client_of: ClientOf, django_assert_num_queries: Any) -> None:
    client = client_of(UserFactory.create())
    with django_assert_num_queries(3):  # The session, the person, her organisation (in the header).
        client.get(reverse("account_inactive"))


# Signing in with a second factor


@pytest.fixture
def secret(curator: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(curator, secret)
    return secret


def test_after_a_password(client: StrictClient, curator: User, secret: str) -> None:
    sent = client.post(
        reverse("account_login"), {"login": curator.email, "password": PASSWORD, "next": "/espace/jetons/"}
    )
    assert sent["Location"] == AUTHENTICATE
    assert client.get("/espace/jetons/").status_code == 302
    page = client.get(AUTHENTICATE)
    assert "Une seconde preuve" in text(page)
    assert "n’a pas été reconnu" in text(client.post(AUTHENTICATE, {"code": "000000"}))
    assert client.post(AUTHENTICATE, {"code": current_code(secret)})["Location"] == "/espace/jetons/"


def test_after_a_code_by_mail(client: StrictClient, curator: User, secret: str) -> None:
    client.post(reverse("account_request_login_code"), {"email": curator.email})
    sent = client.post(reverse("account_confirm_login_code"), {"code": mailed_code(curator.email)})
    assert sent["Location"] == AUTHENTICATE
    assert client.get(reverse("accounts:home")).status_code == 302
    assert client.post(AUTHENTICATE, {"code": current_code(secret)})["Location"] == reverse("accounts:home")


def test_after_a_forgotten_password(client: StrictClient, curator: User, secret: str) -> None:
    client.post(reverse("account_reset_password"), {"email": curator.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code(curator.email)})
    chosen = {"password1": "une autre phrase", "password2": "une autre phrase"}
    sent = client.post(reverse("account_complete_password_reset"), chosen)
    assert sent["Location"] == AUTHENTICATE


def test_with_a_recovery_code_once(client: StrictClient, curator: User, secret: str) -> None:
    code = RecoveryCodes.activate(curator).get_unused_codes()[0]
    for opened in (True, False):
        other = StrictClient()
        other.post(reverse("account_login"), {"login": curator.email, "password": PASSWORD})
        assert (other.post(AUTHENTICATE, {"code": code}).status_code == 302) is opened


def test_a_passkey_asks_for_the_person_not_only_the_device(client: StrictClient) -> None:
    """A key that signs in alone is two proofs: the server demands the fingerprint, the face or the PIN."""
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


FORGED = [
    "{}",
    "null",
    "3",
    "x",
    '"x"',
    '{"id": "x"}',
    '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}',
]


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_passkey_opens_nothing(client: StrictClient, credential: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    page = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert page.request["PATH_INFO"] == reverse("account_login")
    assert 'class="alert danger"' in page.content.decode()


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_second_proof_opens_nothing(
    client: StrictClient, curator: User, secret: str, credential: str
) -> None:
    client.post(reverse("account_login"), {"login": curator.email, "password": PASSWORD})
    page = client.post(AUTHENTICATE, {"credential": credential})
    assert page.status_code == 200
    assert 'class="error-line" role="alert"' in page.content.decode()


@pytest.mark.parametrize("credential", FORGED)
def test_a_forged_key_is_not_added(client_of: ClientOf, curator: User, credential: str) -> None:
    client = client_of(curator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()


# Keys


def key(user: User, name: str = "Téléphone") -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_keys_are_listed_renamed_and_removed(client_of: ClientOf, curator: User, secret: str) -> None:
    client, mine = client_of(curator), key(curator)
    client.post(reverse("mfa_reauthenticate"), {"code": current_code(secret)})
    assert "jamais utilisée" in text(client.get(reverse("mfa_list_webauthn")))
    rename, remove = (reverse(f"mfa_{act}_webauthn", args=[mine.pk]) for act in ("edit", "remove"))
    assert 'value="Téléphone"' in client.get(rename).content.decode()
    client.post(rename, {"name": "Ordinateur"})
    assert "Ordinateur" in text(client.get(remove))
    client.post(remove)
    assert not Authenticator.objects.filter(pk=mine.pk).exists()
    assert "La clé est retirée." in text(client.get(reverse("mfa_list_webauthn")))


def test_the_page_without_any_key(client_of: ClientOf) -> None:
    assert "Aucune clé pour l’instant." in text(
        client_of(UserFactory.create()).get(reverse("mfa_list_webauthn"))
    )


def test_nobody_touches_the_key_of_another(client_of: ClientOf, curator: User, secret: str) -> None:
    client, other = client_of(curator), key(UserFactory.create())
    client.post(reverse("mfa_reauthenticate"), {"code": current_code(secret)})
    assert client.post(reverse("mfa_remove_webauthn", args=[other.pk])).status_code == 404


def test_keys_have_a_first_name_of_ours(curator: User) -> None:
    names = SecondFactorAdapter()
    assert names.generate_authenticator_name(curator, Authenticator.Type.WEBAUTHN) == "Ma clé"
    key(curator)
    assert names.generate_authenticator_name(curator, Authenticator.Type.WEBAUTHN) == "Clé n° 2"


def test_deactivating(client_of: ClientOf, curator: User, secret: str) -> None:
    client = client_of(curator)
    client.post(reverse("mfa_reauthenticate"), {"code": current_code(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(reverse("accounts:home")).status_code == 302, "the role asks for another one"
    assert last_mail(curator.email).subject == "Seconde protection désactivée"
