"""Headers that every answer carries, and what is never kept by a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from apps.core.security_headers import NOT_KEPT
from tests.support.client import StrictClient
from tests.support.world import World
from tests.test_permissions import TABLE, make_world, values

pytestmark = pytest.mark.django_db
place = make_world
# Answers made for a person whose reader alone keeps them, with a tag to ask again with.
ASKED_AGAIN: dict[str, str] = {}


@pytest.fixture
def policy(client: StrictClient) -> dict[str, str]:
    header = client.get("/")["Content-Security-Policy"]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in header.split(";"))}


def test_a_page_may_only_run_what_is_ours(policy: dict[str, str]) -> None:
    assert (
        policy["default-src"]
        == policy["object-src"]
        == policy["base-uri"]
        == policy["frame-ancestors"]
        == "'none'"
    )
    assert (
        policy["script-src"]
        == policy["style-src"]
        == policy["connect-src"]
        == policy["form-action"]
        == "'self'"
    )
    assert "unsafe" not in str(policy)
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "default"


@pytest.mark.parametrize("path", ["/", "/nulle-part/", "/api/v1/goals/", "/compte/login/", "/robots.txt"])
def test_every_answer_carries_them(path: str, client: StrictClient) -> None:
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer.has_header("Permissions-Policy") == ("html" in answer["Content-Type"])
    assert "camera=()" in answer.get("Permissions-Policy", "camera=()")
    assert not answer.has_header("Access-Control-Allow-Origin")
    assert "charset=utf-8" in answer["Content-Type"].lower() or "json" in answer["Content-Type"]


def test_open_data_may_be_shown_elsewhere(client: StrictClient) -> None:
    assert client.get("/attestations/cles.json")["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name in settings.OPEN_RESOURCES:
        assert name in TABLE, name


def test_public_pages_of_a_visitor_may_be_kept(client: StrictClient) -> None:
    assert "no-store" not in client.get("/").get("Cache-Control", "")


def test_what_is_made_for_a_person_is_never_kept(place: World) -> None:
    """Every address of the permission table, as an administrator of the association."""
    known: dict[str, Any] = values(place)
    client = place.client("admin")
    seen = 0
    for name, (method, arguments, _) in TABLE.items():
        if method != "get" or name.startswith(("dev_", "ui_")):
            continue
        path = reverse(name, kwargs={key: value.format(**known) for key, value in arguments.items()})
        answer = client.get(path)
        kept = answer.get("Cache-Control", "")
        session = getattr(answer.wsgi_request, "session", None)
        if answer.status_code == 200 and session is not None and session.accessed:
            seen += 1
            assert kept == NOT_KEPT or name in ASKED_AGAIN, f"{name}: {kept}"
    assert seen > 100


def test_a_personal_link_is_never_kept(place: World) -> None:
    known = values(place)
    for name, key in (
        ("diagnostic:resume", "token"),
        ("agenda:registration", "registration"),
        ("accounts:invitation", "unknown"),
    ):
        answer = StrictClient().get(reverse(name, args=[known[key]]))
        assert "no-store" in answer["Cache-Control"], name


def test_an_answer_to_a_token_is_never_kept(client: StrictClient) -> None:
    answer = client.get("/api/v1/organisations/", headers={"authorization": "Bearer nothing"})
    assert "no-store" in answer["Cache-Control"]


def test_the_admin_s_scripts_find_the_policy_first(place: World) -> None:
    page = place.client("operator").get("/gestion/accounts/organisation/")
    text = page.content.decode()
    assert page.status_code in (200, 302, 403)
    if page.status_code == 200:
        assert text.index("js/site.") < text.index("jquery")
