"""The published content of the course: complete, true to its shape, loaded as often as one likes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command

from apps.catalogue.models import Resource
from apps.core.content import read_yaml
from apps.course import checks, content, selectors, sheet
from apps.course.content import ContentError, read_page
from apps.course.models import Page, PageRevision
from apps.course.services.pages import WORKFLOW
from apps.editorial.shape import ShapeError
from tests.factories import UserFactory
from tests.factories.course import page, step

pytestmark = pytest.mark.django_db
TITLES = [
    "Comprendre « l’équilibre de la maison »",
    "Mesurer les enjeux de transformation",
    "Se situer dans la diversité des modèles",
    "Activer les richesses humaines",
    "Diversifier les ressources financières",
    "Nouer des alliances stratégiques",
    "Structurer sa propre démarche",
]


def one(number: int = 1) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("course", f"etape-{number}.yaml")
    return data


def test_the_seven_steps_carry_the_titles_of_the_reconstruction_and_say_that_they_are_ours() -> None:
    rows = Page.objects.filter(kind="step").order_by("number")
    assert [row.title for row in rows] == TITLES
    assert [row.number for row in rows] == list(range(1, 8))
    assert {row.sheet["status"] for row in rows if row.sheet} == {"R"}


@pytest.mark.parametrize("number", range(1, 8))
def test_a_step_is_really_written(number: int) -> None:
    said = step(number)
    assert 600 <= said.words <= 1000
    assert 15 <= said.minutes <= 20
    assert 4 <= len(said.quiz) <= 6
    assert all(choice.why for question in said.quiz for choice in question.choices)
    assert any(question.many for question in said.quiz)
    assert sum(bool(section.figure) for section in said.sections) >= 2
    assert said.sheet.blocks
    assert said.exercise.axis
    assert (
        sum(part["minutes"] for part in page(number).parts if part["kind"] in ("section", "quiz"))
        == said.minutes
    )


@pytest.mark.parametrize("number", range(1, 8))
def test_every_figure_in_the_text_names_its_source(number: int) -> None:
    """A percentage, a price, a number of millions is followed by its source in the same paragraph or list item."""
    for section in step(number).sections:
        for paragraph in re.split(r"\n\s*\n|\n(?=- )", section.body):
            if re.search(r"\d\s*(%|€|millions?\b)", paragraph):
                assert "[@" in paragraph, (number, section.code, paragraph[:120])


def test_right_answers_are_not_given_away_by_their_place_or_their_length() -> None:
    questions = [q for n in range(1, 8) for q in step(n).quiz if not q.many]
    firsts = sum(q.choices[0].right for q in questions)
    longest = sum(max(q.choices, key=lambda choice: len(choice.text)).right for q in questions)
    assert firsts < len(questions) / 2
    assert longest < len(questions) / 2


def test_the_module_has_five_sequences_of_four_minutes_and_three_questions() -> None:
    said = sheet.read(Page.objects.get(kind="module").sheet)
    assert isinstance(said, sheet.Module)
    assert [part.minutes for part in said.sequences] == [4] * 5
    assert len(said.questions) == 3
    assert all(len(part.lines) <= 4 for part in said.sequences)


def test_every_page_has_its_row_in_the_index_of_resources() -> None:
    rows = Resource.objects.filter(kind__in=("course_step", "module"))
    assert {row.pk for row in rows} == set(Page.objects.values_list("slug", flat=True))
    assert Resource.objects.get(pk="etape-4").get_absolute_url() == "/se-former/etapes/etape-4/"


def test_loading_again_changes_nothing() -> None:
    before = list(PageRevision.objects.values_list("pk", flat=True))
    call_command("load_content", verbosity=0)
    assert list(PageRevision.objects.values_list("pk", flat=True)) == before
    assert content.load() == "8 pages publiques, 0 écrites"


def test_a_changed_file_is_published_as_a_new_edition() -> None:
    row = page(1)
    data = {**row.draft, "summary": "Autrement dit."}
    row.draft, row.sheet = data, data
    row.save()
    assert content.load() == "8 pages publiques, 1 écrites"
    row.refresh_from_db()
    assert row.edition == 2
    assert row.revisions.first().reason == "Contenu mis à jour."  # type: ignore[union-attr]


def test_a_page_that_curators_changed_is_theirs() -> None:
    row = page(1)
    said = step(1).model_copy(update={"summary": "Dit par une curatrice."})
    WORKFLOW.save_draft(row=row, draft=said, version=row.version, by=UserFactory.create())
    assert "laissées telles que la curation les a faites : etape-1" in content.load()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "Le titre manque"),
        ({"aim": ""}, "L’objectif manque"),
        ({"minutes": 40}, "de 15 à 20 minutes"),
        ({"audience": []}, "à qui"),
        ({"goals": [99]}, "L’ODD 99 n’existe pas"),
        ({"sources": []}, "n’est pas dans la liste de la page"),
        ({"quiz": []}, "de 4 à 6 questions"),
        ({"case": {}}, "Choisissez un cas"),
        ({"sheet": {}}, "La fiche pratique"),
        ({"exercise": {}}, "L’exercice demande"),
        ({"sections": []}, "0 mots"),
    ],
)
def test_a_file_that_lacks_something_is_refused_and_says_what(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read_page("etape-1.yaml", {**one(), **change}, selectors.references())


def broken(path: str, value: Any) -> dict[str, Any]:
    """The first step with one value changed: « sections.0.figure »."""
    data = one()
    place: Any = data
    *steps, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in steps:
        place = place[part]
    place[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("sections.0.figure", "inconnue", "La figure « inconnue »"),
        ("sections.0.code", "cas", "codes sont réservés"),
        ("sections.1.code", "une-maison-a-faire-tenir", None),
        ("sections.0.title", "", "un titre et un texte"),
        ("case.webinar", "webinaire-1999-01-01", "n’est pas publié"),
        ("quiz.0.choices.0.why", "", "Question 1 : chaque réponse"),
        ("quiz.0.prompt", "", "Question 1 : un énoncé"),
        ("exercise.prompts.0.label", "", "un libellé"),
    ],
)
def test_each_part_is_checked(path: str, value: Any, told: str | None) -> None:
    lacks = checks.lacks(sheet.read(broken(path, value)), selectors.references())
    texts = " ".join(lack.text for lack in lacks)
    if told:
        assert told in texts


def test_terms_sources_and_pictures_that_lead_nowhere_are_told() -> None:
    body = one()["sections"][0]["body"] + " [mot](mot:nulle-part) [@nulle] ![image](x.png)"
    lacks = [
        lack.text
        for lack in checks.lacks(sheet.read(broken("sections.0.body", body)), selectors.references())
    ]
    assert any("« nulle-part » n’est pas au glossaire" in text for text in lacks)
    assert any("« nulle » n’est pas dans la liste" in text for text in lacks)
    assert any("Une image s’ajoute comme figure" in text for text in lacks)


def test_a_shape_that_is_not_one_is_refused_in_french() -> None:
    with pytest.raises(ShapeError, match="etape"):
        sheet.read({**one(), "etape": 1})
    with pytest.raises(ShapeError, match="kind"):
        sheet.read({"kind": "autre"})
    with pytest.raises(ContentError, match=r"etape-1\.yaml"):
        read_page("etape-1.yaml", ["une liste"], selectors.references())


def module(**changes: Any) -> sheet.Module:
    said = sheet.read({**read_yaml("course", "module-20-minutes.yaml"), **changes})
    assert isinstance(said, sheet.Module)
    return said


def test_a_module_that_lacks_something_is_refused_and_says_what() -> None:
    known = selectors.references()
    whole = module()
    twice = whole.model_copy(deep=True)
    for question in twice.questions:
        question.code = "meme"
    mute = whole.model_copy(deep=True)
    mute.sequences[0].headline, mute.questions[0].choices = "", ["Seule"]
    told = {
        "5 séquences": module(sequences=[]),
        "3 questions": module(sequences=[]),
        "même code": twice,
        "une phrase à l’écran": mute,
        "au moins deux réponses": mute,
        "un modèle de mandat": module(decision={}),
    }
    assert checks.lacks(whole, known) == []
    for words, said in told.items():
        assert any(words in lack.text for lack in checks.lacks(said, known)), words
