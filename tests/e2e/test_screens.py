"""Every screen, at desktop and phone width: axe finds nothing, nothing overflows, nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import check_both_widths
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
PASSWORD = "trajectoires-demo-2026"
PUBLIC = (
    "/",
    "/comprendre/",
    "/s-informer/",
    "/se-former/",
    "/agir/",
    "/accompagner/",
    "/catalogue/",
    "/catalogue/odd/4/",
    "/ressources/etape-1/",
    "/glossaire/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
    "/plan-du-site/",
    "/diagnostic/",
    "/diagnostic/express/",
    "/diagnostic/rejoindre/",
    "/compte/login/",
    "/compte/signup/",
    "/dev/courrier/",
    "/ui/",
    "/page-qui-n-existe-pas/",
)
MEMBER = ("/espace/", "/espace/compte/", "/espace/jetons/", "/organisations/nouvelle/")


def sign_in(page: Page, email: str) -> None:
    page.goto("/compte/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page).to_have_url(re.compile("/espace/"))


@pytest.mark.parametrize("path", PUBLIC)
def test_public_screen(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    check_both_widths(page)


@pytest.mark.parametrize("path", MEMBER)
def test_member_screen(page: Page, path: str) -> None:
    sign_in(page, "admin@demo.example")
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    check_both_widths(page)


def test_diagnostic_screens(page: Page) -> None:
    sign_in(page, "jardins@demo.example")
    page.goto("/diagnostic/nouvelle/")
    campaign = page.url
    assert re.search(r"/diagnostic/[0-9a-f-]{36}/$", campaign)
    for tail in ("", "contexte/", "inviter/", "finances/", "finances/2025/", "clore/"):
        page.goto(campaign + tail)
        expect(page.locator("h1")).to_have_count(1)
        check_both_widths(page)


def test_result_screen(page: Page) -> None:
    sign_in(page, "admin@demo.example")
    page.click("text=Résultat de automne 2026")
    expect(page.locator("h1")).to_contain_text("maison")
    check_both_widths(page)


def test_first_view_is_light_and_stays_home(new_context: Callable[..., BrowserContext], stack: Stack) -> None:
    page = new_context().new_page()
    seen: list[str] = []
    weight = [0]

    def count(response: object) -> None:
        seen.append(response.url)  # type: ignore[attr-defined]

    page.on("response", count)
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on(
        "Network.loadingFinished",
        lambda event: weight.__setitem__(0, weight[0] + int(event["encodedDataLength"])),
    )
    page.goto("/", wait_until="networkidle")
    assert all(url.startswith((stack.url, "data:")) for url in seen), seen
    assert len(seen) <= 15
    assert weight[0] <= 100_000
