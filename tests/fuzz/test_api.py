"""The public interface asked by each role, by session and by personal token, what its schema allows and what it does not."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import given, seed
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from apps.accounts.models import Membership, User
from apps.accounts.services.tokens import create_token
from tests.fuzz.budget import effort, rounds
from tests.fuzz.places import MARK, Place, place
from tests.support.client import StrictClient
from tests.test_permissions import ROLES

pytestmark = pytest.mark.django_db
load_all_checks()
KEPT = tuple(
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
)
# Of each address: what its schema allows, then what it does not.
EXAMPLES = {GenerationMode.POSITIVE: 14, GenerationMode.NEGATIVE: 8}
# What hangs from an association; the other addresses are everybody's.
PRIVATE = ("/api/v1/campaigns/", "/api/v1/engagements/", "/api/v1/organisations/")
Headers = dict[str, str]


@pytest.fixture(autouse=True)
def _unhurried_on_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare WSGI application would drop the connection at each request, and the test's transaction with it."""
    for throttle in (AnonRateThrottle, UserRateThrottle):
        monkeypatch.setattr(throttle, "THROTTLE_RATES", {"anon": "100000/min", "user": "100000/min"})
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


def session(client: StrictClient) -> Headers:
    said = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    return {"Cookie": said} if said else {}


def token(user: User) -> Headers:
    return {"Authorization": f"Bearer {create_token(user=user, label='Tirage')[1]}"}


def everybody(at: Place) -> dict[str, Headers]:
    """« role, way » → how she is known."""
    known = {f"{role}, session": session(at.client(role)) for role in ROLES}
    return known | {f"{role}, token": token(at.world.people[role]) for role in ROLES[2:]}


def operations() -> list[Any]:
    made = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    return [found.ok() for found in made.get_all_operations()]


def ask(case: Any, headers: Headers) -> tuple[int, str]:
    answer = case.call_and_validate(headers={"Accept-Encoding": "identity", **headers}, checks=list(KEPT))
    return answer.status_code, answer.text


def attack(
    operation: Any, known: dict[str, Headers], keys: list[str], start: int
) -> Counter[tuple[str, int]]:
    """Who → statuses. Half of the identifiers are those of real rows: invented ones are nobody's."""
    met: Counter[tuple[str, int]] = Counter()
    keyed = re.findall(r"\{(\w+)\}", operation.path)
    for mode, examples in EXAMPLES.items():

        @seed(start)
        @effort(examples)
        @given(
            case=operation.as_strategy(generation_mode=mode),
            who=st.sampled_from(sorted(known)),
            key=st.none() | st.sampled_from(keys),
        )
        def run(case: Any, who: str, key: str | None) -> None:
            if key is not None and keyed:
                case.path_parameters = {**(case.path_parameters or {}), keyed[0]: key}
            status, body = ask(case, known[who])
            assert MARK not in body, f"{case.path} shows {who} another association's data"
            met[who, status] += 1

        # An address without any parameter has nothing that could be wrong.
        with suppress(*((Unsatisfiable,) if mode is GenerationMode.NEGATIVE else ())):
            run()
    return met


def test_no_role_breaks_the_interface_nor_reads_another_association() -> None:
    at = place()
    known, keys = everybody(at), sorted({*at.known.values(), *at.strangers})
    met: Counter[tuple[str, int]] = Counter()
    for start in rounds(0.2):
        cache.clear()
        told = []
        for operation in operations():
            try:
                met += attack(operation, known, keys, start)
            except Exception as error:  # a fault of the platform: told with those of the other addresses
                told.append(f"{operation.path}: {error!r} {getattr(error, '__notes__', '')}"[:1500])
        assert not told, f"FUZZ_SEED={start}\n" + "\n\n".join(told)
    assert {who for who, _ in met} == known.keys()
    assert {200, 401, 404} <= {status for _, status in met}


@pytest.mark.parametrize("role", ROLES)
def test_the_rows_of_another_association_are_nobodys_by_the_interface(role: str) -> None:
    at = place()
    ways = [session(at.client(role))] + ([token(at.world.people[role])] if role in at.world.people else [])
    for operation in operations():
        if not operation.path.startswith(PRIVATE):
            continue
        for name in re.findall(r"\{(\w+)\}", operation.path):
            for key in at.strangers:
                for headers in ways:
                    status, body = ask(operation.Case(method="GET", path_parameters={name: key}), headers)
                    assert MARK not in body, f"{operation.path} {key}"
                    assert status in (401, 404), (operation.path, key, status)


def test_the_mark_is_what_its_own_people_read_by_the_interface() -> None:
    at = place()
    owner = Membership.objects.get(organisation=at.foreign["organisation"], role="lead").user
    her = token(owner)
    seen = {one.path: ask(one.Case(method="GET"), her)[1] for one in operations() if "{" not in one.path}
    assert MARK in seen["/api/v1/organisations/"]
    assert MARK in seen["/api/v1/engagements/"]
