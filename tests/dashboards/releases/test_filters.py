"""One visible value at a time; everything else is the same missing page (A4, A5, A16)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from apps.dashboards.figures import protected
from apps.dashboards.models import Release
from apps.dashboards.tables import FILTERS
from tests.dashboards import samples
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return samples.full()


def get(client: StrictClient, release: Release, query: str) -> Any:
    return client.get(reverse("dashboards:release", args=[release.slug]) + query)


def values(dimension: str, *, visible: bool) -> list[str]:
    table = protected.read(samples.protected(FILTERS[dimension]))
    return [row.key for row in table.rows if row.is_visible is visible]


@pytest.mark.parametrize("dimension", FILTERS)
def test_each_visible_value_can_be_looked_at_and_is_in_the_list(
    client: StrictClient, release: Release, dimension: str
) -> None:
    html = get(client, release, "").content.decode()
    for value in values(dimension, visible=True):
        assert f'value="{dimension}:{value}"' in html
        assert get(client, release, f"?{dimension}={value}").status_code == 200


@pytest.mark.parametrize("dimension", FILTERS)
def test_a_hidden_value_is_not_in_the_list(client: StrictClient, release: Release, dimension: str) -> None:
    html = get(client, release, "").content.decode()
    assert not [value for value in values(dimension, visible=False) if f'value="{dimension}:{value}"' in html]


def test_hidden_unknown_and_absurd_values_get_the_same_answer(client: StrictClient, release: Release) -> None:
    hidden = values("region", visible=False)[0]
    shown = values("region", visible=True)
    queries = [
        f"?region={hidden}",
        "?region=99",
        "?region=",
        f"?region={shown[0]}&region={shown[1]}",
        f"?region={shown[0]}&taille={values('taille', visible=True)[0]}",
        "?sauf=53",
        f"?region__ne={shown[0]}",
        "?depuis=2024-01-01",
        f"?pour=region:{hidden}",
        "?pour=region:99",
        "?pour=campagne:1",
        f"?pour=region:{shown[0]}&pour=region:{shown[1]}",
    ]
    answers = [get(client, release, query) for query in queries]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_the_form_leads_to_the_address_of_its_value(client: StrictClient, release: Release) -> None:
    value = values("taille", visible=True)[0]
    response = get(client, release, f"?pour=taille:{value}")
    assert response.status_code == 302
    assert response["Location"].endswith(f"?taille={value}#selon")
    assert get(client, release, "?pour=")["Location"].endswith(f"{release.slug}/#selon")


def test_the_chosen_group_is_shown_beside_the_whole(client: StrictClient, release: Release) -> None:
    html = get(client, release, f"?region={values('region', visible=True)[0]}").content.decode()
    assert html.count(" selected>") == 1
    assert "Ce groupe" in html
