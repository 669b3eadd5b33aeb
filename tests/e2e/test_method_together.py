"""Two people in one démarche: each field saved on its own, both texts shown, the network lost, the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import NewContext
from tests.e2e.method import open_new
from tests.e2e.people import sign_in
from tests.e2e.screens import check_screen
from tests.e2e.watch import Watch

pytestmark = pytest.mark.e2e
SOON = 2500  # two seconds, and what it takes to draw
MEMBER = "Élise Équipe"
PageOf = Callable[..., Page]


@pytest.fixture(name="two")
def two_people(page_of: PageOf) -> tuple[Page, Page, str]:
    """A lead and a member of one new démarche, each on a device, on the framing note."""
    lead, member = page_of("referente"), page_of("equipe")
    place = open_new(lead, "À deux mains")
    lead.goto(f"{place}equipe/")
    lead.locator("select[name=membre-person]").select_option(label=MEMBER)
    lead.get_by_role("button", name="Ajouter à l’équipe").click()
    expect(lead.locator("main")).to_contain_text(f"{MEMBER} est dans l’équipe")
    for page in (lead, member):
        page.goto(f"{place}outils/cadrage/")
    return lead, member, place


def box(page: Page, label: str) -> Locator:
    return page.locator("[data-field]", has=page.get_by_label(label, exact=True))


def test_each_sees_the_other_and_what_she_writes(two: tuple[Page, Page, str]) -> None:
    lead, member, _ = two
    lead.get_by_label("Pourquoi maintenant").focus()
    expect(member.locator("#presents")).to_contain_text("Ici aussi", timeout=SOON)
    expect(box(member, "Pourquoi maintenant")).to_have_attribute(
        "data-writer", re.compile("écrit ici"), timeout=SOON
    )
    lead.get_by_label("Pourquoi maintenant").fill("La subvention s’arrête.")
    expect(member.get_by_label("Pourquoi maintenant")).to_have_value("La subvention s’arrête.", timeout=SOON)
    expect(box(lead, "Pourquoi maintenant").locator("[data-said]")).to_have_text("Enregistré.")
    check_screen(member, "two people")


def test_two_texts_on_one_field_are_both_shown_and_joined(two: tuple[Page, Page, str], watch: Watch) -> None:
    watch.may_be_offline = True
    lead, member, _ = two
    field = "Le mandat donné par le conseil d’administration"
    member.context.set_offline(True)
    member.get_by_label(field).fill("Ce que dit l’équipe.")
    expect(box(member, field).locator("[data-said]")).to_contain_text("Sans réseau")
    lead.get_by_label(field).fill("Ce que dit la référente.")
    expect(box(lead, field).locator("[data-said]")).to_have_text("Enregistré.")
    member.context.set_offline(False)
    clash = box(member, field).locator("[data-clash]")
    expect(clash).to_contain_text("Ce que dit la référente.", timeout=15_000)
    expect(member.get_by_label(field)).to_have_value("Ce que dit l’équipe.")
    check_screen(member, "two texts")
    clash.get_by_role("button", name="Réunir les deux").click()
    both = re.compile("Ce que dit la référente.\\s+Ce que dit l’équipe.")
    expect(lead.get_by_label(field)).to_have_value(both, timeout=SOON)


def test_what_is_typed_without_network_survives_the_page(two: tuple[Page, Page, str], watch: Watch) -> None:
    watch.may_be_offline = True
    lead, member, place = two
    member.context.set_offline(True)
    member.get_by_label("Ce que la démarche couvre").fill("Tout, sauf les vacances.")
    expect(box(member, "Ce que la démarche couvre").locator("[data-said]")).to_contain_text("Sans réseau")
    member.wait_for_timeout(500)
    member.goto("about:blank")
    member.context.set_offline(False)
    member.goto(f"{place}outils/cadrage/")
    expect(lead.get_by_label("Ce que la démarche couvre")).to_have_value(
        "Tout, sauf les vacances.", timeout=SOON
    )


def test_a_member_removed_is_told_and_sees_nothing_more(two: tuple[Page, Page, str]) -> None:
    lead, member, place = two
    lead.goto(f"{place}equipe/")
    lead.locator("summary", has_text=f"Retirer {MEMBER}").click()
    lead.get_by_role("button", name=f"Retirer {MEMBER}").click()
    expect(lead.locator("main")).not_to_contain_text(f"Rôle de {MEMBER}")
    expect(member.locator("#etat")).to_contain_text("Vous n’avez plus accès", timeout=10_000)
    assert member.goto(f"{place}outils/cadrage/").status == 404  # type: ignore[union-attr]


def test_the_triangle_is_moved_with_the_keyboard(two: tuple[Page, Page, str]) -> None:
    lead, member, place = two
    for page in (lead, member):
        page.goto(f"{place}outils/cible/")
    shares = lead.locator("[data-field$=':balance'] .shares input").first
    for number, value in enumerate(("50", "30", "20")):
        lead.locator("[data-field$=':balance'] .shares input").nth(number).fill(value)
    expect(lead.locator("[data-field$=':balance'] [data-said]").first).to_have_text("Enregistré.")
    point = lead.locator("[data-point]").first
    point.focus()
    lead.keyboard.press("ArrowUp")
    expect(shares).not_to_have_value("50")
    moved = shares.input_value()
    expect(member.locator("[data-field$=':balance'] .shares input").first).to_have_value(moved, timeout=SOON)


def test_without_script_a_form_saves_and_shows_both_texts(
    new_context: NewContext, two: tuple[Page, Page, str]
) -> None:
    lead, _, place = two
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, "equipe")
    plain.goto(f"{place}outils/cadrage/")
    lead.get_by_label("Le temps et l’argent accordés").fill("Dix jours.")
    expect(box(lead, "Le temps et l’argent accordés").locator("[data-said]")).to_have_text("Enregistré.")
    plain.get_by_label("Le temps et l’argent accordés").fill("Vingt jours.")
    plain.get_by_label("Ce qu’elle ne couvre pas").fill("La trésorerie.")
    plain.get_by_role("button", name="Enregistrer").first.click()
    expect(plain.locator("main")).to_contain_text("Dix jours.")
    expect(plain.get_by_label("Le temps et l’argent accordés")).to_have_value("Vingt jours.")
    expect(plain.get_by_label("Ce qu’elle ne couvre pas")).to_have_value("La trésorerie.")
    plain.get_by_role("button", name="Enregistrer").first.click()
    expect(lead.get_by_label("Le temps et l’argent accordés")).to_have_value("Vingt jours.", timeout=SOON)


def test_a_text_whose_answer_was_lost_is_not_taken_for_somebody_elses(
    two: tuple[Page, Page, str], watch: Watch
) -> None:
    watch.may_be_offline = True
    lead, member, _ = two
    field = "Ce qu’elle ne couvre pas"
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        route.fetch()  # it arrives, its answer does not
        lost.append(route.request.post_data or "")
        route.abort("internetdisconnected")

    member.route("**/champ/", lose)
    member.get_by_label(field).fill("La trésorerie")
    expect(lead.get_by_label(field)).to_have_value("La trésorerie", timeout=SOON)
    member.get_by_label(field).fill("La trésorerie, ni les locaux.")
    expect(lead.get_by_label(field)).to_have_value("La trésorerie, ni les locaux.", timeout=15_000)
    expect(box(member, field).locator("[data-clash]")).to_be_empty()
    assert lost
