"""Every form and every address, sent what nobody would type, by each role."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import Resolver404, resolve
from hypothesis import given, seed
from hypothesis import strategies as st

from tests.fuzz.bodies import Sent, requests
from tests.fuzz.budget import effort, rounds
from tests.fuzz.forms import Form, forms
from tests.fuzz.places import EVERYWHERE, MARK, Place, place, tables, undone
from tests.test_permissions import ROLES, TABLE

pytestmark = pytest.mark.django_db
ANSWERS = (200, 204, 301, 302, 303, 304, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429)
# Who is tried first on an address that several may open.
STRONGEST = (
    "admin",
    "operator",
    "curator",
    "author",
    "funder",
    "lead",
    "staff",
    "outsider",
    "guest",
    "anonymous",
)
EXAMPLES = 3
# Not ours: Django's own administration, for operators only.
LEFT_OUT = ("/gestion/",)
# Sheets typed in: the rows that are right are kept, each under its key, the page says how many and shows the others again.
ROW_BY_ROW = ("method:type_in",)


@dataclass(frozen=True)
class Target:
    """``role``: somebody who may."""

    method: str
    path: str
    role: str
    form: Form


def able(expected: str, wanted: tuple[str, ...]) -> str | None:
    got = dict(zip(ROLES, expected.split(), strict=True))
    return next((role for role in STRONGEST if got[role] in wanted), None)


def targets(at: Place) -> list[Target]:
    """Addresses of the table, and the forms of the pages they give."""
    found: dict[tuple[str, str], Target] = {}
    for name, (method, arguments, expected) in sorted(TABLE.items()):
        path = at.url(name, arguments)
        role = able(expected, ("200",)) or able(expected, ("302", "422", "409")) or "anonymous"
        found.setdefault((method, path), Target(method, path, role, Form(path, method)))
        if method == "get" and able(expected, ("200",)):
            seen(at, path, role, found)
    return [target for target in found.values() if not target.path.startswith(LEFT_OUT)]


def seen(at: Place, path: str, role: str, found: dict[tuple[str, str], Target]) -> None:
    answer = undone(lambda: at.client(role).get(path))
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return
    for form in forms(path, answer.content.decode()):
        before = found.get((form.method, form.action))
        if ours(form.action) and (before is None or len(before.form.fields) < len(form.fields)):
            found[form.method, form.action] = Target(form.method, form.action, role, form)


def ours(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def ask(at: Place, target: Target, sent: Sent, role: str) -> Any:
    client, query = at.client(role), sent.query
    if target.method == "get":
        # A form of a GET is its query.
        return client.generic(
            "GET", target.path, headers=sent.headers, QUERY_STRING=query or sent.body.decode("latin-1")
        )
    return client.generic(
        "POST", target.path, sent.body, sent.content_type, headers=sent.headers, QUERY_STRING=query
    )


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def check(at: Place, target: Target, sent: Sent, role: str, before: dict[str, tuple[int, int]]) -> int:
    """One request, whose traces are undone."""

    def act() -> tuple[int, bytes, dict[str, tuple[int, int]]]:
        answer = ask(at, target, sent, role)
        refused = 400 <= answer.status_code < 500
        reads = target.method == "get"
        return answer.status_code, content(answer), tables() if refused or reads else before

    status, body, after = undone(act)
    assert status in ANSWERS, f"{target.method} {target.path} ({role}) : {status}"
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and resolve(target.path).view_name in ROW_BY_ROW:
        changed = []
    assert not changed, f"{target.method} {target.path} ({role}) : {status}, and yet wrote {changed}"
    if role not in EVERYWHERE:
        assert MARK.encode() not in body, f"{target.path} shows {role} another association's data"
    return status


def attack(at: Place, target: Target, start: int, examples: int = EXAMPLES) -> set[int]:
    met: set[int] = set()
    before = tables()
    who = st.sampled_from((target.role,) * len(ROLES) + ROLES)

    @seed(start)
    @effort(examples)
    @given(sent=requests(target.form, at.strangers), role=who)
    def run(sent: Sent, role: str) -> None:
        met.add(check(at, target, sent, role, before))

    cache.clear()
    run()
    return met


def faults(at: Place, found: list[Target], start: int) -> tuple[list[str], set[int]]:
    """Every address is tried, whatever the others give."""
    told, met = [], set()
    for target in found:
        try:
            met |= attack(at, target, start)
        except Exception as error:  # a fault of the platform: told with those of the other addresses
            notes = " | ".join(getattr(error, "__notes__", ()))
            told.append(f"{target.method} {target.path} ({target.role}): {error!r} {notes}"[:1500])
    return told, met


def test_no_form_and_no_address_breaks_or_shows_something_of_another_association() -> None:
    at = place()
    found = targets(at)
    assert sum(bool(target.form.fields) for target in found) > 20, "the forms of the pages are read no more"
    met: set[int] = set()
    for start in rounds(0.5):
        told, seen_now = faults(at, found, start)
        met |= seen_now
        assert not told, f"FUZZ_SEED={start}\n" + "\n\n".join(told)
    assert {200, 302, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.BAD_REQUEST} <= met


@pytest.mark.parametrize("role", [role for role in ROLES if role not in EVERYWHERE])
def test_the_rows_of_another_association_are_nobodys_here(role: str) -> None:
    """The addresses of the table, with the keys of the other association."""
    at = place()
    client = at.client(role)
    for name, (method, arguments, _) in sorted(TABLE.items()):
        if any(value.strip("{}") in at.foreign for value in arguments.values()):
            path = at.url(name, arguments, foreign=True)
            answer = undone(lambda path=path, method=method: getattr(client, method)(path))
            assert MARK.encode() not in content(answer), path
            assert answer.status_code in (301, 302, 401, 404, 405), (path, answer.status_code)


def test_the_mark_is_what_its_own_people_read() -> None:
    """Else the tests above would look for nothing."""
    from apps.accounts.models import Membership, Organisation
    from tests.support.client import StrictClient

    at = place()
    organisation = Organisation.objects.get(pk=at.foreign["organisation"])
    owner = Membership.objects.get(organisation=organisation, role="lead").user
    client = StrictClient()
    client.force_login(owner)
    for name in ("accounts:members", "method:engagement", "diagnostic:campaign"):
        if name in TABLE:
            answer = client.get(at.url(name, TABLE[name][1], foreign=True))
            assert answer.status_code == 200, name
            assert MARK in answer.content.decode(), name
