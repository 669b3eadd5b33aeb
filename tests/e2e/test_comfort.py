"""Keyboard, reduced motion, zoom of the text: what axe does not see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.answering import tab_to
from tests.e2e.conftest import NewContext
from tests.e2e.screens import check_width

pytestmark = pytest.mark.e2e
MAIN = ("/", "/comprendre/", "/catalogue/", "/diagnostic/", "/diagnostic/express/", "/compte/login/")
# What an element changes on the screen when it takes the focus.
# The outline is on the element itself, or on the label that holds it.
VISIBLE = """() => [document.activeElement, document.activeElement.closest("label")].some(element => {
  const style = element && getComputedStyle(element);
  return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; })"""
MOVING = """() => document.getAnimations().filter(a => a.effect.getComputedTiming().duration > 10).length
  + [...document.querySelectorAll("*")].filter(e => getComputedStyle(e).scrollBehavior === "smooth").length"""


@pytest.mark.parametrize("path", MAIN)
def test_the_first_tab_skips_to_the_content(page: Page, path: str) -> None:
    page.goto(path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside, f"{path}: the first stop after the skip link is not in the content"


@pytest.mark.parametrize("path", MAIN)
def test_the_focus_is_always_seen(page: Page, path: str) -> None:
    page.goto(path)
    seen = 0
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        element = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(VISIBLE), f"{path}: no visible focus on {element}"
        seen += 1
    assert seen > 5


@pytest.mark.parametrize("path", MAIN)
def test_nothing_moves_for_who_asked_for_calm(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(MOVING) == 0


@pytest.mark.parametrize("path", [*MAIN, "/espace/"])
def test_text_twice_as_large_fits(page_of: Callable[..., Page], path: str) -> None:
    """WCAG 1.4.4: larger letters, as set in a browser's preferences, on a phone."""
    page = page_of("admin", phone=True)
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    check_width(page)


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(new_context: NewContext) -> None:
    page = new_context(phone=True).new_page()
    page.goto("/")
    tab_to(page, "button.menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Comprendre").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#nav")).not_to_be_visible()
    expect(page.locator("button.menu")).to_be_focused()
