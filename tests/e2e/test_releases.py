"""Releases: a visitor reads and takes away, with and without script; an operator builds, reads the attacks, publishes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import Desk, NewContext
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import wait_for

pytestmark = pytest.mark.e2e
LIST = "/publications/"
LATEST = re.compile(r"/publications/\d{4}-t[1-4]-v\d+/$")
PLOTLY = "plotly"


def latest(page: Page) -> str:
    """Where the latest national release is read."""
    page.goto(LIST)
    page.get_by_role("link", name="Lire la publication").click()
    expect(page).to_have_url(LATEST)
    return page.url


def test_a_visitor_reads_a_release_and_its_sheet(page: Page) -> None:
    page.goto(LIST)
    check_screen(page)
    address = latest(page)
    check_screen(page)
    expect(page.locator("main")).to_contain_text("inventées")
    expect(page.locator("#figure-participation-region")).to_contain_text("masqué")
    expect(page.locator("#figure-participation-region tbody tr")).to_have_count(18)
    axes = page.locator("#figure-axes")
    axes.locator("summary").press("Enter")
    expect(axes.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name="Fiche de confidentialité").first.click()
    expect(page.locator("h1")).to_contain_text("confidentialité")
    check_screen(page)
    for attack in ("A1", "A2", "A8", "A16"):
        expect(page.locator("#attaques")).to_contain_text(attack)
    page.goto(address)
    page.get_by_role("link", name="Toutes les publications").click()
    page.locator("main li a").first.click()
    expect(page.locator("main")).to_contain_text("Une publication plus récente a paru")


def test_one_group_at_a_time_and_only_those_that_may_be_seen(page: Page) -> None:
    address = latest(page)
    page.get_by_label("Quel groupe regarder").select_option(label="Bretagne")
    page.get_by_role("button", name="Regarder").click()
    expect(page).to_have_url(re.compile(r"\?region=53#selon$"))
    expect(page.locator("#selon figure")).to_contain_text("Bretagne")
    check_screen(page, "a group")
    said = []
    # Hidden, unknown, two at once, an exclusion: the same missing page.
    for asked in ("region=94", "region=99", "region=53&region=11", "region!=53", "sauf=53"):
        answer = page.request.get(f"{address}?{asked}")
        assert answer.status == 404, asked
        said.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text()))
    assert len(set(said)) == 1


def test_a_drawing_to_explore_comes_only_when_asked(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if PLOTLY in request.url:
            asked.append(request.url)

    page.on("request", note)
    latest(page)
    for top in range(0, 14_000, 2_000):
        page.mouse.wheel(0, 2_000)
        page.wait_for_timeout(50)
        assert not asked, f"at {top} px"
    for key in ("axes", "equilibre", "evolution"):
        figure = page.locator(f"#figure-{key}")
        figure.get_by_role("button", name="Explorer").click()
        expect(figure.locator("svg.main-svg").first).to_be_visible()
        figure.get_by_role("button", name="Explorer").press("Enter")
        expect(figure.locator("svg.main-svg")).to_have_count(0)
    assert len(set(asked)) == 1
    page.locator("#figure-axes").get_by_role("button", name="Explorer").click()
    expect(page.locator("#figure-axes svg.main-svg").first).to_be_visible()
    check_screen(page, "a figure explored")


def test_the_first_visit_is_light(new_context: NewContext) -> None:
    page = new_context().new_page()
    address = latest(page)
    fresh = new_context(phone=True).new_page()
    with Weight.of(fresh) as weight:
        fresh.goto(address)
        fresh.wait_for_load_state("networkidle")
    weight.check()


def test_without_script_the_pictures_and_the_tables_remain(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    latest(page)
    expect(page.locator("figure svg[role=img]").first).to_be_visible()
    expect(page.get_by_role("button", name="Explorer")).to_have_count(0)
    page.get_by_label("Quel groupe regarder").select_option(label="Bretagne")
    page.get_by_role("button", name="Regarder").click()
    expect(page.locator("#selon figure")).to_contain_text("Bretagne")


def test_files_of_a_release(page: Page) -> None:
    address = latest(page)
    for kind, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("ods", b"PK")):
        whole = page.request.get(f"{address}classeur.{kind}")
        assert whole.ok
        assert whole.body().startswith(start)
    # Asked of the worker when the release was published.
    for file in ("pdf/", "fiche.pdf"):
        wait_for(lambda file=file: is_pdf(page, address + file), 60, file)  # type: ignore[misc]
    image = address + "figures/axes.png"
    page.goto(image)
    check_screen(page)
    page.get_by_role("button", name="Préparer le fichier").click()
    expect(page.locator("main")).to_contain_text("est prêt", timeout=40_000)
    check_screen(page, "ready")
    assert page.request.get(image).body().startswith(b"\x89PNG")


def is_pdf(page: Page, address: str) -> bool:
    return page.request.get(address).body().startswith(b"%PDF")


def operator_builds(page: Page) -> str:
    """The address of the draft, once a worker has built it."""
    page.goto("/exploitation/publications/")
    check_screen(page)
    page.get_by_label("Portée").select_option(label="Nationale")
    page.get_by_label("Trimestre").select_option(index=1)
    page.get_by_role("button", name="Construire").click()
    expect(page.locator("main")).to_contain_text(re.compile("relire|Lire la publication"), timeout=90_000)
    address = page.url
    page.goto(address)
    return address


def test_an_operator_builds_reads_compares_and_publishes(desk_of: Desk, new_context: NewContext) -> None:
    visitor = new_context().new_page()
    old = latest(visitor)
    before = visitor.request.get(f"{old}classeur.csv").body()
    page = desk_of("exploitation")
    address = operator_builds(page)
    check_screen(page, "a draft")
    expect(page.locator("#controle")).to_contain_text("A16")
    page.get_by_role("link", name="Comparer Associations par région").click()
    expect(page.locator("main")).to_contain_text("sensible")
    check_screen(page)
    page.goto(address)
    page.get_by_role("button", name="Publier").click()
    expect(page.locator("main")).to_contain_text("Cochez cette case pour publier")
    check_screen(page, "not ticked")
    page.get_by_label(re.compile("J’ai relu")).check()
    page.get_by_role("button", name="Publier").dblclick()
    expect(page.get_by_role("link", name="Voir la page publiée")).to_be_visible()
    check_screen(page, "published")
    page.get_by_role("link", name="Voir la page publiée").click()
    expect(page).to_have_url(re.compile(r"-v2/$"))
    # The old address keeps showing the old release.
    assert visitor.request.get(f"{old}classeur.csv").body() == before


def test_an_operator_sets_a_draft_aside(desk_of: Desk) -> None:
    page = desk_of("exploitation")
    page.goto("/exploitation/publications/")
    page.get_by_label("Portée").select_option(index=1)
    page.get_by_label("Trimestre").select_option(index=3)
    page.get_by_role("button", name="Construire").click()
    page.get_by_role("button", name="Écarter cette publication").click()
    expect(page.locator("main")).to_contain_text("Cette publication ne paraîtra pas")
