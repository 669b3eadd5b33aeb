"""Signing up and in, and reading one's mail in the development mailbox, as a person would."""

from __future__ import annotations

import html
import re

from playwright.sync_api import Page, expect

from tests.support.stack import Stack, wait_for

DEMO_PASSWORD = "trajectoires-demo-2026"
PASSWORD = "une-phrase-assez-longue"
SPACE = re.compile(r"/espace/$")


def sign_in(page: Page, name: str, password: str = DEMO_PASSWORD) -> None:
    """``name``: an address, or what stands before @ in a demonstration account."""
    page.goto("/compte/login/")
    page.get_by_label("Adresse électronique").fill(name if "@" in name else f"{name}@demo.example")
    page.get_by_role("textbox", name="Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    expect(page).not_to_have_url(re.compile("/login/$"))


def sign_up(page: Page, stack: Stack, email: str, name: str) -> None:
    """From the form of sign-up, already open or not, to wherever it leads."""
    if "/compte/signup/" not in page.url:
        page.goto("/compte/signup/")
    page.get_by_label("Prénom et nom").fill(name)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    type_code(page, mailed_code(stack, email))


def type_code(page: Page, code: str) -> None:
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")


def last_mail(stack: Stack, to: str, other_than: str = "") -> str:
    """Text of the newest mail to this address; ``other_than`` is one already read."""
    found: list[str] = []

    def arrived() -> bool:
        _, listing = stack.get("/dev/courrier/?a=" + to)
        if links := re.findall(r'href="(/dev/courrier/\d+/)"', listing):
            page = stack.get(links[0])[1]
            message = re.search(r'<div class="mail">(.*?)</div>', page, re.S)
            assert message, page
            found[:] = [html.unescape(re.sub(r"<[^>]+>", " ", message[1]))]
        return bool(found) and found[0] != other_than

    wait_for(arrived, 15, f"a mail to {to}")
    return found[0]


def mailed_code(stack: Stack, to: str, other_than: str = "") -> str:
    code = re.search(r"(?<!\d)\d{6}(?!\d)", last_mail(stack, to, other_than))
    assert code
    return code[0]


def mailed_path(stack: Stack, to: str) -> str:
    """Where the link of the newest mail leads, on this platform."""
    link = re.search(re.escape(stack.url) + r"(/\S+)", last_mail(stack, to))
    assert link
    return link[1]


def present_code(page: Page, account: str) -> str:
    """What the authenticator of a demonstration account shows now, read in the mailbox in another tab."""
    tab = page.context.new_page()
    tab.goto("/dev/courrier/")
    code = tab.get_by_role("row", name=account).locator("td").inner_text()
    tab.close()
    return code
