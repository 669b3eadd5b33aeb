"""Creating an account, signing in, and getting back in: the whole way, with the mails as they are queued."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from post_office.models import Email

from apps.accounts.models import User
from tests.accounts.helpers import PASSWORD, last_mail, mailed_code, text
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
SIGN_UP, SIGN_IN = reverse("account_signup"), reverse("account_login")
CONFIRM = reverse("account_email_verification_sent")
NADIA = "nadia@exemple.fr"


def typed(**changes: str) -> dict[str, str]:
    return {"full_name": "Nadia Morel", "email": NADIA, "password1": PASSWORD, **changes}


def person(email: str = NADIA, **fields: Any) -> User:
    user = UserFactory.create(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(client: StrictClient) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


# Creating an account


def test_an_account_is_opened_by_a_code(client: StrictClient) -> None:
    assert client.post(SIGN_UP, typed())["Location"] == CONFIRM
    assert not signed_in(client)
    page = client.get(CONFIRM)
    assert NADIA in text(page)
    mail = last_mail(NADIA)
    assert mail.subject == f"{mailed_code(NADIA)} : confirmez votre adresse".replace(" :", "\u00a0:")
    assert "Trajectoires socio-économiques" in mail.message
    assert "http" not in mail.message
    assert client.post(CONFIRM, {"code": mailed_code(NADIA)})["Location"] == reverse("accounts:home")
    assert signed_in(client)
    assert User.objects.get().full_name == "Nadia Morel"


def test_the_form_tells_what_becomes_of_the_data(client: StrictClient) -> None:
    page = client.get(SIGN_UP)
    assert "Ce que nous faisons de vos données" in text(page)
    assert reverse("pages:privacy") in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "obligatoire"),
        ({"email": "nadia"}, "adresse"),
        ({"password1": "onze caract"}, "12 caractères"),
        ({"password1": "123456789012"}, "entièrement numérique"),
        ({"password1": "nadia@exemple.fr"}, "trop semblable"),
        ({"password1": ""}, "obligatoire"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(client: StrictClient, changes: dict[str, str], words: str) -> None:
    page = client.post(SIGN_UP, typed(**changes))
    assert words in text(page)
    assert not User.objects.exists()
    for name in {"full_name", "email"} - set(changes):
        assert f'value="{typed()[name]}"' in page.content.decode()


def test_an_address_already_known_is_not_revealed(client: StrictClient) -> None:
    person()
    assert client.post(SIGN_UP, typed())["Location"] == CONFIRM
    assert "Confirmez votre adresse" in text(client.get(CONFIRM))
    assert User.objects.count() == 1
    assert last_mail(NADIA).subject == "Vous avez déjà un compte"
    assert reverse("account_reset_password") in last_mail(NADIA).message


def test_a_wrong_code_then_the_right_one(client: StrictClient) -> None:
    client.post(SIGN_UP, typed())
    assert "Ce code n’est pas le bon." in text(client.post(CONFIRM, {"code": "0"}))
    code = mailed_code(NADIA)
    assert client.post(CONFIRM, {"code": f" {code[:3]} {code[3:]} "})["Location"] == reverse("accounts:home")


def test_three_wrong_codes_end_the_attempt(client: StrictClient) -> None:
    client.post(SIGN_UP, typed())
    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "0"})
    assert answer["Location"] == SIGN_IN
    assert "Trop d’essais à la suite." in text(client.get(SIGN_IN))


def test_a_mistyped_address_is_corrected_by_starting_again(client: StrictClient) -> None:
    client.post(SIGN_UP, typed(email="nadya@exemple.fr"))
    page = client.get(f"{CONFIRM}?next=/espace/jetons/").content.decode()
    button = page.index("L’adresse est mal écrite\u00a0: recommencer")
    again = re.findall(r'name="next" value="([^"]+)"', page[:button])[-1]
    assert again in (f"{SIGN_UP}?next=/espace/jetons/", f"{SIGN_UP}?next=%2Fespace%2Fjetons%2F")
    sent = client.post(reverse("account_logout"), {"next": again})
    assert sent["Location"] == again
    assert "Créer un compte" in text(client.get(again))
    client.post(SIGN_UP, typed())
    client.post(CONFIRM, {"code": mailed_code(NADIA)})
    assert signed_in(client)
    assert client.get(reverse("accounts:profile")).wsgi_request.user.email == NADIA


def test_a_new_code_is_sent_after_a_pause(client: StrictClient) -> None:
    client.post(SIGN_UP, typed())
    page = client.post(CONFIRM, {"action": "resend"}, follow=True)
    assert page.status_code in (200, 429)
    assert Email.objects.count() == 1, "ten seconds must pass first"


def test_a_mail_that_cannot_be_queued_is_told(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> None:
        raise ValueError("no row")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    page = client.post(SIGN_UP, typed(), follow=True)
    assert page.status_code == 200
    assert "Le courriel n’a pas pu être préparé." in text(page)
    assert "Un code vient de partir." not in text(page)


# Signing in


def test_by_password(client: StrictClient) -> None:
    person()
    assert client.post(SIGN_IN, {"login": "NADIA@exemple.fr", "password": PASSWORD})["Location"] == reverse(
        "accounts:home"
    )
    assert signed_in(client)


def test_a_wrong_password_keeps_the_address(client: StrictClient) -> None:
    person()
    page = client.post(SIGN_IN, {"login": NADIA, "password": "autre chose"})
    assert "L’adresse ou le mot de passe n’est pas le bon." in text(page)
    assert f'value="{NADIA}"' in page.content.decode()


def test_next_is_kept_from_page_to_page(client: StrictClient) -> None:
    person()
    page = client.get(f"{SIGN_IN}?next=/espace/jetons/").content.decode()
    for way in ("account_request_login_code", "account_signup"):
        assert (
            f'href="{reverse(way)}?next=%2Fespace%2Fjetons%2F"' in page
            or f'href="{reverse(way)}?next=/espace/jetons/"' in page
        )
    sent = client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD, "next": "/espace/jetons/"})
    assert sent["Location"] == "/espace/jetons/"


def test_next_does_not_lead_outside(client: StrictClient) -> None:
    person()
    sent = client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD, "next": "https://ailleurs.example/"})
    assert sent["Location"] == reverse("accounts:home")


def test_by_a_code_that_serves_once(client: StrictClient) -> None:
    person()
    client.post(reverse("account_request_login_code"), {"email": NADIA, "next": "/espace/jetons/"})
    code = mailed_code(NADIA)
    confirm = reverse("account_confirm_login_code")
    assert NADIA in text(client.get(confirm))
    assert "Ce code n’est pas le bon." in text(client.post(confirm, {"code": "0"}))
    assert client.post(confirm, {"code": code, "next": "/espace/jetons/"})["Location"] == "/espace/jetons/"
    assert signed_in(client)
    other = StrictClient()
    assert other.post(confirm, {"code": code}).status_code == 302
    assert not signed_in(other)


def test_a_code_for_an_unknown_address_reveals_nothing(client: StrictClient) -> None:
    page = client.post(reverse("account_request_login_code"), {"email": NADIA}, follow=True)
    assert "Si un compte existe à cette adresse" in text(page)
    assert last_mail(NADIA).subject == "Aucun compte à cette adresse"


def test_a_second_code_may_be_asked(client: StrictClient) -> None:
    person()
    client.post(reverse("account_request_login_code"), {"email": NADIA})
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert Email.objects.count() == 2
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code(NADIA)})
    assert signed_in(client)


def test_an_unverified_account_confirms_first(client: StrictClient) -> None:
    person(verified=False)
    assert client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD})["Location"] == CONFIRM
    assert not signed_in(client)


def test_a_closed_account_says_so(client: StrictClient) -> None:
    person(is_active=False)
    page = client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD}, follow=True)
    assert "Ce compte est fermé." in text(page)
    assert not signed_in(client)


def test_closing_an_account_ends_its_sessions(client: StrictClient) -> None:
    user = person()
    client.force_login(user)
    assert signed_in(client)
    user.is_active = False
    user.save()
    assert not signed_in(client)


def test_signing_out_needs_a_button(client: StrictClient) -> None:
    client.force_login(person())
    assert "Se déconnecter ?" in text(client.get(reverse("account_logout")))
    assert signed_in(client)
    client.post(reverse("account_logout"), {"next": SIGN_IN})
    assert not signed_in(client)


# Getting back in


def test_a_forgotten_password(client: StrictClient) -> None:
    person()
    confirm = reverse("account_confirm_password_reset_code")
    assert client.post(reverse("account_reset_password"), {"email": NADIA})["Location"] == confirm
    assert "Saisissez votre code" in text(client.get(confirm))
    assert "Ce code n’est pas le bon." in text(client.post(confirm, {"code": "0"}))
    chosen = client.post(confirm, {"code": mailed_code(NADIA)})["Location"]
    assert "Choisissez un nouveau mot de passe" in text(client.get(chosen))
    wrong = client.post(chosen, {"password1": "une autre phrase", "password2": "une autre phrase !"})
    assert "mot de passe" in text(wrong)
    client.post(chosen, {"password1": "une autre phrase", "password2": "une autre phrase"})
    assert signed_in(client)
    assert User.objects.get().check_password("une autre phrase")
    notice = last_mail(NADIA)
    assert notice.subject == "Votre mot de passe a changé"
    assert "C’est bien vous" in notice.message
    assert "127.0.0.1" in notice.message


def test_a_forgotten_password_of_nobody_reveals_nothing(client: StrictClient) -> None:
    page = client.post(reverse("account_reset_password"), {"email": NADIA}, follow=True)
    assert "Si un compte existe à cette adresse" in text(page)


# Too many requests


def test_too_many_passwords(client: StrictClient) -> None:
    person()
    for _ in range(6):
        page = client.post(SIGN_IN, {"login": NADIA, "password": "faux"})
    assert "Trop d’essais à la suite." in text(page)
    page = client.post(SIGN_IN, {"login": NADIA, "password": PASSWORD})
    assert "Trop d’essais à la suite." in text(page)
    assert not signed_in(client)


def test_too_many_requests_have_a_page(client: StrictClient) -> None:
    for n in range(121):
        page = client.post(SIGN_UP, typed(email=f"n{n}@exemple", password1="x"))
    assert page.status_code == 429
    assert "Reprenons dans quelques minutes." in text(page)
    assert page.content.decode().count("<h1") == 1
