"""A real Chromium against the real platform: web, worker and beat as processes, demonstration data inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.e2e.directory import Directory, serving
from tests.e2e.people import present_code, sign_in
from tests.e2e.screens import DESKTOP, PHONE
from tests.e2e.watch import Watch
from tests.support.stack import Stack, running, wait_for
from trajectoires.embedded.system import find_chromium

NewContext = Callable[..., BrowserContext]
Desk = Callable[..., Page]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test that counts the screens passed by all the others comes after them."""
    items.sort(key=lambda item: item.path.name == "test_no_screen_is_forgotten.py")


@pytest.fixture(scope="package")
def directory() -> Iterator[Directory]:
    """The public directory of enterprises, which misbehaves on demand."""
    with serving() as served:
        yield served


@pytest.fixture(scope="package")
def stack(directory: Directory) -> Iterator[Stack]:
    with running(demo=True, ENTERPRISE_DIRECTORY_URL=directory.url) as platform:
        yield platform


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watch(stack: Stack) -> Iterator[Watch]:
    watch = Watch(stack.port)
    yield watch
    assert not watch.found, "\n".join(watch.found)


@pytest.fixture
def new_context(browser: Browser, stack: Stack, watch: Watch) -> Iterator[NewContext]:
    """``new_context(phone=False, **options)``: another device, with its own cookies."""
    opened: list[BrowserContext] = []

    def make(*, phone: bool = False, **options: Any) -> BrowserContext:
        context = browser.new_context(
            **{
                "base_url": stack.url,
                "viewport": PHONE if phone else DESKTOP,
                "has_touch": phone,
                "locale": "fr-FR",
                "reduced_motion": "reduce",
                **options,
            }
        )
        context.set_default_timeout(15_000)
        watch.follow(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture(scope="package")
def sessions() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def page_of(new_context: NewContext, sessions: dict[str, StorageState]) -> Callable[..., Page]:
    """``page_of("admin")``: a device where this demonstration account is signed in. Do not sign out of it."""

    def make(name: str, **options: Any) -> Page:
        if name not in sessions:
            first = new_context(**options).new_page()
            sign_in(first, name)
            sessions[name] = first.context.storage_state()
            first.context.close()  # its cache is warm: what a first visit weighs is measured on another device
        return new_context(storage_state=sessions[name], **options).new_page()

    return make


@pytest.fixture
def desk_of(new_context: NewContext, sessions: dict[str, StorageState]) -> Desk:
    """``desk_of("curatrice")``: a device where she is signed in with her second factor."""

    def make(name: str, **options: bool) -> Page:
        if name in sessions:
            return new_context(storage_state=sessions[name], **options).new_page()
        page = new_context(**options).new_page()
        sign_in(page, name)
        code = page.get_by_label("Code de votre application")

        def enter() -> bool:
            """A code serves once: another test may just have used it."""
            code.fill(present_code(page, f"{name}@demo.example"))
            page.get_by_role("button", name="Continuer").click()
            page.wait_for_load_state()
            return code.count() == 0

        wait_for(enter, 70, "a code that was not used", pause=5)
        sessions[name] = page.context.storage_state()
        return page

    return make
