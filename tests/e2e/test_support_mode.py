"""Support looks with a person's eyes: she agrees, sees who came, and takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.e2e.conftest import Desk
from tests.e2e.screens import check_screen

pytestmark = pytest.mark.e2e


@pytest.fixture
def hers(page_of: Callable[..., Page]) -> Page:
    return page_of("jardins")


@pytest.fixture
def desk(desk_of: Desk, sessions: dict[str, StorageState]) -> Page:
    page = desk_of("exploitation")
    # A visit closes that session for a new one: the other tests sign in again.
    sessions.pop("exploitation", None)
    return page


def test_from_the_consent_to_its_end(hers: Page, desk: Page) -> None:
    desk.goto("/exploitation/")
    desk.get_by_role("link", name="Aide", exact=True).click()
    check_screen(desk)

    hers.goto("/espace/compte/")
    hers.get_by_role("link", name="donner ou retirer mon accord").click()
    check_screen(hers)
    hers.get_by_role("button", name="Donner mon accord").click()
    expect(hers.locator("main")).to_contain_text("Dites en une phrase")
    check_screen(hers, "without a purpose")
    hers.get_by_label("Ce qui vous arrête").fill("Je ne retrouve pas les résultats de l’an passé.")
    hers.get_by_role("button", name="Donner mon accord").dblclick()
    expect(hers.locator("#accord")).to_contain_text("En cours")
    check_screen(hers, "given")

    desk.reload()
    check_screen(desk, "one consent")
    desk.get_by_role("button", name="Commencer avec Jeanne").dblclick()
    bar = desk.locator(".support-bar")
    expect(bar).to_contain_text("avec les yeux de Jeanne")
    check_screen(desk, "in a visit")
    desk.goto("/comprendre/")
    expect(bar).to_be_visible()
    desk.goto("/espace/compte/")
    expect(desk.locator("h1")).to_contain_text("fermée")
    check_screen(desk, "closed to a visit")
    desk.goto("/nulle-part/")
    check_screen(desk, "in a visit")
    desk.goto("/espace/")
    desk.keyboard.press("Tab")
    expect(bar.get_by_role("button")).to_be_focused()

    hers.reload()
    expect(hers.locator("#visites")).to_contain_text("en cours")
    check_screen(hers, "somebody looks")
    bar.get_by_role("button", name="Terminer").dblclick()
    expect(desk.locator("h1")).to_contain_text("Aider")
    expect(bar).to_have_count(0)

    desk.get_by_role("button", name="Commencer avec Jeanne").click()
    expect(bar).to_be_visible()
    hers.get_by_role("button", name="Retirer mon accord").dblclick()
    expect(hers.locator("main")).to_contain_text("retiré")
    desk.reload()
    expect(bar).to_have_count(0)
    desk.goto("/exploitation/aide/")
    expect(desk.locator("main")).to_contain_text("Personne n’a demandé d’aide")


def test_an_act_is_refused_during_a_visit(hers: Page, desk: Page) -> None:
    hers.goto("/espace/compte/aide/")
    hers.get_by_label("Ce qui vous arrête").fill("Une page blanche.")
    hers.get_by_role("button", name="Donner mon accord").click()
    expect(hers.locator("#accord")).to_contain_text("En cours")
    desk.goto("/exploitation/aide/")
    desk.get_by_role("button", name="Commencer avec Jeanne").click()
    desk.goto("/organisations/nouvelle/")
    desk.locator("main form").last.locator("button.btn").last.click()
    expect(desk.locator("h1")).to_contain_text("sans rien changer")
    check_screen(desk, "an act refused in a visit")
    desk.get_by_role("button", name="Terminer").click()
    expect(desk).to_have_url(re.compile("/exploitation/aide/$"))
