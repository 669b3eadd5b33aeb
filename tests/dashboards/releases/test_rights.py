"""A programme's release is missing for whoever may not read it: its existence tells something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.dashboards import selectors
from apps.dashboards.models import Consent, Release
from tests.dashboards import samples, world
from tests.support.client import StrictClient
from tests.support.world import World
from tests.support.world import world as everybody

pytestmark = pytest.mark.django_db
READERS = {"staff", "board", "lead", "admin", "funder", "operator"}
OTHERS = {"anonymous", "guest", "outsider", "curator", "author"}


@pytest.fixture
def place() -> tuple[World, Release]:
    around = everybody()
    of = world.programme(around.people["funder"])
    Consent.objects.create(
        programme=of, organisation=around.organisation, given_by=around.people["admin"], words="accord-1"
    )
    return around, samples.full(of)


def addresses(release: Release) -> list[str]:
    return [
        reverse("dashboards:release", args=[release.slug]),
        reverse("dashboards:figure", args=[release.slug, "axes"]),
    ]


def test_who_reads_the_release_of_a_programme(place: tuple[World, Release]) -> None:
    around, release = place
    for role in (*READERS, *OTHERS):
        client = around.client(role)
        expected = 200 if role in READERS else 404
        assert {client.get(address).status_code for address in addresses(release)} == {expected}, role
        listed = release.slug in client.get(reverse("dashboards:releases")).content.decode()
        assert listed is (role in READERS), role


def test_a_forbidden_release_and_an_unknown_one_give_the_same_page(place: tuple[World, Release]) -> None:
    around, release = place
    for role in OTHERS:
        client = around.client(role)
        answers = [
            client.get(reverse("dashboards:release", args=[slug])) for slug in (release.slug, "2019-t1-v1")
        ]
        assert answers[0].content == answers[1].content
        assert dict(answers[0].headers) == dict(answers[1].headers)


def test_a_withdrawn_consent_closes_the_release(place: tuple[World, Release]) -> None:
    around, release = place
    Consent.objects.update(withdrawn_at=timezone.now())
    assert around.client("admin").get(addresses(release)[0]).status_code == 404
    assert around.client("funder").get(addresses(release)[0]).status_code == 200


def test_a_funder_of_another_programme_is_a_stranger(place: tuple[World, Release]) -> None:
    around, _ = place
    other = samples.full(world.programme(code="AUTRES"))
    assert around.client("funder").get(addresses(other)[0]).status_code == 404


def test_people_of_a_programme_without_the_role_of_funder_are_strangers(place: tuple[World, Release]) -> None:
    around, release = place
    assert release.programme is not None
    release.programme.people.add(around.people["outsider"])
    assert around.client("outsider").get(addresses(release)[0]).status_code == 404


def test_the_files_of_a_programme_are_kept_by_their_reader_alone(place: tuple[World, Release]) -> None:
    around, release = place
    for address in addresses(release):
        response = around.client("funder").get(address)
        assert "private" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]


def test_a_past_release_of_another_scope_is_not_in_the_history(place: tuple[World, Release]) -> None:
    _, release = place
    samples.five_quarters()
    assert selectors.axes_before(release, 4) == []


def test_signed_in_readers_pay_few_queries(
    place: tuple[World, Release], django_assert_max_num_queries: Any
) -> None:
    around, release = place
    for role in ("admin", "funder", "operator"):
        client: StrictClient = around.client(role)
        with django_assert_max_num_queries(10):
            client.get(addresses(release)[0])
        with django_assert_max_num_queries(10):
            client.get(reverse("dashboards:releases"))


def test_readable_releases_agrees_with_each_page(
    place: tuple[World, Release], client_of: Callable[..., StrictClient]
) -> None:
    around, _ = place
    samples.full(world.programme(code="AUTRES"))
    samples.full()
    for role in READERS | {"outsider", "curator", "author"}:
        person = around.people[role]
        readable = set(selectors.readable_releases(person).values_list("slug", flat=True))
        client = client_of(person)
        for release in Release.objects.all():
            status = client.get(addresses(release)[0]).status_code
            assert status == (200 if release.slug in readable else 404)
