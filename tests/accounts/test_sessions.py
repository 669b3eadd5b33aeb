"""A session is new at each sign-in, ends with a sign-out, and does not outlive the password that opened it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from apps.accounts.models import User
from tests.accounts.helpers import PASSWORD, mailed_code
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
NADIA = "nadia@exemple.fr"
SIGN_IN, PROFILE = reverse("account_login"), reverse("accounts:profile")


@pytest.fixture(autouse=True, name="nadia")
def make_nadia() -> User:
    user = UserFactory.create(email=NADIA)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: StrictClient, **more: str) -> StrictClient:
    client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD, **more})
    assert is_in(client)
    return client


def is_in(client: StrictClient) -> bool:
    return client.get(PROFILE).status_code == 200


def test_the_session_of_before_is_not_the_one_of_after(client: StrictClient) -> None:
    # A form posted without a session leaves one: a draft to find again.
    client.post(PROFILE, {"full_name": "Nadia Morel"})
    planted = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = StrictClient()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(thief)


def test_the_token_of_forms_changes_too(client: StrictClient) -> None:
    client.get(SIGN_IN)
    before = client.cookies["csrftoken"].value
    sign_in(client)
    assert client.cookies["csrftoken"].value != before


def test_signing_out_ends_the_session_for_good(client: StrictClient) -> None:
    key = sign_in(client).cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    late = StrictClient()
    late.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(late)


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(client: StrictClient) -> None:
    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_new_password_closes_the_other_sessions_and_not_this_one(client: StrictClient) -> None:
    phone, computer = sign_in(StrictClient()), sign_in(client)
    new = "une tout autre phrase"
    computer.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert is_in(computer)
    assert not is_in(phone)


def test_a_forgotten_password_closes_every_other_session(client: StrictClient) -> None:
    thief = sign_in(StrictClient())
    client.post(reverse("account_reset_password"), {"email": NADIA})
    chosen = client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code(NADIA)})[
        "Location"
    ]
    new = "une tout autre phrase"
    client.post(chosen, {"password1": new, "password2": new})
    assert is_in(client)
    assert not is_in(thief)


def test_personal_pages_are_given_to_nobody_else(client: StrictClient) -> None:
    assert "Cookie" in sign_in(client).get(PROFILE)["Vary"]
    assert "no-store" in client.get(reverse("accounts:tokens"))["Cache-Control"]
