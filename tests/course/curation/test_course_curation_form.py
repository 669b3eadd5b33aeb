"""The form of a page: what it shows is what it keeps, for the real contents; lines, errors, previews, nothing lost."""

from __future__ import annotations

import pytest

from apps.accounts.models import User
from apps.course import sheet
from apps.course.curation.forms.chapters import MODULE, STEP, Filled, filled
from tests.course.curation.desk import at, draft, form, row, send
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words

pytestmark = pytest.mark.django_db
CHAPTERS = [(f"etape-{n}", chapter.code) for n in range(1, 8) for chapter in STEP] + [
    ("module-20-minutes", chapter.code) for chapter in MODULE
]


@pytest.mark.parametrize(("slug", "chapter"), CHAPTERS)
def test_a_chapter_sent_as_it_was_shown_changes_nothing(desk: StrictClient, slug: str, chapter: str) -> None:
    before = row(slug)
    answer = send(desk, form(desk, slug, chapter), slug, chapter)
    assert answer.status_code == 302
    after = row(slug)
    assert after.draft == before.draft
    assert (after.version, after.state) == (before.version, "published")
    assert after.revisions.count() == before.revisions.count()


def test_every_field_of_a_page_has_a_chapter() -> None:
    for shape, chapters in ((sheet.Step, STEP), (sheet.Module, MODULE)):
        written = [name for chapter in chapters for name in chapter.fields]
        assert sorted(written) == sorted(set(shape.model_fields) - {"kind", "slug", "number"})


def test_what_is_typed_becomes_the_draft_and_readers_see_no_change(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon").typed(
        sections__0__title="Un autre titre", reason="Titre plus court"
    )
    assert send(desk, page, "etape-1", "lecon").status_code == 302
    after = row()
    assert draft().sections[0].title == "Un autre titre"
    assert after.state == "draft"
    assert "Un autre titre" not in str(after.sheet)
    assert after.revisions.first().reason == "Titre plus court"
    assert [part.code for part in draft().sections] == [part["code"] for part in after.sheet["sections"]]


def test_a_new_section_has_a_code_that_nothing_has(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon")
    taken = draft().sections[0].code
    longer = Form(send(desk, page, "etape-1", "lecon", "add-sections"), at("etape-1", "modifier", "lecon"))
    number = len(draft().sections)
    assert longer.get("sections-TOTAL_FORMS") == str(number + 1)
    longer.put(f"sections-{number}-title", taken.replace("-", " ")).put(
        f"sections-{number}-body", "Du texte."
    )
    send(desk, longer, "etape-1", "lecon")
    assert draft().sections[-1].code == f"{taken}-2"
    assert f"{taken}-2" not in str(row().sheet)


@pytest.mark.parametrize("title", ["Questions", "Cas", "Fiche", "Exercice", "Imprimer"])
def test_a_new_section_takes_no_address_of_another_part(desk: StrictClient, title: str) -> None:
    page = form(desk, "etape-2", "lecon")
    number = len(draft("etape-2").sections)
    longer = Form(send(desk, page, "etape-2", "lecon", "add-sections"), at("etape-2", "modifier", "lecon"))
    send(desk, longer.put(f"sections-{number}-title", title), "etape-2", "lecon")
    assert draft("etape-2").sections[-1].code == f"{title.lower()}-2"


def test_a_question_gets_a_choice_and_nothing_typed_is_lost(desk: StrictClient) -> None:
    url, page = at("etape-3", "modifier", "questions"), form(desk, "etape-3", "questions")
    page.put("quiz-1-prompt", "Une question en cours d’écriture")
    answer = send(desk, page, "etape-3", "questions", "add-quiz-1-choices")
    assert "autofocus" in answer.content.decode()
    longer = Form(answer, url)
    count = len(draft("etape-3").quiz[1].choices)
    assert longer.get("quiz-1-choices-TOTAL_FORMS") == str(count + 1)
    assert longer.get("quiz-1-prompt") == "Une question en cours d’écriture"
    longer.put(f"quiz-1-choices-{count}-text", "Aucune.").put(f"quiz-1-choices-{count}-why", "Parce que.")
    send(desk, longer, "etape-3", "questions")
    assert draft("etape-3").quiz[1].choices[-1].text == "Aucune."
    assert [q.code for q in draft("etape-3").quiz] == [q["code"] for q in row("etape-3").sheet["quiz"]]


def test_lines_move_and_leave(desk: StrictClient) -> None:
    before = [section.code for section in draft().sections]
    page = form(desk, "etape-1", "lecon").put("sections-0-place", "3").put("sections-1-DELETE", "on")
    send(desk, page, "etape-1", "lecon")
    assert [section.code for section in draft().sections] == [before[2], before[0], *before[3:]]


def test_choices_of_a_question_move(desk: StrictClient) -> None:
    before = [choice.text for choice in draft().quiz[0].choices]
    page = form(desk, "etape-1", "questions").put("quiz-0-choices-0-place", "2")
    send(desk, page, "etape-1", "questions")
    assert [choice.text for choice in draft().quiz[0].choices] == [before[1], before[0], *before[2:]]


def test_a_refused_field_is_told_at_its_place_and_everything_is_kept(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon")
    page.put("sections-0-minutes", "beaucoup").put("sections-1-title", "x" * 130).put(
        "sections-2-body", "Gardé."
    )
    answer = send(desk, page, "etape-1", "lecon")
    assert answer.status_code == 422
    told = words(answer)
    assert "Section 1, Minutes de lecture" in told
    assert "Écrivez un nombre de 1 à 30." in told
    assert "Section 2, Titre de la section" in told
    again = Form(answer, at("etape-1", "modifier", "lecon"))
    assert (again.get("sections-0-minutes"), again.get("sections-2-body")) == ("beaucoup", "Gardé.")
    assert row().state == "published"


def test_errors_of_inner_lines_are_told_too(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "questions").put("quiz-2-choices-1-why", "x" * 700)
    answer = send(desk, page, "etape-1", "questions")
    assert answer.status_code == 422
    assert "Question 3, Réponse 2, Son explication, juste ou non" in words(answer)


def test_a_source_needs_a_code_that_texts_can_write(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "sources").put("sources-0-code", "Le Rapport !")
    answer = send(desk, page, "etape-1", "sources")
    assert answer.status_code == 422
    assert "des lettres minuscules sans accent" in words(answer)
    page.put("sources-0-code", "")
    assert "le texte la citera par lui" in words(send(desk, page, "etape-1", "sources"))


def test_a_code_that_left_its_list_stays_chosen_and_is_told(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon").put("sections-0-figure", "plus-la")
    send(desk, page, "etape-1", "lecon")
    shown = desk.get(at("etape-1", "modifier", "lecon"))
    assert "plus-la (n’existe plus)" in words(shown)
    assert "La figure « plus-la » n’existe pas" in words(shown)
    send(desk, Form(shown, at("etape-1", "modifier", "lecon")), "etape-1", "lecon")
    assert draft().sections[0].figure == "plus-la"


def test_what_lacks_is_told_in_its_chapter_and_on_the_page(desk: StrictClient) -> None:
    send(desk, form(desk, "etape-1", "presentation").put("aim", ""), "etape-1", "presentation")
    lack = "L’objectif manque"
    assert lack in words(desk.get(at("etape-1", "modifier", "presentation")))
    assert lack not in words(desk.get(at("etape-1", "modifier", "lecon")))
    screen = desk.get(at("etape-1"))
    assert lack in words(screen)
    assert f"{at('etape-1', 'modifier', 'presentation')}#id_aim" in screen.content.decode()


def test_markdown_is_shown_without_saving(desk: StrictClient) -> None:
    page = form(desk, "etape-1", "lecon").put("sections-0-body", "Un mot **fort**, puis [@rapport].")
    answer = send(desk, page, "etape-1", "lecon", "look")
    assert "<strong>fort</strong>" in answer.content.decode()
    assert (
        Form(answer, at("etape-1", "modifier", "lecon")).get("sections-0-body")
        == "Un mot **fort**, puis [@rapport]."
    )
    assert row().state == "published"


def test_the_help_gives_every_word_of_the_glossary_and_the_sources(desk: StrictClient) -> None:
    from apps.catalogue.models import GlossaryTerm

    told = desk.get(at("etape-1", "modifier", "lecon")).content.decode()
    assert all(f"mot:{code}</code>" in told for code in GlossaryTerm.objects.values_list("pk", flat=True))
    assert all(f"[@{source.code}]</code>" in told for source in draft().sources)


def test_an_unknown_chapter_is_not_found(desk: StrictClient) -> None:
    assert desk.get(at("etape-1", "modifier", "decision")).status_code == 404
    assert desk.get(at("inconnue", "modifier", "lecon")).status_code == 404


def test_numbers_left_empty_take_their_usual_value() -> None:
    step = sheet.read(
        {"kind": "step", "number": 1, "sections": [{"code": "un", "title": "Un", "body": "Deux"}]}
    )
    data = filled(STEP[1], step)
    data["sections-0-minutes"] = ""
    kept = Filled(STEP[1], data, before=step, offers={})
    assert kept.is_valid()
    assert kept.said == step


@pytest.mark.parametrize("total", ["-1", "abc", "99999", "²"])
def test_a_damaged_count_of_lines_breaks_nothing(desk: StrictClient, total: str) -> None:
    page = form(desk, "etape-1", "questions").put("quiz-0-choices-TOTAL_FORMS", total)
    assert send(desk, page, "etape-1", "questions").status_code in (302, 422)
    assert send(desk, page, "etape-1", "questions", "add-quiz").status_code == 200


def test_a_chapter_costs_the_same_number_of_queries_whatever_its_lines(
    desk: StrictClient, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for slug in ("etape-1", "etape-3"):
        desk.get(at(slug, "modifier", "questions"))
        with CaptureQueriesContext(connection) as seen:
            desk.get(at(slug, "modifier", "questions"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12, counts


def test_what_was_typed_when_the_session_ended_is_found_again(curator: User) -> None:
    browser, url = StrictClient(), at("etape-1", "modifier", "lecon")
    browser.force_login(curator)
    page = form(browser, "etape-1", "lecon").typed(sections__0__title="Écrit avant la coupure")
    browser.logout()
    assert page.send(browser, url).status_code == 302
    browser.force_login(curator)
    again = browser.get(url)
    assert "Voici ce que vous aviez écrit." in words(again)
    assert Form(again, url).get("sections-0-title") == "Écrit avant la coupure"
    assert page.send(browser, url).status_code == 302
    assert "Voici ce que vous aviez écrit." not in words(browser.get(url))
