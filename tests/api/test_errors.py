"""Errors have one shape, in French; negotiation, HEAD and OPTIONS behave."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from apps.accounts.models import User
from tests.factories import UserFactory, member
from tests.factories.diagnostic import closed_campaign
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
GOALS = "/api/v1/goals/"


def test_only_reading(client: StrictClient) -> None:
    answer = client.post(GOALS, {"name": "Un 18e"}, content_type="application/json")
    assert answer.status_code == 405
    assert answer.json() == {"detail": "Cette adresse se lit seulement (GET)."}
    assert "POST" not in answer["Allow"]


def test_writing_by_session_without_its_page_is_refused(client_of: Callable[[User], StrictClient]) -> None:
    client = client_of(UserFactory.create())
    client.handler.enforce_csrf_checks = True
    answer = client.post("/api/v1/organisations/", {})
    assert answer.status_code == 403
    assert answer.json() == {"detail": "Vous n’avez pas le droit de faire cela."}


@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "image/png"])
@pytest.mark.parametrize("path", [GOALS, "/api/v1/schema/"])
def test_other_formats_are_refused_in_json(client: StrictClient, accept: str, path: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.json() == {"detail": "L’API répond en JSON\u00a0: demandez «\u202fapplication/json\u202f»."}


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,*/*;q=0.8", "application/*"])
def test_json_for_whoever_takes_it(client: StrictClient, accept: str) -> None:
    answer = client.get(GOALS, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_format_in_the_address(client: StrictClient) -> None:
    assert client.get(f"{GOALS}?format=json").status_code == 200
    answer = client.get(f"{GOALS}?format=csv")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Rien à cette adresse que vous puissiez lire."}


@pytest.mark.parametrize("path", ["", "goals/", "goals/4/", "fragilities/F01/", "schema/", "docs/"])
def test_head_says_what_get_says_without_a_body(client: StrictClient, path: str) -> None:
    got, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
    assert head.status_code == got.status_code == 200
    assert head["Content-Type"] == got["Content-Type"]
    assert head.content == b""


def test_options_tell_what_can_be_done(client: StrictClient) -> None:
    answer = client.options(GOALS)
    assert answer.status_code == 200
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/api/v1/organisations/").status_code == 401


@pytest.mark.parametrize("path", ["inconnu/", "campaigns/pas-un-identifiant/", "goals/4/5/", "v2/"])
def test_unknown_address(client: StrictClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Cette adresse n’existe pas."}


def test_entrance_leads_to_every_list(client: StrictClient) -> None:
    entrance = client.get(reverse("api:entrance")).json()
    assert list(entrance) == [
        "goals",
        "fragilities",
        "webinars",
        "persons",
        "organisations_cited",
        "webinars_json",
        "webinars_csv",
        "speakers_csv",
        "course_steps",
        "course_module",
        "method_steps",
        "organisations",
        "campaigns",
        "engagements",
        "schema",
        "docs",
    ]
    answers = {name: client.get(url).status_code for name, url in entrance.items()}
    of_a_person = ("organisations", "campaigns", "engagements")
    assert answers == {name: 401 if name in of_a_person else 200 for name in entrance}


@pytest.fixture
def locked_table() -> Iterator[None]:
    """Another session holds the table, and the database gives up waiting: a real OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
    settings = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{k: settings[k] for k in keys if settings.get(k)}) as other:
        other.execute("LOCK TABLE catalogue_goal IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.usefixtures("locked_table")
def test_database_that_does_not_answer(client: StrictClient) -> None:
    answer = client.get(GOALS)
    assert answer.status_code == 503
    assert answer.json() == {"detail": "La base de données ne répond pas\u00a0: réessayez dans une minute."}
    assert answer["Retry-After"] == "15"


def test_fault_of_ours_is_a_french_500_without_details(client_of: Callable[[User], StrictClient]) -> None:
    result = closed_campaign()
    result.statements = [{"code": "Z9"}]
    result.save()
    client = client_of(member(result.campaign.organisation))
    client.raise_request_exception = False
    answer = client.get(f"/api/v1/campaigns/{result.campaign_id}/result/")
    assert answer.status_code == 500
    assert answer.json() == {"detail": "Une erreur est survenue de notre côté."}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two demands a minute."""
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min"})


@pytest.mark.usefixtures("slow")
def test_too_many_demands_of_a_visitor(client: StrictClient) -> None:
    assert [client.get(GOALS).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(GOALS)
    seconds = int(answer["Retry-After"])
    assert answer.json() == {"detail": f"Trop de demandes\u00a0: réessayez dans {seconds}\u00a0secondes."}
    assert StrictClient(REMOTE_ADDR="192.0.2.7").get(GOALS).status_code == 200


@pytest.mark.usefixtures("slow")
def test_counter_follows_the_person_and_not_her_tokens(bearer: Callable[[User], StrictClient]) -> None:
    me = UserFactory.create()
    clients = [bearer(me), bearer(me), bearer(me)]
    assert [c.get("/api/v1/organisations/").status_code for c in clients] == [200, 200, 429]
    assert bearer(UserFactory.create()).get("/api/v1/organisations/").status_code == 200


@pytest.mark.usefixtures("slow")
def test_forged_forwarded_address_gives_no_new_counter(client: StrictClient) -> None:
    """Behind the proxy, only the address that it added last counts."""
    answers = [
        client.get(GOALS, headers={"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.4"}).status_code
        for n in range(3)
    ]
    assert answers == [200, 200, 429]
