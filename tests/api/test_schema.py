"""The OpenAPI schema is valid and complete, and the answers are what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from schemathesis.checks import CHECKS, load_all_checks

from apps.accounts.services.tokens import create_token
from apps.api import schema as published
from apps.diagnostic.services import close_campaign
from apps.webinars import selectors as library
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import answer_all, campaign, finance_year, respondent
from tests.support.client import StrictClient

load_all_checks()
# Not « positive data is accepted »: an identifier of the right form may be nobody's.
KEPT = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "ignored_auth",
)
# Without account nor token.
OPEN = tuple(
    f"/api/v1/{name}"
    for name in (
        "goals",
        "fragilities",
        "webinars",
        "persons",
        "organisations-cited",
        "speakers.csv",
        "course",
        "method",
        "releases",
    )
)
SETTINGS = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_schema_is_valid_without_a_warning() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert yaml.safe_load(out.getvalue())["info"]["title"] == "Trajectoires, API v1"


def test_schema_names_every_address_and_both_ways_to_be_known() -> None:
    document = published.document()
    assert sorted(document["paths"]) == [
        "/api/v1/campaigns/",
        "/api/v1/campaigns/{id}/",
        "/api/v1/campaigns/{id}/result/",
        "/api/v1/course/module/",
        "/api/v1/course/steps/",
        "/api/v1/course/steps/{slug}/",
        "/api/v1/engagements/",
        "/api/v1/engagements/{id}/",
        "/api/v1/fragilities/",
        "/api/v1/fragilities/{code}/",
        "/api/v1/goals/",
        "/api/v1/goals/{number}/",
        "/api/v1/method/steps/",
        "/api/v1/organisations-cited/",
        "/api/v1/organisations-cited/{slug}/",
        "/api/v1/organisations/",
        "/api/v1/persons/",
        "/api/v1/persons/{slug}/",
        "/api/v1/releases/",
        "/api/v1/releases/{id}/",
        "/api/v1/speakers.csv",
        "/api/v1/webinars.csv",
        "/api/v1/webinars.json",
        "/api/v1/webinars/",
        "/api/v1/webinars/{slug}/",
    ]
    assert set(document["components"]["securitySchemes"]) == {"jeton", "cookieAuth"}
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}, path
        assert ({} in methods["get"]["security"]) is path.startswith(OPEN), path
        assert methods["get"]["summary"], path


def test_every_field_is_promised() -> None:
    """A program may count on each field: it is there, null at worst."""
    for name, component in published.document()["components"]["schemas"].items():
        if not name.startswith("Paginated"):
            assert set(component.get("required", ())) == set(component.get("properties", ())), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_schema_is_served_in_json_and_yaml(client: StrictClient, accept: str, kind: str) -> None:
    answer = client.get("/api/v1/schema/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == kind
    assert yaml.safe_load(answer.content)["openapi"].startswith("3.")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["lang=%00", "lang=../fr", "version=%0Aa", "version=2"])
def test_address_of_the_schema_chooses_nothing(client: StrictClient, query: str) -> None:
    answer = client.get(f"/api/v1/schema/?{query}")
    assert answer.status_code == 200
    assert answer.json() == client.get("/api/v1/schema/").json()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "THROTTLE_RATES", {"anon": "10000/min", "user": "10000/min"})


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """At each request a bare WSGI application would drop the connection, and the test's transaction with it."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def secret(db: None) -> str:
    """Of a person with one campaign of each kind."""
    organisation = OrganisationFactory.create()
    me = member(organisation, "staff")
    for people in (5, 2):
        opened = campaign(organisation)
        for _ in range(people):
            answer_all(respondent(opened))
        finance_year(opened, charges="1000.50", treasury="-10")
        close_campaign(campaign=opened, by=None)
    campaign(organisation, years_since_board_renewal=3)
    return create_token(user=me, label="Outil")[1]


def operations() -> Iterator[Any]:
    """The schema is read from the address, as a tool would."""
    made = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    for found in made.get_all_operations():
        yield found.ok()


def ask(case: Any, secret: str, checks: tuple[str, ...]) -> int:
    """Sends the demand, fails when the answer is not what the schema says, gives its status."""
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    answer = case.call_and_validate(headers=headers, checks=[CHECKS.get_one(name) for name in checks])
    status: int = answer.status_code
    return status


def explore(operation: Any, secret: str) -> set[int]:
    """The statuses met while asking whatever the schema lets one ask, and what it does not."""
    seen: set[int] = set()

    @SETTINGS
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        seen.add(ask(case, secret, KEPT))

    check()
    return seen


@pytest.mark.usefixtures("unhurried", "one_connection")
@pytest.mark.parametrize("signed", [False, True], ids=["visitor", "token"])
def test_answers_are_what_the_schema_says(signed: bool, secret: str) -> None:
    statuses = {found.path: explore(found, secret if signed else "") for found in operations()}
    assert len(statuses) == 25
    for path, seen in statuses.items():
        if not path.startswith(OPEN):
            assert (401 in seen) is not signed, path
            assert seen <= ({200, 404} if signed else {401}), path
        elif path.endswith("/") and "{" not in path:
            assert 200 in seen, path


@pytest.mark.usefixtures("unhurried", "one_connection")
def test_real_rows_are_what_the_schema_says(secret: str) -> None:
    """Invented identifiers are nobody's: the details are read from the lists."""
    program = StrictClient(headers={"Authorization": f"Bearer {secret}"})
    met: Counter[tuple[str, int]] = Counter()
    for operation in operations():
        found = re.match(r"/api/v1/(.+)/\{(\w+)\}/", operation.path)
        if found is None:
            continue
        name, key = found.groups()
        for row in program.get(f"/api/v1/{name}/?page_size=200").json()["results"]:
            case = operation.Case(method="GET", path_parameters={key: row[key]})
            met[name, ask(case, secret, KEPT[:5])] += 1
    cases = {
        ("webinars", 200): 18,
        ("persons", 200): library.people().count(),
        ("organisations-cited", 200): library.organisations().count(),
        ("course/steps", 200): 7,
    }
    # 3 campaigns, 2 results; the open campaign has none.
    assert met == {
        ("goals", 200): 17, ("fragilities", 200): 16, ("campaigns", 200): 5, ("campaigns", 404): 1, **cases,
    }  # fmt: skip
