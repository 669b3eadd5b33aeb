"""Every page of django-allauth wears our look, in French, with one title and no word left in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.urls import reverse

from apps.accounts.models import User
from tests.accounts.helpers import PASSWORD, last_mail, mailed_code, text
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(
    r"\b(sign|email|please|your|password|the|code has|you|account|authenticat\w+|key|enter)\b", re.I
)
OPEN = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
]
OPEN += ["account_password_reset_completed"]
SIGNED = ["account_email", "account_change_password", "account_logout", "mfa_index", "account_reauthenticate"]
FRESH = ["mfa_activate_totp", "mfa_add_webauthn"]
PROTECTED = [
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
]


@pytest.fixture
def user() -> User:
    user = UserFactory.create()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def recent(client: StrictClient, user: User) -> StrictClient:
    """Signed in, and having just proved it again."""
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def protect(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def check(page: object) -> None:
    body = page.content.decode()  # type: ignore[attr-defined]
    assert page.status_code == 200, page  # type: ignore[attr-defined]
    assert len(re.findall(r"<h1\b", body)) == 1
    main = body[body.index("<main") : body.index("</main>")]
    found = ENGLISH.search(re.sub(r"<[^>]+>|Google Authenticator", " ", main))
    assert not found, found
    assert main.count('class="btn"') + main.count('class="btn go"') <= 1, "one filled button a screen"
    assert "placeholder=" not in main


@pytest.mark.parametrize("name", OPEN)
def test_open_pages(client: StrictClient, name: str) -> None:
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", SIGNED)
def test_pages_of_a_signed_in_person(client: StrictClient, user: User, name: str) -> None:
    client.force_login(user)
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", FRESH)
def test_pages_that_add_a_protection(recent: StrictClient, name: str) -> None:
    check(recent.get(reverse(name)))


@pytest.mark.parametrize("name", PROTECTED)
def test_pages_of_a_protected_account(recent: StrictClient, user: User, name: str) -> None:
    protect(user)
    check(recent.get(reverse(name)))


def test_the_page_of_protections_once_active(recent: StrictClient, user: User) -> None:
    protect(user)
    page = recent.get(reverse("mfa_index"))
    check(page)
    assert "Il vous en reste 10." in text(page)


def test_without_password(client: StrictClient) -> None:
    user = UserFactory.create()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert "Aucun : vous vous connectez par un code." in text(client.get(reverse("accounts:profile")))
    check(client.get(reverse("account_set_password")))
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_set_password"), chosen)["Location"] == reverse("accounts:home")
    assert last_mail(user.email).subject == "Votre compte a un mot de passe"


def test_closed_sign_up(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "apps.accounts.adapter.AccountAdapter.is_open_for_signup", lambda *args: False, raising=False
    )
    check(client.get(reverse("account_signup")))


def test_changing_the_password(client: StrictClient, user: User) -> None:
    client.force_login(user)
    url = reverse("account_change_password")
    chosen = {"password1": "une autre phrase", "password2": "une autre phrase"}
    assert "Ce n’est pas votre mot de passe actuel." in text(
        client.post(url, {"oldpassword": "faux", **chosen})
    )
    assert client.post(url, {"oldpassword": PASSWORD, **chosen})["Location"] == reverse("accounts:home")
    assert "Votre mot de passe est changé." in text(client.get(reverse("accounts:home")))
    assert last_mail(user.email).subject == "Votre mot de passe a changé"


def test_changing_the_address_waits_for_the_code(client: StrictClient, user: User) -> None:
    client.force_login(user)
    old, url = user.email, reverse("account_email")
    assert "C’est déjà votre adresse." in text(client.post(url, {"email": old, "action_add": "1"}))
    sent = client.post(url, {"email": "neuve@exemple.fr", "action_add": "1"})
    assert sent["Location"] == reverse("account_email_verification_sent")
    check(client.get(sent["Location"]))
    user.refresh_from_db()
    assert user.email == old
    client.post(sent["Location"], {"code": mailed_code("neuve@exemple.fr")})
    user.refresh_from_db()
    assert user.email == "neuve@exemple.fr"
    assert user.emailaddress_set.get().email == "neuve@exemple.fr"
    assert last_mail(old).subject == "L’adresse de votre compte a changé"


def test_allauth_asks_for_no_other_page() -> None:
    """Each page that its addresses can reach has a template of ours."""
    ours = Path(settings.BASE_DIR) / "templates" if hasattr(settings, "BASE_DIR") else Path("templates")
    theirs = Path(__import__("allauth").__file__).parent / "templates"
    unreachable = re.compile(
        r"phone|snippets|passkey|trust|signup_form|email\.html|email_confirm|_done|verif|base_"
    )
    for folder in ("account", "mfa"):
        for page in (theirs / folder).rglob("*.html"):
            path = page.relative_to(theirs)
            if not unreachable.search(str(path)) and page.name != "base.html":
                assert (ours / path).exists(), path


def test_every_mail_of_allauth_is_ours() -> None:
    theirs = Path(__import__("allauth").__file__).parent / "templates"
    for folder in ("account/email", "account/messages", "mfa/email", "mfa/messages"):
        for mail in (theirs / folder).glob("*.txt"):
            by_link = re.search(r"phone|password_reset_key|username", mail.name)
            assert by_link or (Path("templates") / folder / mail.name).exists(), mail.name


def test_reauthentication_offers_the_other_ways(client_of: Callable[..., StrictClient], user: User) -> None:
    protect(user)
    page = client_of(user).get(reverse("account_reauthenticate"))
    assert "Avec un code de mon application" in text(page)
