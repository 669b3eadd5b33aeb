"""Step 1: an account by email, signing in by code, the second factor, a passkey."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import (
    DEMO_PASSWORD,
    PASSWORD,
    SPACE,
    last_mail,
    mailed_code,
    present_code,
    sign_in,
    sign_up,
    type_code,
)
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_newcomer_signs_up_then_comes_back_with_a_code(
    new_context: NewContext, stack: Stack, phone: bool
) -> None:
    email = f"nouvelle.venue.{'tel' if phone else 'ordi'}@exemple.fr"
    page = new_context(phone=phone).new_page()
    page.goto("/")
    if phone:
        page.get_by_role("button", name="Menu").click()
        check_screen(page, "menu open")
    page.get_by_role("link", name="Se connecter").first.click()
    check_screen(page)
    page.get_by_role("link", name="Créez-le en une minute").click()
    check_screen(page)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("textbox", name="Mot de passe")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "refused")
    page.get_by_label("Prénom et nom").fill("Nouvelle Venue")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    check_screen(page, "address to confirm")
    type_code(page, "000000")
    expect(page.locator("main")).to_contain_text("Ce code n’est pas le bon.")
    check_screen(page, "wrong code")
    type_code(page, code_read_in_the_mailbox(page, email))
    expect(page).to_have_url(SPACE)
    check_screen(page, "no organisation yet")

    if phone:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/espace/")
    expect(page).to_have_url(re.compile("/login/"))
    page.get_by_role("link", name="Recevoir un code").click()
    check_screen(page)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    check_screen(page)
    first = mailed_code(stack, email)
    read = last_mail(stack, email)
    page.get_by_role("button", name="Recevoir un nouveau code").click()
    second = mailed_code(stack, email, read)
    type_code(page, first if first != second else "000000")
    expect(page.locator("main")).to_contain_text("Ce code n’est pas le bon.")
    check_screen(page, "replaced code")
    type_code(page, second)
    expect(page).to_have_url(SPACE)


def code_read_in_the_mailbox(page: Page, email: str) -> str:
    tab = page.context.new_page()
    tab.goto("/dev/courrier/")
    tab.get_by_label("Adresse du destinataire").fill(email)
    tab.get_by_role("button", name="Chercher").click()
    check_screen(tab)
    tab.get_by_role("link", name="confirmez votre adresse").click()
    check_screen(tab)
    code = re.search(r"(?<!\d)\d{6}(?!\d)", tab.locator(".mail").inner_text())
    tab.close()
    assert code
    return code[0]


def test_three_wrong_codes_end_the_attempt(page: Page, stack: Stack) -> None:
    page.goto("/compte/login/code/")
    page.get_by_label("Adresse électronique").fill("bibliotheque@demo.example")
    page.get_by_role("button", name="Recevoir un code").click()
    for _ in range(3):
        type_code(page, "000000")
    expect(page.locator("main")).to_contain_text("Trop d’essais")
    page.goto("/compte/login/")
    type_address_and_wrong_password(page)
    check_screen(page, "refused")


def type_address_and_wrong_password(page: Page) -> None:
    page.get_by_label("Adresse électronique").fill("bibliotheque@demo.example")
    page.get_by_role("textbox", name="Mot de passe").fill("pas celui-là")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.locator("main")).to_contain_text("n’est pas le bon")


def test_a_forgotten_password_is_chosen_again(page: Page, stack: Stack) -> None:
    email = "etourdie@exemple.fr"
    sign_up(page, stack, email, "Étourdie")
    expect(page).to_have_url(SPACE)
    page.goto("/compte/logout/")
    check_screen(page)
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    read = last_mail(stack, email)
    page.goto("/compte/password/reset/")
    check_screen(page)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    check_screen(page)
    type_code(page, mailed_code(stack, email, read))
    check_screen(page)
    for field in page.locator("input[type=password]").all():
        field.fill("une-autre-phrase-longue")
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page).to_have_url(SPACE)


def test_a_platform_role_needs_the_second_factor(page: Page) -> None:
    sign_in(page, "curatrice")
    expect(page.get_by_role("heading", level=1)).to_have_text("Une seconde preuve")
    check_screen(page)
    page.get_by_label("Code de votre application").fill("000000")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Code de votre application")).to_have_attribute("aria-invalid", "true")
    check_screen(page, "wrong code")
    page.goto("/espace/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Une seconde preuve")
    page.get_by_label("Code de votre application").fill(present_code(page, "curatrice@demo.example"))
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(SPACE)
    page.goto("/compte/2fa/")
    check_screen(page, "required and active")
    page.get_by_role("link", name="Désactiver l’application").click()
    confirm_it_is_her(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Désactiver l’application ?")
    check_screen(page)


def test_a_passkey_is_added_serves_and_is_removed(
    new_context: NewContext, stack: Stack, page_of: Callable[..., Page]
) -> None:
    """Browsers speak to a key only on https or localhost."""
    page = new_context(base_url=stack.url.replace("127.0.0.1", "localhost")).new_page()
    plug_a_key(page)
    sign_in(page, "numerique")
    page.goto("/compte/2fa/")
    check_screen(page, "nothing yet")
    page.get_by_role("link", name="Ajouter une clé").click()
    confirm_it_is_her(page)
    check_screen(page)
    page.get_by_label("Nom de cette clé").fill("Téléphone de Nadia")
    page.get_by_label("Me connecter avec cette clé seule").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page).to_have_url(re.compile("recovery-codes|webauthn/$"))
    check_screen(page)
    page.goto("/compte/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Téléphone de Nadia")
    check_screen(page, "one key")
    page.get_by_role("link", name="Renommer").click()
    check_screen(page)
    page.goto("/compte/2fa/recovery-codes/")
    check_screen(page)
    page.goto("/compte/2fa/recovery-codes/generate/")
    check_screen(page)

    page.goto("/compte/logout/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/login/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page).to_have_url(SPACE)

    page.goto("/compte/2fa/webauthn/reauthenticate/")
    check_screen(page)
    page.goto("/compte/2fa/webauthn/")
    page.get_by_role("link", name="Retirer").click()
    confirm_it_is_her(page)
    check_screen(page)
    page.get_by_role("button", name="Retirer cette clé").click()
    expect(page.locator("main")).not_to_contain_text("Téléphone de Nadia")
    check_screen(page, "no key")


def plug_a_key(page: Page) -> None:
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def confirm_it_is_her(page: Page, password: str = DEMO_PASSWORD) -> None:
    """Asked before a sensitive change, when she has not just signed in."""
    if "reauthenticate" in page.url:
        check_screen(page)
        page.get_by_role("textbox", name="Mot de passe").fill(password)
        page.get_by_role("button", name="Confirmer").click()


def test_an_application_is_activated(page: Page, stack: Stack) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    sign_up(page, stack, "prudente@exemple.fr", "Prudente")
    page.goto("/compte/2fa/totp/activate/")
    confirm_it_is_her(page, PASSWORD)
    check_screen(page)
    page.get_by_label("Code affiché par votre application").fill("12")
    page.get_by_role("button", name="Activer").click()
    expect(page.locator("main p.error, main .error")).to_be_visible()
    check_screen(page, "refused")
    secret = page.locator(".secret-text").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code affiché par votre application").fill(
        format_hotp_value(hotp_value(secret, counter))
    )
    page.get_by_role("button", name="Activer").click()
    expect(page.locator("main")).to_contain_text("codes de secours")
    page.goto("/compte/2fa/reauthenticate/")
    check_screen(page)
    page.goto("/compte/reauthenticate/")
    check_screen(page)


@pytest.mark.parametrize("path", ["email", "password/change"])
def test_the_account_is_changed(page_of: Callable[..., Page], path: str) -> None:
    page = page_of("equipe")
    page.goto(f"/compte/{path}/")
    check_screen(page)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    check_screen(page, "refused")
