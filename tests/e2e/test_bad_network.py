"""A phone in a village hall: the network goes, the session ends, the campaign closes. Nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.answering import SAVED, click_answer
from tests.e2e.conftest import NewContext
from tests.e2e.screens import check_screen
from tests.e2e.watch import Watch

pytestmark = pytest.mark.e2e


@pytest.fixture
def guest(new_context: NewContext, page_of: Callable[..., Page]) -> Page:
    """A person who joined with the code of a demonstration campaign, on her phone, at the first statement."""
    lead = page_of("marmite")
    lead.goto("/espace/")
    lead.get_by_role("link", name="Voir la campagne").click()
    check_screen(lead, "in progress")
    code = lead.locator("p.code").inner_text().strip()
    page = new_context(phone=True).new_page()
    page.goto(f"/diagnostic/rejoindre/{code}/")
    page.get_by_role("radio", name="Équipe : salariés, bénévoles").check()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Commencer").click()
    return page


def test_an_answer_given_without_network_waits_and_leaves_alone(guest: Page, watch: Watch) -> None:
    watch.may_be_offline = True
    click_answer(guest, 1)
    guest.context.set_offline(True)
    guest.locator("label.opt").nth(3).click()
    expect(guest.locator("#etat")).to_contain_text("Sans réseau, elle attend sur ce téléphone.")
    guest.get_by_role("button", name="Énoncé suivant").click()
    expect(guest).to_have_url(re.compile("/A2/$"))
    expect(guest.locator("#etat")).to_contain_text("Sans réseau")
    guest.context.set_offline(False)
    expect(guest.locator("#etat")).to_contain_text(SAVED)
    guest.reload()
    expect(guest.locator("input[name=value][value='3']")).to_be_checked()
    guest.get_by_role("link", name="Quitter").click()
    expect(guest.locator(".replies .is-answered")).to_have_count(2)


def test_what_waits_leaves_after_the_browser_was_closed(guest: Page, watch: Watch) -> None:
    """The answer waits on the device itself: another page of the same copy sends it."""
    watch.may_be_offline = True
    guest.context.set_offline(True)
    guest.locator("label.opt").nth(2).click()
    expect(guest.locator("#etat")).to_contain_text("Sans réseau")
    guest.close()
    guest.context.set_offline(False)
    again = guest.context.new_page()
    again.goto(guest.url.replace("/A1/", "/A3/"))
    expect(again.locator("#etat")).to_contain_text(
        "Les réponses qui attendaient sur cet appareil sont enregistrées."
    )
    again.goto(guest.url)
    expect(again.locator("input[name=value][value='2']")).to_be_checked()


def test_a_session_that_ends_keeps_the_answer_on_the_device(guest: Page) -> None:
    link = personal_link(guest)
    guest.context.clear_cookies(name="sessionid")
    guest.locator("label.opt").nth(0).click()
    expect(guest.locator("#etat")).to_contain_text("Votre session a expiré.")
    check_screen(guest, "session ended")
    guest.reload()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Votre session a expiré.")
    check_screen(guest, "session ended, whole page")
    guest.goto(link)
    guest.get_by_role("button", name="Ouvrir mon questionnaire").click()
    expect(guest.locator("input[name=value][value='0']")).to_be_checked()
    expect(guest.locator("#etat")).to_contain_text(SAVED)


def personal_link(page: Page) -> str:
    page.get_by_role("link", name="Quitter").click()
    link = page.get_by_label("Votre lien").input_value()
    page.get_by_role("link", name="Commencer").click()
    return link


def test_a_wrong_link_says_what_to_do(page: Page) -> None:
    page.goto("/diagnostic/reprendre/pas-un-lien/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ne mène nulle part.")
    expect(page.get_by_role("link", name="J’ai un code de six lettres")).to_be_visible()
    check_screen(page, "dead")


def test_a_campaign_closed_in_another_tab_refuses_the_answer(page_of: Callable[..., Page]) -> None:
    page = page_of("bibliotheque")
    page.goto("/diagnostic/nouvelle/")
    page.get_by_role("button", name="Ouvrir la campagne").click()
    campaign = page.url
    code = page.locator("p.code").inner_text().strip()
    page.get_by_role("link", name="Répondre", exact=True).click()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Commencer").click()
    click_answer(page, 2)
    other = page.context.new_page()
    other.goto(campaign + "clore/")
    other.get_by_role("button", name="Clore et voir le résultat").click()
    expect(other).to_have_url(re.compile("/resultat/$"))
    page.locator("label.opt").nth(1).click()
    expect(page.locator("#etat")).to_contain_text(re.compile("close"))
    check_screen(page, "campaign closed meanwhile")
    page.get_by_role("button", name="Énoncé suivant").click()
    check_screen(page, "refused, whole page")
    page.context.clear_cookies()
    page.goto(f"/diagnostic/rejoindre/{code}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette campagne est close.")
    check_screen(page, "closed")
