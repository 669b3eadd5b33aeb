"""During a visit: seen on every page, nothing written, nothing confidential opened."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.support import rooms
from tests.helping.helpers import BAR, looking, operator, seen_as, signed_in, visit_of
from tests.helping.violations import grant as consent
from tests.support.client import StrictClient
from tests.support.world import World, world
from tests.test_permissions import OURS, TABLE, values

pytestmark = pytest.mark.django_db
CLOSED = set().union(*rooms.CLOSED.values())
PAGES = sorted(name for name, (method, _, _) in TABLE.items() if method == "get")
ACTS = sorted(set(TABLE) - set(PAGES))
# Written by the visit itself.
WRITTEN = {"support_supportvisit", "audit_auditentry", "django_session"}
FIRST = re.compile(r"<body[^>]*>\s*(?:\{#.*#\})?\s*<div class=\"support-bar\" role=\"status\">")


@pytest.fixture
def place() -> World:
    return world()


@pytest.fixture
def desk(place: World) -> StrictClient:
    return looking(consent(user=place.people["admin"]), place.people["operator"])


def address(name: str, known: dict[str, str]) -> str:
    return reverse(name, kwargs={key: value.format(**known) for key, value in TABLE[name][1].items()})


def rows() -> dict[str, str]:
    """The whole database: each table, every row as text, hashed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = {row[0] for row in cursor.fetchall()} - WRITTEN
        found = {}
        for name in sorted(names):
            cursor.execute(
                f'SELECT md5(string_agg(whole::text, chr(10) ORDER BY md5(whole::text))) FROM "{name}" AS whole'
            )
            found[name] = cursor.fetchone()[0]
    return found


def test_every_page_is_open_or_closed_on_purpose() -> None:
    assert set(PAGES) - rooms.OPEN - CLOSED == set(), "say in apps/support/rooms.py if a visit may open it"
    assert not rooms.OPEN & CLOSED
    assert (rooms.OPEN | CLOSED) - set(OURS) - {"account_logout"} == set(), "no longer exists"
    assert not rooms.OPEN & set(ACTS)


@pytest.mark.parametrize("role", ["admin", "lead"])
def test_a_visit_to_every_page_changes_no_row(place: World, role: str) -> None:
    """« admin » holds no place in the démarche, « lead » leads it."""
    known = values(place)
    desk = looking(consent(user=place.people[role]), place.people["operator"])
    before = rows()
    assert len(before) > 90
    opened = 0
    for name in PAGES:
        answer = desk.get(address(name, known))
        text = b"" if answer.streaming else answer.content
        if name in CLOSED and name not in ("pages:healthz", "pages:readyz"):
            assert (name, answer.status_code) == (name, 403)
        elif name in rooms.OPEN:
            assert b"ferm\xc3\xa9e \xc3\xa0 l" not in text, name
            opened += answer.status_code == 200
        if b"<body" in text:
            assert FIRST.search(text.decode()), name
            assert "no-store" in answer["Cache-Control"]
    after = rows()
    assert {name for name in before if before[name] != after[name]} == set()
    assert opened >= {"admin": 75, "lead": 110}[role]
    assert seen_as(desk) == place.people[role].pk
    assert visit_of(place.people[role].support_grants.get()).pages >= opened


def test_what_a_page_marks_on_its_way_goes_back(place: World, desk: StrictClient, settings: Any) -> None:
    """And the test above would see it."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.helping.helpers.MarkingMiddleware"]
    before = rows()
    assert desk.get("/espace/").status_code == 200
    assert rows() == before
    assert place.client("admin").get("/espace/").status_code == 200
    assert rows() != before


def test_no_act_passes(place: World, desk: StrictClient) -> None:
    known = values(place)
    before = rows()
    for name in [*ACTS, *PAGES]:
        if name not in (*rooms.WAYS_OUT, "support:start", "pages:healthz", "pages:readyz"):
            answer = desk.post(address(name, known))
            assert (name, answer.status_code) == (name, 403)
    for method in ("put", "patch", "delete"):
        assert getattr(desk, method)("/espace/").status_code == 403
        assert getattr(desk, method)("/aide/terminer/").status_code == 403
    text = desk.post("/espace/compte/").content.decode()
    assert "Regarder" in text
    assert FIRST.search(text)
    assert rows() == before


@pytest.mark.parametrize(
    "path",
    ["/compte/login/", "/compte/password/change/", "/compte/email/", "/compte/2fa/", "/compte/2fa/totp/activate/",
     "/compte/reauthenticate/", "/gestion/", "/espace/compte/", "/espace/compte/appareils/"],
)  # fmt: skip
def test_her_account_and_the_admin_stay_closed(desk: StrictClient, path: str) -> None:
    if path == "/espace/compte/appareils/":
        path = reverse("devices:list")
    assert desk.get(path).status_code == 403


def test_the_api_is_refused_in_its_own_words(desk: StrictClient) -> None:
    for path in ("/api/v1/", "/api/v1/goals/", "/api/v1/organisations/", "/api/v1/schema/"):
        answer = desk.get(path)
        assert answer.status_code == 403, path
        assert json.loads(answer.content) == {"detail": rooms.REFUSED}


def test_the_banner_says_who_since_when_and_how_to_end(place: World, desk: StrictClient) -> None:
    page = desk.get("/espace/").content.decode()
    bar = page[page.index(BAR) : page.index("</form>")]
    assert str(place.people["admin"]) in bar
    assert "/aide/terminer/" in bar
    assert "css/support" in page.partition("</head>")[0]
    assert page.count(BAR) == 1
    assert BAR in desk.get("/nulle-part/").content.decode()
    assert (
        BAR not in desk.get("/espace/", headers={"HX-Request": "true"}).content.decode().partition("<body")[0]
    )
    desk.post("/aide/terminer/")
    assert BAR not in desk.get("/espace/").content.decode()


def test_a_name_is_never_read_as_markup(place: World) -> None:
    who = place.people["lead"]
    who.full_name = r"<script>x</script>\g<0>"
    who.save()
    page = looking(consent(user=who)).get("/aide-inconnue/").content.decode()
    assert r"&lt;script&gt;x&lt;/script&gt;\g&lt;0&gt;" in page


def test_an_answer_kept_by_the_browser_is_not_shown_again(place: World, desk: StrictClient) -> None:
    figure = address("dashboards:figure", values(place))
    tag = desk.get(figure)["ETag"]
    assert desk.get(figure, headers={"If-None-Match": tag}).status_code == 200


def queries(client: StrictClient, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(
        [one for one in caught if "SAVEPOINT" not in one["sql"] and "django_session" not in one["sql"]]
    )


@pytest.mark.parametrize("path", ["/", "/espace/", "/glossaire/"])
def test_a_visit_costs_two_queries_a_page_and_nothing_outside(
    place: World, desk: StrictClient, path: str, settings: Any
) -> None:
    hers = queries(signed_in(place.people["admin"]), path)
    assert queries(desk, path) <= hers + 2
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "support" not in one]
    assert queries(signed_in(place.people["admin"]), path) == hers
    assert operator()
