"""Every address of the API × every role, by session and by token. A new address without a row fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import URLResolver, get_resolver, reverse

from apps.accounts.models import User
from apps.dashboards.models import Release
from tests.dashboards.world import around
from tests.factories.diagnostic import campaign, closed_campaign
from tests.methodology.world import demarche_of
from tests.support.client import StrictClient
from tests.support.world import World, world

Rows = list[tuple[str, dict[str, int]]]
Bearer = Callable[[User], StrictClient]
ROLES = (
    "anonymous",
    "guest",
    "outsider",
    "staff",
    "board",
    "lead",
    "admin",
    "curator",
    "author",
    "funder",
    "operator",
)
PUBLIC = "200 " * 11
SIGNED = "401 401 200 200 200 200 200 200 200 200 200"
MEMBERS = "401 401 404 200 200 200 200 404 404 404 404"
NOBODY = "401 401 404 404 404 404 404 404 404 404 404"

# (name, arguments, what each role gets)
TABLE: list[tuple[str, dict[str, str], str]] = [
    ("entrance", {}, PUBLIC),
    ("schema", {}, PUBLIC),
    ("docs", {}, PUBLIC),
    ("goal-list", {}, PUBLIC),
    ("goal-detail", {"number": "4"}, PUBLIC),
    ("fragility-list", {}, PUBLIC),
    ("fragility-detail", {"code": "F01"}, PUBLIC),
    ("webinar-list", {}, PUBLIC),
    ("webinar-detail", {"slug": "webinaire-2022-12-15"}, PUBLIC),
    ("person-list", {}, PUBLIC),
    ("person-detail", {"slug": "hakim-hallouch"}, PUBLIC),
    ("cited-organisation-list", {}, PUBLIC),
    ("cited-organisation-detail", {"slug": "apf-france-handicap"}, PUBLIC),
    ("webinars-json", {}, PUBLIC),
    ("webinars-csv", {}, PUBLIC),
    ("speakers-csv", {}, PUBLIC),
    ("course-step-list", {}, PUBLIC),
    ("course-step-detail", {"slug": "etape-1"}, PUBLIC),
    ("course-module", {}, PUBLIC),
    ("method-step-list", {}, PUBLIC),
    ("release-list", {}, PUBLIC),
    ("release-detail", {"id": "{release_pk}"}, PUBLIC),
    # The association agreed to the programme; « funder » reads it.
    ("release-detail", {"id": "{programme_release_pk}"}, "404 404 404 200 200 200 200 404 404 200 200"),
    ("release-detail", {"id": "{draft_release}"}, "404 " * 11),
    ("release-detail", {"id": "{missing}"}, "404 " * 11),
    ("organisation-list", {}, SIGNED),
    ("campaign-list", {}, SIGNED),
    ("campaign-detail", {"pk": "{open}"}, MEMBERS),
    ("campaign-detail", {"pk": "{closed}"}, MEMBERS),
    ("campaign-detail", {"pk": "{elsewhere}"}, NOBODY),
    ("campaign-detail", {"pk": "{missing}"}, NOBODY),
    ("campaign-result", {"pk": "{closed}"}, MEMBERS),
    ("campaign-result", {"pk": "{open}"}, NOBODY),
    ("campaign-result", {"pk": "{elsewhere}"}, NOBODY),
    ("campaign-result", {"pk": "{missing}"}, NOBODY),
    ("engagement-list", {}, SIGNED),
    ("engagement-detail", {"id": "{missing}"}, NOBODY),
    # « admin » holds no seat in it.
    ("engagement-detail", {"id": "{engagement}"}, "401 401 404 200 200 200 404 404 404 404 404"),
]


def api_names(resolver: URLResolver) -> set[str]:
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        names |= api_names(pattern) if isinstance(pattern, URLResolver) else {pattern.name}
    return names


def test_every_address_has_a_row() -> None:
    (api,) = [p for p in get_resolver().url_patterns if getattr(p, "namespace", None) == "api"]
    assert api_names(api) == {name for name, _, _ in TABLE}, "a row for each address, an address for each row"


@pytest.fixture(name="place")
def make_world(db: None) -> World:
    return world()


@pytest.fixture(name="rows")
def make_rows(place: World) -> Rows:
    """Each address of the table, and what each role gets."""
    released = around(place.organisation, place.people)
    known = {
        **released,
        "programme_release_pk": Release.objects.get(slug=released["programme_release"]).pk,
        "open": place.open.pk,
        "closed": place.closed.pk,
        "elsewhere": closed_campaign().campaign_id,
        "engagement": demarche_of(place.organisation, place.people)["engagement"],
        "missing": "00000000-0000-4000-8000-000000000000",
    }
    return [
        (
            reverse(f"api:{name}", kwargs={key: value.format(**known) for key, value in arguments.items()}),
            dict(zip(ROLES, map(int, expected.split()), strict=True)),
        )
        for name, arguments, expected in TABLE
    ]


def test_session(place: World, rows: Rows) -> None:
    clients = {role: place.client(role) for role in ROLES}
    for url, expected in rows:
        got = {role: client.get(url).status_code for role, client in clients.items()}
        assert got == expected, url


def test_token_gives_what_a_session_gives(place: World, rows: Rows, bearer: Bearer) -> None:
    clients = {role: bearer(place.people[role]) for role in ROLES[2:]}
    for url, expected in rows:
        got = {role: client.get(url).status_code for role, client in clients.items()}
        assert got == {role: expected[role] for role in clients}, url


def test_nothing_is_written(place: World, rows: Rows) -> None:
    client = place.client("admin")
    for url, _ in rows:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(url).status_code == 405, f"{method} {url}"


def test_another_s_campaign_answers_exactly_like_a_missing_one(place: World) -> None:
    client = place.client("outsider")
    for tail in ("", "result/"):
        theirs = client.get(f"/api/v1/campaigns/{place.closed.pk}/{tail}")
        missing = client.get(f"/api/v1/campaigns/00000000-0000-4000-8000-000000000000/{tail}")
        assert theirs.status_code == missing.status_code == 404
        assert theirs.content == missing.content
        # A second may pass between the two.
        told = [{k: v for k, v in page.headers.items() if k != "Expires"} for page in (theirs, missing)]
        assert told[0] == told[1]


@pytest.mark.parametrize("role", ["outsider", "curator", "author", "funder", "operator"])
def test_nobody_from_elsewhere_finds_it_in_a_list(place: World, role: str) -> None:
    client = place.client(role)
    for name in ("organisations", "campaigns"):
        body = client.get(f"/api/v1/{name}/").content.decode()
        assert str(place.organisation.pk) not in body
        assert place.organisation.name not in body


def test_removed_member_loses_access_at_once(place: World, bearer: Bearer) -> None:
    clients = [place.client("staff"), bearer(place.people["staff"])]
    urls = (f"/api/v1/campaigns/{place.open.pk}/", f"/api/v1/campaigns/{place.closed.pk}/result/")
    assert {client.get(url).status_code for client in clients for url in urls} == {200}

    place.people["staff"].memberships.get().delete()

    assert {client.get(url).status_code for client in clients for url in urls} == {404}
    for client in clients:
        assert client.get("/api/v1/organisations/").json()["results"] == []
        assert client.get("/api/v1/campaigns/").json()["results"] == []


def test_answering_elsewhere_does_not_open_the_campaign(place: World) -> None:
    """A person asked to answer for another association reads nothing of it by the API."""
    theirs = campaign()
    theirs.respondents.create(user=place.people["admin"], role="partenaire", token_hash="x" * 64)
    assert place.client("admin").get(f"/api/v1/campaigns/{theirs.pk}/").status_code == 404
