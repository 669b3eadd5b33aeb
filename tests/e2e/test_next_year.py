"""Step 8: a second campaign starts from last year's answers and shows what changed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.answering import answer_rest
from tests.e2e.screens import check_screen

pytestmark = pytest.mark.e2e
RESULT = re.compile(r"^Résultat")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_result_shows_the_change_since_last_year(page_of: Callable[..., Page], phone: bool) -> None:
    page = page_of("admin", phone=phone)
    page.goto("/espace/")
    page.get_by_role("link", name=RESULT).first.click()
    expect(page.get_by_role("heading", name="Depuis la dernière fois")).to_be_visible()
    check_screen(page, "with a previous one")
    for summary in page.locator("main summary").all():
        summary.click()
    check_screen(page, "with a previous one, unfolded")


def test_last_years_answers_are_suggested_and_never_counted_unseen(page_of: Callable[..., Page]) -> None:
    page = page_of("referente")
    page.goto("/espace/")
    page.get_by_role("link", name="Ouvrir une campagne").click()
    page.get_by_role("button", name="Ouvrir la campagne").click()
    page.get_by_role("link", name="Répondre", exact=True).click()
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("main")).to_contain_text("Vos réponses de l’an dernier vous sont proposées.")
    expect(page.locator(".replies .is-answered")).to_have_count(0)
    check_screen(page, "suggestions")
    page.get_by_role("link", name="Commencer").click()
    expect(page.locator("#etat")).to_contain_text("L’an dernier, vous aviez répondu")
    expect(page.locator("input[name=value]:checked")).to_have_count(0)
    check_screen(page, "suggestion")
    page.get_by_role("button", name="Confirmer cette réponse").click()
    expect(page).to_have_url(re.compile("/A2/$"))
    page.get_by_role("link", name="Quitter").click()
    expect(page.locator(".replies .is-answered")).to_have_count(1)
    answer_rest(page, 2)
    page.get_by_role("button", name="Terminer ma copie").click()
    page.get_by_role("link", name="Voir où en est la campagne").click()
    check_screen(page, "one person has finished")
    page.get_by_role("link", name="Clore").click()
    check_screen(page, "fewer than three people")
    page.get_by_role("button", name="Clore et voir le résultat").click()
    expect(page.get_by_role("heading", name="Depuis la dernière fois")).to_be_visible()
    check_screen(page, "one person")


def test_a_closed_campaign_says_so_everywhere(page_of: Callable[..., Page]) -> None:
    page = page_of("compagnie")
    page.goto("/espace/")
    check_screen(page, "campaign closed")
    page.get_by_role("link", name=RESULT).first.click()
    check_screen(page, "twelve people")
    page.goto(page.url.removesuffix("resultat/"))
    check_screen(page, "closed")
    page.get_by_role("link", name="Relire mes réponses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos réponses, en lecture seule")
    check_screen(page, "closed")
