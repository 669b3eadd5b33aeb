"""Answering statements: by click, by keyboard, or the rest at once."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

CODES = [
    f"{axis}{n}"
    for axis, count in (("A", 9), ("B", 10), ("C", 9), ("D", 4), ("E", 4))
    for n in range(1, count + 1)
]
SAVED = re.compile("Réponse enregistrée à")


def click_answer(page: Page, level: int) -> None:
    """Chosen with a pointer, saved at once, then the next statement."""
    here = page.url
    page.locator("label.opt").nth(level).click()
    expect(page.locator("#etat")).to_contain_text(SAVED)
    page.get_by_role("button", name=re.compile("Énoncé suivant|Voir toutes mes réponses")).click()
    expect(page).not_to_have_url(here)


def type_answer(page: Page, level: int) -> None:
    """Nothing but the keyboard, from the top of the page: Tab to the levels, arrows, then Enter."""
    here = page.url
    tab_to(page, "input[name=value]")
    page.keyboard.press("Space")
    for _ in range(level):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#etat")).to_contain_text(SAVED)
    expect(page.locator(f"input[name=value][value='{level}']")).to_be_checked()
    tab_to(page, "form.statement .btn-row button")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(here)


def tab_to(page: Page, selector: str, most: int = 25) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: {selector} is not reached with {most} Tab")


def answer_rest(page: Page, level: int) -> None:
    """Every statement of the copy now open, sent as the form without script sends it."""
    copy = page.url.split("/reponses/")[1].split("/")[0]
    page.goto(f"/diagnostic/reponses/{copy}/{CODES[0]}/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    for rank, code in enumerate(CODES):
        value = str(min(3, max(0, level + (rank % 3) - 1)))
        sent = page.request.post(
            f"/diagnostic/reponses/{copy}/{code}/",
            form={"value": value, "csrfmiddlewaretoken": token},
            max_redirects=0,
        )
        assert sent.status == 302, f"{code}: {sent.status}"
    page.goto(f"/diagnostic/reponses/{copy}/")
