"""Nobody learns from a page whether an address has an account: only its owner's mail tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from post_office.models import Email

from apps.accounts.enums import Role
from apps.accounts.models import User
from tests.accounts.helpers import PASSWORD, last_mail, mailed_code, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
# As long as each other, so that pages can be compared to the letter.
KNOWN, UNKNOWN = "nadia@exemple.fr", "denis@exemple.fr"


@pytest.fixture(autouse=True, name="nadia")
def make_nadia() -> User:
    user = UserFactory.create(email=KNOWN)
    user.set_password(PASSWORD)
    user.save()
    return user


def seen(name: str, email: str, data: dict[str, str], then: str = "") -> list[Any]:
    """All that a browser sees after a form with this address: the way, the words, the cookies."""
    client = StrictClient()
    page = client.post(
        reverse(name), {**data, **{key: email for key in ("email", "login") if key in data}}, follow=True
    )
    pages = [page]
    if then:
        pages.append(client.post(reverse(then), {"code": "000000"}, follow=True))
        pages.append(client.post(reverse(then), {"action": "resend"}, follow=True))
        pages.append(
            client.post(reverse(then), {"action": "change", "email": "autre@exemple.fr"}, follow=True)
        )
        pages += [client.get(reverse(page), follow=True) for page in ("account_login", "account_signup")]
    told: list[Any] = [sorted(client.cookies)]
    for shown in pages:
        told += [shown.status_code, shown.redirect_chain, text(shown).replace(email, "…")]
    return told


@pytest.mark.parametrize(
    ("name", "data", "then"),
    [
        (
            "account_signup",
            {"full_name": "Quelqu’un", "email": "", "password1": PASSWORD},
            "account_email_verification_sent",
        ),
        ("account_request_login_code", {"email": ""}, "account_confirm_login_code"),
        ("account_reset_password", {"email": ""}, "account_confirm_password_reset_code"),
        ("account_login", {"login": "", "password": "ce n’est pas le bon"}, ""),
    ],
)
def test_a_known_and_an_unknown_address_see_the_same(name: str, data: dict[str, str], then: str) -> None:
    assert seen(name, KNOWN, data, then) == seen(name, UNKNOWN, data, then)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_signup", {"full_name": "Quelqu’un", "password1": PASSWORD}),
        ("account_request_login_code", {}),
        ("account_reset_password", {}),
    ],
)
def test_one_mail_leaves_either_way(client: StrictClient, name: str, data: dict[str, str]) -> None:
    for email in (KNOWN, UNKNOWN):
        StrictClient().post(reverse(name), {**data, "email": email})
        assert Email.objects.filter(to=email).count() == 1, email


def test_whoever_knows_the_address_cannot_take_the_account_by_signing_up(
    client: StrictClient, nadia: User
) -> None:
    client.post(
        reverse("account_signup"),
        {"full_name": "Intruse", "email": KNOWN, "password1": "une autre phrase longue"},
    )
    nadia.refresh_from_db()
    assert nadia.check_password(PASSWORD)
    assert nadia.full_name != "Intruse"


def test_an_address_of_someone_else_is_no_more_refused_than_another(client_of: Any) -> None:
    """Changing one’s address to a known one looks like changing it to a free one; and gives nothing."""
    told = []
    for email in (KNOWN, UNKNOWN):
        client = client_of(me := UserFactory.create())
        client.post(reverse("account_reauthenticate"), {"password": ""})
        page = client.post(reverse("account_email"), {"action_add": "", "email": email}, follow=True)
        told.append(
            (
                page.status_code,
                text(page).replace(email, "…").replace(me.email, "moi").replace(str(me), "moi"),
            )
        )
    assert told[0] == told[1]
    assert User.objects.filter(email=KNOWN).count() == 1


def test_inviting_tells_nothing_of_accounts(client_of: Any) -> None:
    organisation = OrganisationFactory.create()
    client = client_of(member(organisation, Role.ADMIN))
    pages = []
    for email in (KNOWN, UNKNOWN):
        page = client.post(
            reverse("accounts:invitation_create", args=[organisation.pk]),
            {"email": email, "role": "staff"},
            follow=True,
        )
        alert = text(page)[text(page).index("L’invitation part") :][:90]
        pages.append(alert.replace(email, "…"))
        assert last_mail(email).subject == f"{organisation.name} vous invite"
    assert pages[0] == pages[1]


def test_a_code_opens_only_the_account_it_was_sent_to(client: StrictClient) -> None:
    UserFactory.create(email=UNKNOWN)
    other = StrictClient()
    client.post(reverse("account_request_login_code"), {"email": KNOWN})
    other.post(reverse("account_request_login_code"), {"email": UNKNOWN})
    page = other.post(reverse("account_confirm_login_code"), {"code": mailed_code(KNOWN)})
    assert "Ce code n’est pas le bon." in text(page)
    assert other.get(reverse("accounts:profile")).status_code == 302
