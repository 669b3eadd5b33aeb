"""The journeys of an association, walked in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import check_access, last_mail
from tests.e2e.test_screens import sign_in
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def test_the_report_is_asked_progresses_and_is_downloaded(page: Page) -> None:
    sign_in(page, "compagnie@demo.example")
    page.click("text=Résultat de")
    page.get_by_role("button", name=re.compile("rapport")).first.click()
    link = page.get_by_role("link", name=re.compile("Télécharger")).first
    link.wait_for(timeout=30_000)
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) > 20_000


def test_a_visitor_gets_an_instant_result_on_a_phone(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(phone=True).new_page()
    page.goto("/diagnostic/express/")
    names = page.eval_on_selector_all("input[type=radio]", "els => [...new Set(els.map(e => e.name))]")
    assert len(names) == 12
    for name in names:
        page.check(f"input[name='{name}'][value='2']", force=True)
    page.locator("main form button.btn").last.click()
    expect(page.locator("main")).to_contain_text("66,7")
    check_access(page)


def test_sign_up_by_email_and_code(page: Page, stack: Stack) -> None:
    page.goto("/compte/signup/")
    page.fill("input[name=email]", "nouvelle.venue@exemple.fr")
    if page.locator("input[name=full_name]").count():
        page.fill("input[name=full_name]", "Nouvelle Venue")
    page.fill("input[name=password1]", "une-phrase-assez-longue")
    page.locator("main form button.btn").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    text = re.sub(r"<[^>]+>", " ", last_mail(stack, "nouvelle.venue@exemple.fr"))
    codes = re.findall(r"\b[A-Z0-9]{6}\b|\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b", text)
    assert codes, text
    page.fill("input[name=code]", codes[0])
    page.press("input[name=code]", "Enter")
    expect(page).to_have_url(re.compile("/espace/"))
