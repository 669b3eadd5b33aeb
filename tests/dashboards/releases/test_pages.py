"""The pages of releases: what they show, to whom, and what they cost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from apps.dashboards import selectors
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import ExactTable, Release
from apps.dashboards.quarters import Quarter
from tests.dashboards import samples, world
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def page(client: StrictClient, release: Release, query: str = "") -> Any:
    return client.get(reverse("dashboards:release", args=[release.slug]) + query)


def test_before_any_release_the_page_says_so(client: StrictClient) -> None:
    response = client.get(reverse("dashboards:releases"))
    assert response.status_code == 200
    assert "Rien n’est encore publié." in response.content.decode()


def test_the_latest_national_release_comes_first_and_the_others_after(client: StrictClient) -> None:
    samples.five_quarters()
    html = client.get(reverse("dashboards:releases")).content.decode()
    assert html.count('<span class="hl">') == 1
    assert (
        html.index("/publications/2026-t3-v1/")
        < html.index("/publications/2026-t2-v1/")
        < html.index("/publications/2025-t3-v1/")
    )


def test_a_release_is_read_from_top_to_bottom(client: StrictClient) -> None:
    release = samples.five_quarters()[-1]
    html = page(client, release).content.decode()
    assert 'Les ressources <span class="hl">progressent</span>, les alliances attendent.' in html
    assert "version 1" in html
    assert "Aucune association n’est reconnaissable." in html
    assert reverse("dashboards:sheet", args=[release.slug]) in html
    assert "Victor Cazanave" in html
    for slug in (
        "qui",
        "axes",
        "selon",
        "repartition",
        "equilibre",
        "alertes",
        "forces",
        "regards",
        "finances",
        "partenariats",
        "evolution",
        "chemin",
        "reprendre",
    ):
        assert f'id="{slug}"' in html
    assert "Score moyen par axe et par trimestre" in html
    assert "T3 2025" in html
    assert "Total des cases visibles" in html


def test_no_identifier_is_given_twice(client: StrictClient) -> None:
    html = page(client, samples.full(), "?region=04").content.decode()
    found = re.findall(r'\sid="([^"]+)"', html)
    assert len(found) == len(set(found))


def test_a_release_with_everything_hidden_still_has_its_page(client: StrictClient) -> None:
    html = page(client, world.release()).content.decode()
    assert "Trop peu d’associations" in html
    assert "Aucun groupe n’est assez nombreux" in html


def test_a_page_never_reads_an_exact_number(client: StrictClient) -> None:
    release = samples.full()
    before = page(client, release).content
    ExactTable.objects.filter(release=release).update(exact={"cells": {"tout/n": {"n": 987654}}})
    release.suppressions.create(table="axes", row="tout", column="A", reason="small")
    assert page(client, release).content == before


def test_drafts_and_releases_set_aside_are_missing(client: StrictClient) -> None:
    for place, state in enumerate((ReleaseState.BUILT, ReleaseState.SET_ASIDE)):
        draft = world.release(state=state, quarter=Quarter(2025, place + 1))
        assert page(client, draft).status_code == 404
        assert client.get(reverse("dashboards:figure", args=[draft.slug, "axes"])).status_code == 404


def test_an_older_release_names_the_newer_one(client: StrictClient) -> None:
    old, new = samples.full(quarter=Quarter(2026, 2)), samples.full()
    assert reverse("dashboards:release", args=[new.slug]) in page(client, old).content.decode()
    assert "Une publication plus récente" not in page(client, new).content.decode()


def test_invented_figures_say_that_they_are(client: StrictClient) -> None:
    html = page(client, samples.full(is_demo=True)).content.decode()
    assert "Données de démonstration, inventées" in html


@pytest.mark.parametrize("how_many", [1, 5])
def test_pages_cost_the_same_whatever_was_published(
    client: StrictClient, how_many: int, django_assert_num_queries: Any
) -> None:
    releases = samples.five_quarters()[-how_many:]
    Release.objects.exclude(pk__in=[release.pk for release in releases]).delete()
    with django_assert_num_queries(4):
        page(client, releases[-1])
    with django_assert_num_queries(2):
        page(client, releases[-1])
    with django_assert_num_queries(1):
        client.get(reverse("dashboards:releases"))
    with django_assert_num_queries(3):
        client.get(reverse("dashboards:figure", args=[releases[-1].slug, "axes"]))


def test_the_json_of_a_figure_is_kept_by_caches_and_known_by_its_bytes(client: StrictClient) -> None:
    address = reverse("dashboards:figure", args=[samples.full().slug, "participation-region"])
    response = client.get(address)
    assert json.loads(response.content)["data"]
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again["ETag"] == response["ETag"]


def test_two_releases_with_the_same_protected_table_give_the_same_json(client: StrictClient) -> None:
    first, second = samples.full(quarter=Quarter(2026, 2)), samples.full()
    ExactTable.objects.filter(release=first).update(exact={"cells": {"tout/n": {"n": 987654}}})
    bodies = [client.get(reverse("dashboards:figure", args=[one.slug, "alertes"])) for one in (first, second)]
    assert bodies[0].content == bodies[1].content
    assert bodies[0]["ETag"] == bodies[1]["ETag"]


@pytest.mark.parametrize("table", ["participation", "reperes", "inconnu"])
def test_a_table_without_figure_has_no_json(client: StrictClient, table: str) -> None:
    assert client.get(reverse("dashboards:figure", args=[samples.full().slug, table])).status_code == 404


def test_every_button_to_explore_leads_to_a_figure(client: StrictClient) -> None:
    html = page(client, samples.full(), "?region=04").content.decode()
    addresses = re.findall(r'data-explore="([^"]+)"', html)
    assert len(addresses) > 12
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_page_is_drawn_once_and_asks_for_no_table_again(
    client: StrictClient, django_assert_num_queries: Any
) -> None:
    release = samples.full()
    first = page(client, release).content
    with django_assert_num_queries(2):  # the release, and a newer one
        assert page(client, release).content == first
    assert page(client, release, "?region=04").content != first
    assert page(client, release).content == first


def test_what_is_published_later_changes_nothing_of_an_old_page(client: StrictClient) -> None:
    *_, before, last = samples.five_quarters()
    known = selectors.axes_before(last, 4)
    again = samples.full(quarter=before.quarter, version=2, shift=30)
    assert again.published_at is not None
    assert last.published_at is not None
    assert again.published_at > last.published_at
    assert [table.pk for table in selectors.axes_before(last, 4)] == [table.pk for table in known]
    newest = samples.full(quarter=Quarter(2026, 4))
    assert again.pk in {table.release_id for table in selectors.axes_before(newest, 4)}
