"""A learner in a browser: the seven steps, the questions, the exercise, the path; with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.people import sign_up
from tests.e2e.screens import check_screen
from tests.e2e.weight import Weight
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
STEPS = "/se-former/etapes/etape-{}/"
QUESTIONS = re.compile(r"/questions/$")


def go_through(page: Page, check: bool) -> None:
    """From the first screen of a step to its questions, by the buttons."""
    page.get_by_role("link", name=re.compile("^(Commencer|Reprendre)$")).click()
    while not QUESTIONS.search(page.url):
        if check:
            check_screen(page, "section")
        before = page.url
        page.get_by_role("button", name=re.compile("^Continuer")).click()
        expect(page).not_to_have_url(before)


def answer(page: Page, leave_out_first: bool = False) -> None:
    groups = page.locator("fieldset.field.group")
    for rank in range(1 if leave_out_first else 0, groups.count()):
        groups.nth(rank).locator("input").first.check()
    page.get_by_role("button", name="Voir les explications").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "without script"])
def test_a_visitor_learns_then_keeps_it_in_an_account(
    new_context: NewContext, stack: Stack, script: bool
) -> None:
    page = new_context(phone=script, java_script_enabled=script).new_page()
    page.goto("/se-former/")
    expect(page.get_by_role("navigation", name="Où en suis-je ?")).to_contain_text("0 étape faite sur 7")
    page.get_by_role("link", name="Commencer l’étape 1").click()
    if script:
        check_screen(page)
    go_through(page, check=script)
    if script:
        check_screen(page, "questions")
    answer(page, leave_out_first=True)
    expect(page.get_by_text("Il reste des questions sans réponse.")).to_be_visible()
    if script:
        check_screen(page, "questions refused")
    answer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos réponses, expliquées")
    expect(page.get_by_role("navigation", name="Où en suis-je ?")).to_contain_text("Étape 1 sur 7")
    if script:
        check_screen(page, "explained")
    page.goto("/se-former/")
    expect(page.get_by_role("navigation", name="Où en suis-je ?")).to_contain_text("1 étape faite sur 7")
    sign_up(page, stack, f"apprenante.{'avec' if script else 'sans'}@exemple.fr", "Inès Essai")
    page.goto(STEPS.format(2))
    go_through(page, check=False)
    page.goto("/se-former/")
    expect(page.get_by_role("navigation", name="Où en suis-je ?")).to_contain_text("1 étape faite sur 7")
    expect(page.get_by_role("link", name="Reprendre où j’en étais")).to_have_attribute(
        "href", STEPS.format(2) + "questions/"
    )


def test_the_other_parts_of_a_step(page: Page) -> None:
    for part, state in (("cas/", "case"), ("fiche/", "sheet"), ("exercice/", "exercise"), ("imprimer/", "")):
        page.goto(STEPS.format(5) + part)
        check_screen(page, state)
    page.goto("/se-former/module-20-minutes/")
    page.locator("details.notes summary").first.click()
    check_screen(page)
    page.goto("/se-former/changements/")
    check_screen(page)


def test_a_word_is_explained_where_it_is_first_used(page: Page) -> None:
    page.goto(STEPS.format(1))
    page.get_by_role("link", name="Commencer").click()
    word = page.locator("button.term").first
    gloss = page.locator(f"#{word.get_attribute('popovertarget')}")
    expect(gloss).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(gloss).to_be_visible()
    page.keyboard.press("Escape")
    expect(gloss).to_be_hidden()


def test_a_path_is_proposed_kept_and_changed(page: Page) -> None:
    page.goto("/se-former/mon-parcours/")
    check_screen(page)
    page.get_by_label("Quelle est votre place").select_option("referent")
    page.get_by_label("Que voulez-vous faire").select_option("transformer")
    page.get_by_label("Où en êtes-vous").select_option("premiers-pas")
    page.get_by_role("button", name="Proposer un chemin").click()
    expect(page.get_by_role("heading", name="Le chemin proposé")).to_be_visible()
    expect(page.locator("ol.path > li").first).to_contain_text("Parce que vous")
    check_screen(page, "proposed")
    page.get_by_role("button", name="Garder ce chemin").click()
    expect(page.get_by_text("Votre parcours est gardé")).to_be_visible()
    page.goto("/se-former/mon-parcours/")
    expect(page.get_by_label("Quelle est votre place")).to_have_value("referent")


def test_two_members_write_the_same_exercise(page_of: Callable[..., Page]) -> None:
    first, second = page_of("equipe"), page_of("referente")
    for page, text in ((first, "Le texte de la première."), (second, "Le texte de la seconde.")):
        page.goto(STEPS.format(6) + "exercice/")
        page.locator("form.exercise-form textarea").first.fill(text)
    first.get_by_role("button", name="Enregistrer").click()
    expect(first.get_by_text("C’est gardé pour")).to_be_visible()
    check_screen(first, "exercise kept")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_text("Une autre personne a écrit ici")).to_be_visible()
    expect(second.locator(".theirs")).to_contain_text("Le texte de la première.")
    expect(second.locator("form.exercise-form textarea").first).to_have_value("Le texte de la seconde.")
    check_screen(second, "exercise conflict")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_text("C’est gardé pour")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/se-former/", STEPS.format(3), STEPS.format(2) + "imprimer/", STEPS.format(4) + "questions/"]
)
def test_a_screen_of_the_course_is_light(new_context: NewContext, path: str) -> None:
    fresh = new_context().new_page()
    with Weight.of(fresh) as weight:
        fresh.goto(path, wait_until="networkidle")
    weight.check()
