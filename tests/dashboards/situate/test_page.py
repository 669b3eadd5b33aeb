"""The page of an association beside the published quarters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.catalogue.models import SizeClass
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release
from apps.dashboards.quarters import Quarter
from apps.diagnostic.models import Campaign, Result
from tests.dashboards import world
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import campaign, closed_campaign
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
SIZE = "salaries-50k-200k"
HIDDEN = {"state": "hidden"}
Shown = Callable[..., StrictClient]


def quarters(n: int, *values: int, **more: str) -> dict[str, Any]:
    return {"state": "shown", "n": n, **dict(zip(("q1", "q2", "q3"), values, strict=True)), **more}


def publish(rows: dict[str, dict[str, Any]], **fields: Any) -> Release:
    """A national release whose only marks are these; every other cell is hidden."""
    made = world.release(**fields)
    found = made.tables.get(key="reperes")
    axes = [column["key"] for column in found.protected["columns"]]
    found.protected["rows"] = [
        {"key": key, "label": key, "cells": {axis: cells.get(axis, HIDDEN) for axis in axes}}
        for key, cells in rows.items()
    ]
    found.save()
    return made


@pytest.fixture(name="own")
def make_own() -> tuple[Campaign, User]:
    """A closed campaign: every answer is 2 of 3, so every score is 66.7."""
    organisation = OrganisationFactory.create(name="Les Situés")
    result: Result = closed_campaign(organisation)
    Campaign.objects.filter(pk=result.campaign_id).update(size_class=SizeClass.objects.get(code=SIZE))
    return result.campaign, member(organisation, Role.STAFF)


def page(client_of: Shown, own: tuple[Campaign, User]) -> str:
    answer = client_of(own[1]).get(f"/se-situer/{own[0].pk}/")
    assert answer.status_code == 200
    return re.sub(r"csrfmiddlewaretoken[^>]+", "", answer.content.decode())


def test_the_place_is_told_among_associations_of_the_same_size(
    client_of: Shown, own: tuple[Campaign, User]
) -> None:
    publish({SIZE: {"A": quarters(45, 40, 55, 80)}, "tout": {"A": quarters(300, 10, 20, 30)}})
    shown = page(client_of, own)
    assert "entre le 2e et le 3e quart des associations de votre taille" in shown
    assert "environ 45\xa0associations" in shown
    assert "élargi" not in shown
    assert "<svg" in shown
    assert "300" not in shown


def test_the_group_widens_and_the_page_says_so(client_of: Shown, own: tuple[Campaign, User]) -> None:
    publish(
        {SIZE: {}, "salaries-oui": {"A": quarters(120, 65, 80, 90)}, "tout": {"B": quarters(310, 5, 10, 15)}}
    )
    shown = page(client_of, own)
    assert "au niveau du 1er quart des associations avec salariés" in shown
    assert "au-delà du 3e quart de toutes les associations comptées" in shown
    assert shown.count("il est élargi") == 2
    assert shown.count("Trop peu d’associations") == 3


def test_a_campaign_without_size_is_told_beside_all(client_of: Shown, own: tuple[Campaign, User]) -> None:
    Campaign.objects.filter(pk=own[0].pk).update(size_class=None)
    publish({"tout": {"A": quarters(310, 50, 60, 65)}})
    shown = page(client_of, own)
    assert "au niveau du 3e quart de toutes" in shown
    assert "ne dit pas votre taille" in shown
    assert "élargi" not in shown


def test_a_value_of_an_earlier_quarter_says_which(client_of: Shown, own: tuple[Campaign, User]) -> None:
    publish({SIZE: {"A": quarters(45, 40, 55, 80, since="2026-t2")}})
    assert "ceux du T2\xa02026" in page(client_of, own)


def test_an_axis_without_score_has_no_place(client_of: Shown, own: tuple[Campaign, User]) -> None:
    publish({SIZE: {"A": quarters(45, 40, 55, 80), "B": quarters(45, 40, 55, 80)}})
    result = Result.objects.get(campaign=own[0])
    result.payload["axes"]["A"]["score"] = None
    result.save()
    shown = page(client_of, own)
    assert shown.count("n’a pas de résultat sur cet axe") == 1
    assert shown.count("entre le 2e et le 3e quart des") == 3  # its sentence, and its drawing twice


def test_before_any_release_the_page_is_honest(client_of: Shown, own: tuple[Campaign, User]) -> None:
    world.release(state=ReleaseState.BUILT)
    world.release(world.programme())
    shown = page(client_of, own)
    assert "Rien n’est encore publié" in shown
    assert "<h3>Rien" in shown


def test_only_the_latest_national_release_is_read(client_of: Shown, own: tuple[Campaign, User]) -> None:
    publish({SIZE: {"A": quarters(45, 0, 5, 10)}}, quarter=Quarter(2026, 2))
    publish({SIZE: {"A": quarters(45, 70, 80, 90)}}, quarter=Quarter(2026, 3), version=2)
    publish({SIZE: {"A": quarters(45, 0, 5, 10)}}, quarter=Quarter(2026, 3), version=1)
    publish({SIZE: {"A": quarters(45, 0, 5, 10)}}, quarter=Quarter(2026, 4), state=ReleaseState.BUILT)
    assert "sous le 1er quart" in page(client_of, own)


def test_what_is_said_comes_from_the_protected_table_alone(
    client_of: Shown, own: tuple[Campaign, User]
) -> None:
    made = publish({SIZE: {"A": quarters(45, 40, 55, 80)}})
    before = page(client_of, own)
    made.exact_tables.update(
        exact={"cells": {f"{SIZE}/A": {"n": 43}}, "bases": {}, "rows": [], "columns": []}
    )
    made.members.all().delete()
    assert page(client_of, own) == before


def test_an_open_campaign_goes_back_to_its_page(client_of: Shown) -> None:
    organisation: Organisation = OrganisationFactory.create()
    made = campaign(organisation)
    answer = client_of(member(organisation, Role.STAFF)).get(f"/se-situer/{made.pk}/")
    assert answer.status_code == 302
    assert str(made.pk) in answer.url


def test_the_page_is_not_kept_and_costs_the_same_whatever_is_published(
    client_of: Shown, own: tuple[Campaign, User], django_assert_max_num_queries: Any
) -> None:
    publish({SIZE: {axis: quarters(45, 40, 55, 80) for axis in "ABCDE"}})
    client = client_of(own[1])
    with django_assert_max_num_queries(6):
        answer = client.get(f"/se-situer/{own[0].pk}/")
    assert "no-store" in answer["Cache-Control"]


def test_the_result_leads_there(client_of: Shown, own: tuple[Campaign, User]) -> None:
    shown = client_of(own[1]).get(reverse("diagnostic:result", args=[own[0].pk])).content.decode()
    assert f'href="/se-situer/{own[0].pk}/"' in shown
