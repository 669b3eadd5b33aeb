"""Codes and passwords cannot be tried in series, nor a mail box flooded; the counters outlive a restart."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse
from post_office.models import Email

from tests.accounts.helpers import PASSWORD, mailed_code, text
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
NADIA = "nadia@exemple.fr"


@pytest.mark.parametrize(
    ("name", "allowed"), [("account_request_login_code", 3), ("account_reset_password", 5)]
)
@pytest.mark.parametrize("known", [True, False])
def test_a_mail_box_is_not_flooded_from_many_browsers(name: str, allowed: int, known: bool) -> None:
    if known:
        UserFactory.create(email=NADIA)
    statuses = [StrictClient().post(reverse(name), {"email": NADIA}).status_code for _ in range(allowed + 2)]
    assert statuses[:allowed] == [302] * allowed
    assert not {302} & set(statuses[allowed:])
    assert Email.objects.filter(to=NADIA).count() == allowed
    assert StrictClient().post(reverse(name), {"email": "autre@exemple.fr"}).status_code == 302


@pytest.mark.parametrize(
    ("ask", "confirm"),
    [
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
def test_three_wrong_codes_and_even_the_right_one_opens_nothing(
    client: StrictClient, ask: str, confirm: str
) -> None:
    UserFactory.create(email=NADIA)
    client.post(reverse(ask), {"email": NADIA})
    code = mailed_code(NADIA)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        client.post(reverse(confirm), {"code": wrong})
    client.post(reverse(confirm), {"code": code})
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_wrong_passwords_are_counted_by_account_from_many_browsers() -> None:
    user = UserFactory.create(email=NADIA)
    user.set_password(PASSWORD)
    user.save()
    for _ in range(5):
        StrictClient().post(reverse("account_login"), {"login": NADIA, "password": "faux"})
    page = StrictClient().post(reverse("account_login"), {"login": NADIA, "password": PASSWORD})
    assert "Trop d’essais à la suite." in text(page)
    cache.clear()
    page = StrictClient().post(reverse("account_login"), {"login": NADIA, "password": PASSWORD})
    assert page.status_code == 302


def test_guessing_the_present_password_is_limited(client: StrictClient) -> None:
    client.force_login(UserFactory.create())
    form = {"oldpassword": "faux", "password1": "une autre phrase", "password2": "une autre phrase"}
    statuses = [client.post(reverse("account_change_password"), form).status_code for _ in range(6)]
    assert statuses[-1] == 429
