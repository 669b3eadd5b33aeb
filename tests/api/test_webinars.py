"""The cases by the API: what the files say, nothing of the curation, at a steady cost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.content import read_yaml
from apps.core.sources import SourceStatus
from apps.webinars import opendata, sheet
from apps.webinars.enums import Cycle
from apps.webinars.models import Appearance
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.factories import organisation, person, published, whole

pytestmark = pytest.mark.django_db
URL = "/api/v1/webinars/"
FILES = sorted(path.name for path in Path(settings.CONTENT_DIR, "webinars").glob("20*.yaml"))
NAMED_AS_THEY_ARE = (
    "slug", "title", "short_title", "goals", "related_goals", "fragilities", "pillars", "levels", "regions", "sizes",
    "teaser", "essential", "summary", "takeaway", "your_turn", "levers_kind", "levers_intro", "levers", "model",
    "pillar_reading", "replay",
)  # fmt: skip


def detail(client: StrictClient, slug: str) -> dict[str, Any]:
    answer = client.get(f"{URL}{slug}/")
    assert answer.status_code == 200, answer.json()
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture(name="register", scope="module")
def read_registers() -> dict[str, dict[str, Any]]:
    return {
        name: {row["slug"]: row for row in read_yaml("webinars", f"{name}.yaml")[name]}
        for name in ("persons", "organisations")
    }


def test_eighteen_files() -> None:
    assert len(FILES) == 18


@pytest.mark.parametrize("name", FILES)
def test_a_case_says_what_its_file_says(client: StrictClient, name: str, register: dict[str, Any]) -> None:
    told = read_yaml("webinars", name)
    case = detail(client, told["slug"])
    organisations = {slug: row["name"] for slug, row in register["organisations"].items()}
    for field in NAMED_AS_THEY_ARE:
        assert case[field] == told[field], field
    assert case["date"] == told["date"].isoformat()
    assert (case["cycle_code"], case["cycle"]) == (told["cycle"], Cycle(told["cycle"]).label)
    assert case["url"] == f"{settings.SITE_URL}/bibliotheque/{told['slug']}/"
    assert case["speakers"] == [
        {
            "first_name": register["persons"][one["person"]]["first_name"],
            "last_name": register["persons"][one["person"]]["last_name"],
            "person_slug": one["person"],
            "is_withdrawn": False,
            "role": one["role"],
            "organisation": organisations[one["organisation"]],
            "organisation_slug": one["organisation"],
        }
        for one in told["speakers"]
    ]

    def named(part: dict[str, Any]) -> dict[str, Any]:
        slug = part["organisation"]
        return {**part, "organisation": organisations.get(slug, ""), "organisation_slug": slug}

    assert case["opening"] == told["opening"]["text"]
    assert case["project"] == (named(told["project"]) if told["project"] else None)
    assert case["points_of_view"] == [named(view) for view in told["points_of_view"]]
    assert case["figures"] == [named(figure) for figure in told["figures"]]
    assert case["questions"] == [
        *(
            {"question": text, "organisation": "", "organisation_slug": "", "people": []}
            for text in told["opening"]["questions"]
        ),
        *(
            {key: named(view)[key] for key in ("question", "organisation", "organisation_slug", "people")}
            for view in told["points_of_view"]
            if view["question"]
        ),
    ]
    assert case["source"]["status_label"] == SourceStatus(case["source"]["status"]).label
    assert case["source"]["label"].startswith("Le RAMEAU, rapport intermédiaire")
    assert case["readings_status"] == "R"
    assert case["licence"] == opendata.LICENCE


def test_everything_of_a_sheet_goes_out_but_what_curators_keep(client: StrictClient) -> None:
    """A new field of the sheet is shown or hidden on purpose."""
    case = detail(client, "webinaire-2023-04-20")
    renamed = {"cycle": "cycle_code", "opening": "opening"}
    hidden = {"curator_note", "your_turn_axis"}
    assert {renamed.get(name, name) for name in sheet.Sheet.model_fields} - hidden - set(case) == set()


def test_list_and_detail_say_the_same_latest_first(client: StrictClient) -> None:
    body = client.get(URL).json()
    assert (body["count"], body["next"], body["previous"]) == (18, None, None)
    dates = [row["date"] for row in body["results"]]
    assert dates == sorted(dates, reverse=True)
    for row in body["results"]:
        assert detail(client, row["slug"]) == row


def test_nothing_of_the_curation_goes_out(client: StrictClient) -> None:
    webinar = published(curator_note=["SECRET de la curation"])
    person().note = "SECRET de la fiche"
    row = person()
    row.note, row.spellings = "SECRET de la fiche", ["Ada GRAPHIE"]
    row.save()
    draft = sheet.read(webinar.draft).model_copy(update={"title": "SECRET du brouillon"})
    CASES.save_draft(row=webinar, draft=draft, version=webinar.version, by=None, reason="SECRET raison")
    paths = (URL, f"{URL}{webinar.slug}/", "/api/v1/persons/", "/api/v1/persons/ada-essai/",
             "/api/v1/organisations-cited/", "/api/v1/organisations-cited/les-essais/")  # fmt: skip
    for path in paths:
        text = client.get(path, {"page_size": 200}).content.decode()
        assert "Essai" in text, path
        for word in (
            "SECRET",
            "curator_note",
            "draft",
            "reviewer",
            '"author',
            '"version',
            "GRAPHIE",
            "spellings",
        ):
            assert word not in text, (path, word)
    # Saving a draft is nobody's business: the date is that of the last publication.
    case = detail(client, webinar.slug)
    assert case["updated_at"] == webinar.published_at.isoformat()
    assert case["published_at"] == webinar.first_published_at.isoformat()


def test_only_public_cases(client: StrictClient) -> None:
    draft = CASES.create(by=None, draft=whole(), slug="brouillon")
    waiting = CASES.create(by=None, draft=whole(), slug="prevue")
    CASES.submit(row=waiting, by=None)
    CASES.publish(row=waiting, by=None, at=timezone.now() + timedelta(days=1))
    gone = CASES.archive(row=published("archive"), by=None, reason="Essai")
    slugs = {row["slug"] for row in client.get(URL).json()["results"]}
    assert len(slugs) == 18
    for webinar in (draft, waiting, gone):
        assert webinar.slug not in slugs
        answer = client.get(f"{URL}{webinar.slug}/")
        assert answer.status_code == 404
        assert answer.json() == {"detail": "Rien à cette adresse que vous puissiez lire."}


@pytest.mark.parametrize(
    "slug", ["inconnu", "webinaire-2022-12-15x", "é", "a%00b", "a.b", "WEBINAIRE-2022-12-15"]
)
def test_case_that_does_not_exist(client: StrictClient, slug: str) -> None:
    answer = client.get(f"{URL}{slug}/")
    assert answer.status_code == 404
    assert list(answer.json()) == ["detail"]


def test_who_asked_to_leave_has_neither_name_nor_function(client: StrictClient) -> None:
    webinar = published(teaser="Ada Essai raconte son atelier.")
    people.withdraw_person(person=person(), asked_on=date(2026, 1, 5), reason="Elle l’a demandé", by=None)
    Appearance.objects.filter(webinar=webinar).update(role="Directrice")  # even a forgotten function
    case = detail(client, webinar.slug)
    (speaker,) = case["speakers"]
    gone = speaker["person_slug"]
    assert speaker == {
        "first_name": "", "last_name": "", "person_slug": gone, "is_withdrawn": True, "role": "",
        "organisation": "Les Essais", "organisation_slug": "les-essais",
    }  # fmt: skip
    assert case["points_of_view"][0]["people"] == case["questions"][0]["people"] == [gone]
    assert case["teaser"] == "[nom retiré] raconte son atelier."
    (seen,) = client.get("/api/v1/organisations-cited/les-essais/").json()["appearances"]
    assert (seen["first_name"], seen["last_name"], seen["role"], seen["is_withdrawn"]) == ("", "", "", True)
    assert client.get(f"/api/v1/persons/{gone}/").status_code == 404
    assert client.get("/api/v1/persons/ada-essai/").status_code == 404
    assert gone not in {row["slug"] for row in client.get("/api/v1/persons/?page_size=200").json()["results"]}
    for path in (URL, "/api/v1/persons/?page_size=200", "/api/v1/organisations-cited/?page_size=200"):
        text = client.get(path).content.decode()
        assert "Ada" not in text


def test_a_renamed_or_merged_row_is_read_at_once(client: StrictClient) -> None:
    webinar = published()
    people.correct_organisation(
        organisation=organisation(), name="Les Essayeurs", kind="reseau", region_id="53", by=None
    )
    case = detail(client, webinar.slug)
    names = {case[part][0]["organisation"] for part in ("speakers", "points_of_view", "questions", "figures")}
    assert names == {"Les Essayeurs"}
    kept = people.add_person(first_name="Ada", last_name="Lessai")
    people.merge(kept=kept, other=person(), by=None)
    (speaker,) = detail(client, webinar.slug)["speakers"]
    assert (speaker["person_slug"], speaker["last_name"]) == (kept.slug, "Lessai")


NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} ' OR 1=1;--"


def test_signs_of_other_languages_are_only_text(client: StrictClient) -> None:
    webinar = published(title=NASTY, teaser=NASTY, source={"status": "S", "label": NASTY})
    answer = client.get(f"{URL}{webinar.slug}/")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (answer.json()["title"], answer.json()["source"]["label"]) == (NASTY, NASTY)


def test_queries_do_not_grow_with_the_list(client: StrictClient) -> None:
    client.get(URL)  # the counter of demands has its row, the shelf is read
    for query, most in (("", 4), ("q=habitat", 7), ("region=84&fragility=F08", 5)):
        counts = []
        for size in (1, 3):
            with CaptureQueriesContext(connection) as queries:
                rows = client.get(f"{URL}?page_size={size}&{query}").json()["results"]
            assert rows
            counts.append(len([q for q in queries if "webinars_" in q["sql"] or "catalogue_" in q["sql"]]))
        assert counts[0] == counts[1] <= most, query
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{URL}webinaire-2022-12-15/")
    assert len([q for q in queries if "webinars_" in q["sql"]]) == 3


def test_pages_follow_one_another_whatever_happens_on_a_day(client: StrictClient) -> None:
    for slug in ("b", "a", "c"):
        published(slug)
    seen, address = [], f"{URL}?page_size=4"
    while address:
        body = client.get(address).json()
        seen += [row["slug"] for row in body["results"]]
        address = body["next"]
    assert seen[:3] == ["a", "b", "c"]
    assert len(seen) == len(set(seen)) == 21


def test_a_program_reads_numbers_as_numbers(client: StrictClient) -> None:
    figure = next(f for f in detail(client, "webinaire-2022-12-15")["figures"] if f["unit"] == "%")
    assert (figure["value"], figure["number"], figure["whole"]) == ("6\u202f%", 6.0, 100.0)
