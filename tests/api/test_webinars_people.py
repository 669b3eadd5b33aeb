"""People and organisations of the public cases, by the API."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.factories import organisation, person, published

pytestmark = pytest.mark.django_db
PEOPLE, ORGANISATIONS = "/api/v1/persons/", "/api/v1/organisations-cited/"


def test_everyone_who_spoke_is_there_once(client: StrictClient) -> None:
    body = client.get(f"{PEOPLE}?page_size=200").json()
    spoke = {
        speaker["person"]
        for webinar in Webinar.objects.filter(sheet__isnull=False)
        for speaker in (webinar.sheet or {})["speakers"]
    }
    found = [row["slug"] for row in body["results"]]
    assert len(found) == len(set(found)) == body["count"]
    assert set(found) == spoke
    names = [(row["last_name"], row["first_name"]) for row in body["results"]]
    assert names == list(Person.objects.filter(slug__in=spoke).values_list("last_name", "first_name"))


def test_a_person_and_where_she_spoke(client: StrictClient) -> None:
    first, second = published("un", date="2024-01-18"), published("deux", date="2024-02-15")
    assert client.get(f"{PEOPLE}ada-essai/").json() == {
        "slug": "ada-essai",
        "url": f"{settings.SITE_URL}/bibliotheque/personnes/ada-essai/",
        "first_name": "Ada",
        "last_name": "Essai",
        "appearances": [
            {
                "webinar": webinar.slug,
                "short_title": "Un essai pour voir",
                "date": day,
                "role": "Directrice",
                "organisation": "Les Essais",
                "organisation_slug": "les-essais",
            }
            for webinar, day in ((second, "2024-02-15"), (first, "2024-01-18"))
        ],
    }


def test_an_organisation_and_who_spoke_for_it(client: StrictClient) -> None:
    row = organisation()
    row.region_id = "53"
    row.save()
    webinar = published()
    assert client.get(f"{ORGANISATIONS}les-essais/").json() == {
        "slug": "les-essais",
        "url": f"{settings.SITE_URL}/bibliotheque/organisations/les-essais/",
        "name": "Les Essais",
        "kind": "association",
        "kind_label": "association",
        "region": "53",
        "region_name": "Bretagne",
        "appearances": [
            {
                "webinar": webinar.slug,
                "short_title": "Un essai pour voir",
                "date": "2024-05-16",
                "first_name": "Ada",
                "last_name": "Essai",
                "person_slug": "ada-essai",
                "is_withdrawn": False,
                "role": "Directrice",
            }
        ],
    }


def test_list_and_detail_say_the_same(client: StrictClient) -> None:
    for url in (PEOPLE, ORGANISATIONS):
        for row in client.get(f"{url}?page_size=3").json()["results"]:
            assert client.get(f"{url}{row['slug']}/").json() == row


def test_organisation_without_region_says_null(client: StrictClient) -> None:
    row = client.get(f"{ORGANISATIONS}apf-france-handicap/").json()
    assert (row["kind"], row["region"], row["region_name"]) == ("association", None, None)


def test_who_is_only_in_drafts_is_nowhere(client: StrictClient) -> None:
    gone = CASES.archive(row=published("bientot-archive"), by=None, reason="Essai")
    assert gone.draft["speakers"][0]["person"] == "ada-essai"
    for url, slug in (
        (PEOPLE, "ada-essai"),
        (ORGANISATIONS, "les-essais"),
        (ORGANISATIONS, "afm-telethon-x"),
    ):
        assert client.get(f"{url}{slug}/").status_code == 404
        assert slug not in client.get(f"{url}?page_size=200").content.decode()


def test_a_merged_row_leads_to_the_kept_one(client: StrictClient) -> None:
    published()
    kept = people.add_person(first_name="Ada", last_name="Lessai")
    people.merge(kept=kept, other=person(), by=None)
    house = people.add_organisation(name="Les Essais d’ici", kind="association")
    people.merge(kept=house, other=organisation(), by=None)
    for url, old, row in ((PEOPLE, "ada-essai", kept), (ORGANISATIONS, "les-essais", house)):
        answer = client.get(f"{url}{old}/")
        assert answer.status_code == 301
        assert answer["Location"] == f"{url}{row.slug}/"
        assert client.get(answer["Location"]).json()["slug"] == row.slug
        assert old not in {found["slug"] for found in client.get(f"{url}?page_size=200").json()["results"]}


def test_a_merged_row_of_nobody_public_leads_nowhere(client: StrictClient) -> None:
    kept = CitedOrganisation.objects.create(slug="gardee", name="Gardée", kind="reseau")
    CitedOrganisation.objects.create(slug="fondue", name="Fondue", kind="reseau", merged_into=kept)
    assert client.get(f"{ORGANISATIONS}fondue/").status_code == 404


@pytest.mark.parametrize("url", [PEOPLE, ORGANISATIONS])
def test_queries_do_not_grow_with_the_list(client: StrictClient, url: str) -> None:
    client.get(url)
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(f"{url}?page_size={size}").json()["results"]
        assert len(rows) == size
        assert all(row["appearances"] for row in rows)
        asked = [q["sql"] for q in queries if "webinars_" in q["sql"]]
        assert not any('"webinars_webinar"."draft"' in sql for sql in asked)
        counts.append(len(asked))
    assert counts == [3, 3]  # how many, the rows, their appearances


@pytest.mark.parametrize("url", [PEOPLE, ORGANISATIONS])
@pytest.mark.parametrize("slug", ["inconnu", "%00", "a.b"])
def test_row_that_does_not_exist(client: StrictClient, url: str, slug: str) -> None:
    answer = client.get(f"{url}{slug}/")
    assert answer.status_code == 404
    assert list(answer.json()) == ["detail"]
