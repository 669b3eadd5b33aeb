"""What holds on every screen: axe finds nothing, one title, nothing sticks out, down to 400 % of zoom."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# WCAG 1.4.10: what 1280 px shows at 400 %.
ZOOMED: ViewportSize = {"width": 320, "height": 256}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# The first word that is cut in three lines or more: a column too narrow for its text, which no width tells.
SQUEEZED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const unseen = box => box && (getComputedStyle(box).clipPath.startsWith('inset(') || unseen(box.parentElement))
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const word = /\\p{L}{4,20}/u.exec(text.data)
    if (!word || text.parentElement.closest('svg, script, style')) continue
    range.setStart(text, word.index)
    range.setEnd(text, word.index + word[0].length)
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
    if (lines.size > 2 && !unseen(text.parentElement)) return word[0]
  }
  return ''
}"""
# (name of the address, state) → checked once a session: journeys pass the same screens again and again.
CHECKED: set[tuple[str, str]] = set()
# A folder where every screen is left as a picture, to look at.
SHOTS = os.environ.get("E2E_SHOTS", "")


def name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return "404"


def check_screen(page: Page, state: str = "") -> None:
    """Once per address and ``state`` (a form refused, a list empty, a part unfolded)."""
    key = (name_of(page.url), state)
    if key in CHECKED:
        return
    before = page.viewport_size
    assert before
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1, f"{page.url}: {page.locator('h1').count()} titles"
    for device, size in (("ordinateur", DESKTOP), ("telephone", PHONE)):
        page.set_viewport_size(size)
        check_access(page)
        take(page, key, device)
    page.set_viewport_size(ZOOMED)
    check_width(page)
    page.set_viewport_size(before)
    CHECKED.add(key)


def check_access(page: Page) -> None:
    found = Axe().run(page, options=AXE).response["violations"]
    told = [f"{v['id']}: {v['help']} — {v['nodes'][0]['html'][:160]}" for v in found]
    assert not told, f"{page.url} at {page.viewport_size}\n" + "\n".join(told)
    check_width(page)


def check_width(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url}: {wider} px wider than a screen of {page.viewport_size}"
    squeezed = page.evaluate(SQUEEZED)
    assert not squeezed, f"{page.url}: written letter under letter at {page.viewport_size}: {squeezed}"


def take(page: Page, key: tuple[str, str], device: str) -> None:
    if SHOTS:
        name = re.sub(r"[^\w-]+", "-", " ".join(key)).strip("-")
        # Hiding the caret would put a style in the page, which its policy refuses and the watch reports.
        page.screenshot(path=Path(SHOTS) / f"{name}.{device}.png", full_page=True, caret="initial")
