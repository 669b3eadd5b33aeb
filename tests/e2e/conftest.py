"""A real Chromium against the real platform: web, worker and beat as processes, demonstration data inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.stack import Stack, running, wait_for
from trajectoires.embedded.system import find_chromium

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with running(demo=True) as platform:
        yield platform


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, stack: Stack) -> Iterator[Callable[..., BrowserContext]]:
    """``new_context(phone=False, **options)``: another device, with its own cookies."""
    opened: list[BrowserContext] = []

    def make(*, phone: bool = False, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=stack.url,
            viewport=PHONE if phone else DESKTOP,
            locale="fr-FR",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


def check_access(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out of the screen's width."""
    found = Axe().run(page, options={"runOnly": AXE["runOnly"]}).response["violations"]
    told = [f"{v['id']}: {v['help']} — {v['nodes'][0]['html'][:160]}" for v in found]
    assert not told, f"{page.url}\n" + "\n".join(told)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url}: {wider} px wider than the screen"


def check_both_widths(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        check_access(page)
    page.set_viewport_size(DESKTOP)


def last_mail(stack: Stack, to: str, seconds: float = 15) -> str:
    """Text of the newest mail to this address, read in the development mailbox as a person would."""
    found: list[str] = []

    def arrived() -> bool:
        _, listing = stack.get("/dev/courrier/?a=" + to)
        links = re.findall(r'href="(/dev/courrier/\d+/)"', listing)
        if links:
            found[:] = [stack.get(links[0])[1]]
        return bool(found)

    wait_for(arrived, seconds, f"a mail to {to}")
    return found[0]
