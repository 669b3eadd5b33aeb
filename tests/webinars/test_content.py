"""The eighteen cases: complete, exact, and written in our own words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from apps.webinars import checks, content, naming, selectors, sheet
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES

pytestmark = pytest.mark.django_db

DATES = {
    "2022-01-20", "2022-02-17", "2022-03-17", "2022-04-20", "2022-05-19", "2022-06-16", "2022-09-15", "2022-10-20",
    "2022-11-17", "2022-12-15", "2023-02-16", "2023-03-16", "2023-04-20", "2023-05-25", "2023-06-15", "2023-10-19",
    "2023-11-16", "2023-12-21",
}  # fmt: skip
GOALS = {
    "2023-02-16": [15], "2023-03-16": [4], "2023-04-20": [7], "2023-05-25": [11], "2023-06-15": [9],
    "2023-10-19": [1], "2023-11-16": [6], "2023-12-21": [12],
}  # fmt: skip
# How many the list of each section names, Le RAMEAU included.
SPEAKERS = {
    "2022-01-20": 5, "2022-02-17": 5, "2022-03-17": 5, "2022-04-20": 5, "2022-05-19": 5, "2022-06-16": 5,
    "2022-09-15": 5, "2022-10-20": 5, "2022-11-17": 7, "2022-12-15": 6, "2023-02-16": 8, "2023-03-16": 7,
    "2023-04-20": 7, "2023-05-25": 9, "2023-06-15": 6, "2023-10-19": 6, "2023-11-16": 7, "2023-12-21": 5,
}  # fmt: skip


def public() -> dict[str, sheet.Sheet]:
    found = Webinar.objects.filter(sheet__isnull=False, slug__startswith="webinaire-20")
    return {row.slug.removeprefix("webinaire-"): sheet.read(row.sheet) for row in found}


def test_ten_in_2022_and_eight_in_2023_at_their_dates() -> None:
    found = public()
    assert set(found) == DATES
    assert {day: said.date and said.date.isoformat() for day, said in found.items()} == {
        day: day for day in DATES
    }
    assert {said.cycle for day, said in found.items() if day < "2023"} == {"nouveaux-modeles"}
    assert {said.cycle for day, said in found.items() if day > "2023"} == {"nouveaux-equilibres"}


def test_goals_are_those_that_titles_name() -> None:
    assert {day: said.goals for day, said in public().items() if said.goals} == GOALS
    for day, numbers in GOALS.items():
        assert f"ODD {numbers[0]}" in re.sub(r"\s", " ", public()[day].title)


def test_speakers_are_those_of_the_lists() -> None:
    found = public()
    assert {day: len(said.speakers) for day, said in found.items()} == SPEAKERS
    assert all(speaker.role for said in found.values() for speaker in said.speakers)


def test_each_case_has_all_its_parts() -> None:
    known = selectors.references()
    for day, said in public().items():
        assert checks.lacks(said, known) == [], day
        assert said.figures, day
        assert len(said.points_of_view) >= 4, day
        assert said.curator_note, day
        assert said.replay.url == "", day
        assert said.replay.reason, day
        assert all(figure.organisation for figure in said.figures), day
        assert all(figure.unit or figure.number is None for figure in said.figures), day


def test_models_over_the_pillars_where_the_report_gives_one() -> None:
    models = {day: said.model for day, said in public().items() if said.model}
    levels = {day: [row.level for row in model.rows] for day, model in models.items()}
    assert levels == {
        "2023-02-16": [],
        "2023-03-16": ["territorial", "national"],
        "2023-04-20": ["ensemble"],
        "2023-05-25": ["territorial", "national"],
    }
    assert "texte" in models["2023-02-16"].note
    for model in models.values():
        for row in model.rows:
            assert row.human
            assert row.financial
            assert row.alliances


def test_questions_are_told_for_most_points_of_view() -> None:
    asked = [view.question for said in public().values() for view in said.points_of_view if view.question]
    assert len(asked) >= 60
    assert all(question.endswith("?") for question in asked)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2022-04-20", "mercredi"), ("2023-05-25", "quatrième jeudi"), ("2023-10-19", "ODD 9"), ("2023-12-21", "21"),
        ("2023-06-15", "équilibres"), ("2022-03-17", "LEMONNIER"),
    ],
)  # fmt: skip
def test_contradictions_are_told_to_curators(day: str, word: str) -> None:
    notes = re.sub(r"\s", " ", " ".join(public()[day].curator_note))
    assert word in notes


def test_one_person_speaks_at_several_webinars_with_dated_roles() -> None:
    jutand = Person.objects.get(slug="francis-jutand")
    roles = {row.webinar.date: row.role for row in jutand.appearances.select_related("webinar")}
    assert set(roles) == {date(2022, 1, 20), date(2023, 12, 21)}
    assert len(set(roles.values())) == 2
    host = Person.objects.get(slug="charles-benoit-heidsieck")
    assert host.appearances.count() >= 14


def test_nobody_and_nothing_is_cited_twice_under_two_names() -> None:
    for row in Person.objects.filter(is_withdrawn=False):
        same = people.people_like(row.first_name, row.last_name, other_than=row.pk)
        assert [other for other in same if naming.key(str(other)) == naming.key(str(row))] == []
    names = [naming.key(row.name) for row in CitedOrganisation.objects.all()]
    assert len(set(names)) == len(names)


def sentences(value: Any, name: str = "") -> list[str]:
    """Our own prose: titles, names and functions are the report's on purpose."""
    if name in (
        "name",
        "title",
        "short_title",
        "role",
        "source",
        "curator_note",
        "slug",
        "person",
        "people",
        "organisation",
    ):
        return []
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in sentences(part, key)]
    if isinstance(value, list):
        return [text for part in value for text in sentences(part, name)]
    return [value] if isinstance(value, str) else []


def grams(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", naming.unaccented(text))
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}


def test_no_sentence_is_copied_from_the_report() -> None:
    """Where the report is at hand: nine words in a row of it are in none of our texts."""
    report = Path(settings.BASE_DIR).parent / "shared/sources/rapport-intermediaire-2024.txt"
    if not report.exists():
        pytest.skip("the report is not published with the code")
    theirs = grams(report.read_text(encoding="utf-8"), 9)
    for path in sorted(Path(settings.CONTENT_DIR, "webinars").glob("20*.yaml")):
        for text in sentences(yaml.safe_load(path.read_text(encoding="utf-8"))):
            assert not grams(text, 9) & theirs, (path.name, text)


def test_loading_again_changes_nothing() -> None:
    before = list(Webinar.objects.order_by("pk").values_list("slug", "version", "published_at"))
    call_command("load_content", verbosity=0)
    assert list(Webinar.objects.order_by("pk").values_list("slug", "version", "published_at")) == before


def test_a_case_that_a_curator_changed_is_hers() -> None:
    webinar = Webinar.objects.get(slug="webinaire-2022-01-20")
    said = sheet.read(webinar.draft).model_copy(update={"takeaway": "Corrigé à la main."})
    CASES.save_draft(row=webinar, draft=said, version=webinar.version, by=None)
    told = content.load()
    webinar.refresh_from_db()
    assert "webinaire-2022-01-20" in told
    assert webinar.draft["takeaway"] == "Corrigé à la main."
    assert webinar.sheet
    assert webinar.sheet["takeaway"] != "Corrigé à la main."


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"date": "hier"}, "une date est attendue"),
        ({"titre": "x"}, "n’existe pas"),
        ({"goals": ["quatre"]}, "un nombre entier"),
        ({"fragilities": ["F99"]}, "F99"),
        ({"summary": ["Trop court."]}, "mots"),
        ({"speakers": [{"person": "inconnue", "organisation": "newmeric", "role": "x"}]}, "inconnue"),
        ({"pillars": ["human", "human"]}, "deux fois"),
        ({"replay": {"url": "javascript:alert(1)", "reason": ""}}, "adresse du web"),
    ],
)
def test_a_doubtful_file_is_refused_with_its_name_and_reason(change: dict[str, Any], word: str) -> None:
    path = Path(settings.CONTENT_DIR, "webinars", "2022-01-20.yaml")
    data = {**yaml.safe_load(path.read_text(encoding="utf-8")), **change}
    with pytest.raises(content.ContentError) as error:
        content.read_case("2022-01-20.yaml", data, [], selectors.references())
    assert "2022-01-20.yaml" in str(error.value)
    assert word in str(error.value)
