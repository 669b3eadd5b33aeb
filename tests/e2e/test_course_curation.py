"""Changing the course without a developer: an author edits a step, a curator publishes it, readers see it and its changelog."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Desk, NewContext
from tests.e2e.screens import check_screen

pytestmark = pytest.mark.e2e
ROOM = "/curation/parcours/etape-6/"
SENTENCE = "Une section de plus dit comment relire sa trajectoire chaque année."
LESSON = "#section-sections"


def status(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def test_from_the_author_to_the_readers(desk_of: Desk, new_context: NewContext) -> None:
    author, curator = desk_of("autrice"), desk_of("curatrice")
    author.goto("/curation/")
    author.get_by_role("link", name="Parcours", exact=True).click()
    check_screen(author)
    author.locator(f'a[href="{ROOM}"]').click()
    check_screen(author, "published")
    author.get_by_role("link", name="Leçon", exact=True).click()
    author.get_by_text("Comment écrire le texte").click()
    expect(author.locator(".writing-help")).to_contain_text("mot:tresorerie")
    check_screen(author, "lesson and its help")
    author.locator(LESSON).get_by_label("Titre de la section").first.fill("Un titre relu en équipe")
    author.get_by_role("button", name="Ajouter une section").click()
    added = author.locator(LESSON).get_by_label("Titre de la section").last
    expect(added).to_be_focused()
    added.fill("Relire chaque année")
    author.locator(LESSON).get_by_label("Texte", exact=True).last.fill(
        "Une **date** par an suffit.\n\n- qui relit\n- ce qui a changé"
    )
    author.get_by_role("button", name="Voir le texte mis en forme").click()
    expect(author.locator(".looked").last.locator("strong")).to_have_text("date")
    check_screen(author, "lesson in its form")
    expect(author.locator(LESSON).get_by_label("Titre de la section").first).to_have_value(
        "Un titre relu en équipe"
    )
    author.get_by_label("Ce que vous avez changé").fill(SENTENCE)
    author.get_by_role("button", name="Enregistrer, puis cas réel").click()
    status(author, "Le brouillon est enregistré.")
    for name, chapter in (("Questions", "questions"), ("Fiche pratique", "fiche"), ("Exercice", "exercice"),
                          ("Sources", "sources"), ("Présentation", "presentation")):  # fmt: skip
        check_screen(author, f"before {chapter}")
        author.get_by_role("navigation", name="Parties de la page").get_by_role("link", name=name).click()
        expect(author).to_have_url(re.compile(f"/{chapter}/$"))
        assert author.evaluate("document.documentElement.scrollWidth") <= 1280
    check_screen(author, "presentation")
    author.get_by_role("link", name="Revenir sans enregistrer").click()
    check_screen(author, "draft")
    author.get_by_role("link", name="Aperçu", exact=True).click()
    expect(author.locator("main")).to_contain_text("Relire chaque année")
    check_screen(author, "step")
    author.get_by_role("link", name="Revenir à la page").click()
    author.get_by_role("button", name="Proposer à la relecture").click()
    status(author, "proposée à la relecture")
    check_screen(author, "waiting")

    curator.goto(ROOM)
    curator.get_by_role("link", name=re.compile("^Ce qui a changé")).first.click()
    expect(curator.locator("main")).to_contain_text("Section « Relire chaque année »")
    check_screen(curator)
    curator.goto(ROOM)
    sentence = curator.locator("form.publish").get_by_label("Ce qui change, en une phrase")
    expect(sentence).to_have_value(SENTENCE)
    sentence.fill("")
    curator.get_by_role("button", name="Publier maintenant").click()
    expect(curator.locator("main")).to_contain_text("Dites en une phrase ce qui change")
    check_screen(curator, "without its sentence")
    curator.locator("form.publish").get_by_label("Ce qui change, en une phrase").fill(SENTENCE)
    curator.get_by_role("button", name="Publier maintenant").click()
    status(curator, "La page est publiée")

    reader = new_context(phone=True).new_page()
    reader.goto("/se-former/etapes/etape-6/relire-chaque-annee/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Relire chaque année")
    reader.goto("/se-former/changements/")
    expect(reader.locator("main")).to_contain_text(SENTENCE)


def test_two_people_change_one_section(desk_of: Desk) -> None:
    author, curator = desk_of("autrice"), desk_of("curatrice")
    for page, title in ((author, "Le titre de l’autrice"), (curator, "Le titre de la curatrice")):
        page.goto("/curation/parcours/module-20-minutes/modifier/sequences/")
        page.locator("#section-sequences").get_by_label("La phrase à l’écran").nth(2).fill(title)
    check_screen(curator, "sequences")
    curator.get_by_role("button", name="Enregistrer le brouillon").click()
    status(curator, "Le brouillon est enregistré.")
    author.get_by_role("button", name="Enregistrer, puis décision").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Quelqu’un a enregistré avant vous.")
    check_screen(author, "conflict")
    author.get_by_role("radio", name=re.compile("Garder ma version")).check()
    author.get_by_role("button", name="Enregistrer ces choix").click()
    status(author, "Le brouillon est enregistré.")
    author.goto("/curation/parcours/module-20-minutes/apercu/")
    expect(author.locator("main")).to_contain_text("Le titre de l’autrice")
    check_screen(author, "module")


def test_a_curator_takes_the_module_back_to_what_readers_see(desk_of: Desk) -> None:
    page = desk_of("curatrice")
    page.goto("/curation/parcours/module-20-minutes/comparer/?de=1&a=2")
    page.get_by_text("Reprendre la version 1").click()
    page.get_by_role("button", name="Reprendre cette version").click()
    status(page, "Le brouillon dit de nouveau ce que disait la version 1.")
    page.goto("/curation/parcours/module-20-minutes/apercu/")
    expect(page.locator("main")).not_to_contain_text("Le titre de l’autrice")


def test_a_question_without_script_and_light_pages(desk_of: Desk, new_context: NewContext) -> None:
    page = desk_of("curatrice", java_script_enabled=False)
    page.goto("/curation/parcours/etape-5/modifier/questions/")
    count = page.locator("#section-quiz > .part-body > fieldset.entry").count()
    page.locator("#section-quiz").get_by_label("Question", exact=True).first.fill("Une question en cours")
    page.get_by_role("button", name="Ajouter une question").click()
    questions = page.locator("#section-quiz > .part-body > fieldset.entry")
    expect(questions).to_have_count(count + 1)
    expect(page.locator("#section-quiz").get_by_label("Question", exact=True).first).to_have_value(
        "Une question en cours"
    )
    page.get_by_role("button", name="Ajouter une réponse").first.click()
    expect(questions).to_have_count(count + 1)
