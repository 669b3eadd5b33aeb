"""A funder and a network, the associations they invite, what is agreed to, followed, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Desk, NewContext
from tests.e2e.people import mailed_path
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
PROGRAMMES = "/accompagner/programmes/"
RURAL = "Appuis ruraux"
CANAL = "Les Ateliers du Canal"


def opened(page: Page, name: str) -> str:
    page.goto(PROGRAMMES)
    page.get_by_role("link", name=name).click()
    expect(page.locator("h1")).to_have_text(name)
    return page.url


def code_of(page: Page, programme: str) -> str:
    page.goto(programme + "inviter/")
    return page.locator("p.code").inner_text().strip()


def test_a_funder_follows_by_name_and_reads_the_release(desk_of: Desk) -> None:
    page = desk_of("financeur")
    page.goto("/espace/")
    expect(page.locator("#programmes")).to_contain_text(RURAL)
    page.goto(PROGRAMMES)
    check_screen(page)
    opened(page, RURAL)
    check_screen(page)
    expect(page.locator("#suivi")).to_contain_text("La Marmite Solidaire")
    page.get_by_role("link", name=re.compile("diagnostic terminé, ")).click()
    expect(page.locator("#suivi tbody")).not_to_contain_text("invitée")
    with page.expect_download() as download:
        page.get_by_role("link", name="Emporter cette liste").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("Association;Où elle en est")
    page.locator("#publications a").first.click()
    expect(page.locator("main")).to_contain_text("qui l’ont toutes accepté")
    check_screen(page, "of a programme")
    opened(page, "Premiers pas")
    expect(page.locator("#publications")).to_contain_text("Il faut au moins 13 associations")
    check_screen(page, "too small")


def test_an_association_joins_by_code_is_followed_at_once_and_leaves_at_once(
    desk_of: Desk, page_of: Callable[..., Page], new_context: NewContext
) -> None:
    funder = desk_of("financeur")
    programme = opened(funder, RURAL)
    code = code_of(funder, programme)
    check_screen(funder)
    admin = page_of("admin")
    admin.goto("/espace/")
    expect(admin.locator("#partage")).to_contain_text(RURAL)
    admin.goto("/programmes/rejoindre/")
    check_screen(admin)
    admin.get_by_label("Code du programme").fill(code)
    admin.get_by_role("button", name="Continuer").click()
    expect(admin.locator("h1")).to_have_text(RURAL)
    check_screen(admin)
    admin.get_by_role("button", name="Accepter pour l’association").click()
    expect(admin.locator("#choix")).to_contain_text("Cochez cette case pour accepter")
    check_screen(admin, "not ticked")
    admin.get_by_label(re.compile("Nous avons lu ce qui précède")).check()
    admin.get_by_role("button", name="Accepter pour l’association").dblclick()
    expect(admin).to_have_url(re.compile("/partage/"))
    check_screen(admin)
    funder.goto(programme)
    line = funder.get_by_role("row", name=CANAL)
    expect(line).to_contain_text("a rejoint le")
    expect(line).to_have_count(1)
    admin.get_by_role("button", name=f"Retirer l’accord donné à {RURAL}").click()
    expect(admin.locator("#retires")).to_contain_text(RURAL)
    check_screen(admin, "withdrawn")
    funder.goto(programme)
    expect(funder.get_by_role("row", name=CANAL)).to_have_count(0)
    board = page_of("gouvernance")
    board.goto(f"/programmes/rejoindre/{code}/")
    expect(board.locator("#choix")).to_contain_text("Seule une personne qui gère")
    check_screen(board, "who to ask")
    visitor = new_context(phone=True).new_page()
    visitor.goto(f"/programmes/rejoindre/{code}/")
    expect(visitor.locator("#choix").get_by_role("link", name="Se connecter")).to_be_visible()


def test_the_national_release_counts_whom_it_may(page_of: Callable[..., Page]) -> None:
    page = page_of("admin")
    page.goto("/espace/")
    page.get_by_role("link", name="Voir et retirer ce qui est partagé").click()
    expect(page.locator("#publications")).to_contain_text("trimestre")
    page.locator("#national button").click()
    expect(page.locator("#national")).to_contain_text("n’y est plus comptée")
    page.get_by_role("button", name="Être comptée de nouveau").click()
    expect(page.locator("#national")).to_contain_text("y est comptée")


def test_a_network_opens_a_programme_and_invites_by_mail(
    desk_of: Desk, page_of: Callable[..., Page], stack: Stack
) -> None:
    page = desk_of("financeur")
    page.goto(PROGRAMMES + "ouvrir/")
    check_screen(page)
    page.get_by_label("Nom du programme").fill("Réseau des essais")
    page.get_by_role("button", name="Ouvrir le programme").click()
    expect(page.locator("main form")).to_contain_text("Dites qui porte le programme")
    expect(page.get_by_label("Nom du programme")).to_have_value("Réseau des essais")
    check_screen(page, "refused")
    page.get_by_label("Qui le porte").fill("Union inventée des réseaux")
    page.get_by_label("À quoi serviront ces chiffres").fill("Savoir de quoi nos membres ont besoin.")
    page.get_by_role("button", name="Ouvrir le programme").dblclick()
    expect(page.locator("h1")).to_contain_text("Réseau des essais")
    page.goto(PROGRAMMES)
    expect(page.get_by_role("link", name="Réseau des essais")).to_have_count(1)
    programme = opened(page, "Réseau des essais")
    check_screen(page, "empty")
    page.get_by_role("link", name="Inviter des associations").click()
    lines = "Jardins ; jardins@demo.example\nSans adresse"
    page.get_by_label("Associations à inviter").fill(lines)
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(page.locator(".faults")).to_contain_text("Sans adresse")
    expect(page.get_by_label("Associations à inviter")).to_have_value("Sans adresse")
    check_screen(page, "a line refused")
    gardener = page_of("jardins")
    gardener.goto(mailed_path(stack, "jardins@demo.example"))
    expect(gardener.locator("h1")).to_have_text("Réseau des essais")
    check_screen(gardener)
    gardener.get_by_role("button", name="Décliner l’invitation").click()
    page.goto(programme)
    expect(page.get_by_role("row", name="Jardins")).to_contain_text("déclinée")
    page.get_by_role("link", name="Réglages du programme").click()
    check_screen(page)
    page.get_by_text("Clore le programme").click()
    page.get_by_role("button", name=re.compile("Clore «")).click()
    expect(page.locator("main")).to_contain_text(re.compile("clos", re.I))


def test_a_member_finds_where_it_stands_beside_its_own_result(page_of: Callable[..., Page]) -> None:
    page = page_of("admin")
    page.goto("/espace/")
    page.get_by_role("link", name=re.compile("résultat", re.I)).first.click()
    page.get_by_role("link", name="Se situer sans se dévoiler").click()
    expect(page.locator("#axes")).to_contain_text("quart")
    check_screen(page)
