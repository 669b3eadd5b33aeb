"""Releases by the API: what the page shows, for who may read it, and nothing from behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.api import schema
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Consent, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.releases import numbers
from apps.dashboards.tables import TABLES
from tests.api.test_personal import counted
from tests.dashboards.exports.filled import filled
from tests.dashboards.world import programme
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
LIST = "/api/v1/releases/"
Bearer = Callable[[User], StrictClient]


def detail(release: Release) -> str:
    return f"{LIST}{release.pk}/"


def listed(client: StrictClient) -> list[str]:
    return [row["id"] for row in client.get(LIST).json()["results"]]


def cells(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in told["tables"]:
        for row in table["rows"]:
            for cell in row["cells"].values():
                yield table["kind"], cell


def test_a_release_says_when_which_version_and_where_it_is_read(client: StrictClient) -> None:
    release = filled(headline="Les alliances restent à 45.", is_demo=True)
    told = client.get(detail(release)).json()
    assert {name: told[name] for name in told if name != "tables"} == {
        "id": str(release.pk),
        "date": timezone.localdate(release.published_at).isoformat(),
        "version": 1,
        "url": f"http://127.0.0.1:8000/publications/{release.slug}/",
        "title": "Publication nationale, 3e trimestre 2026",
        "headline": "Les alliances restent à 45.",
        "scope": "national",
        "programme": None,
        "quarter": "2026-t3",
        "is_demo": True,
    }
    assert [table["key"] for table in told["tables"]] == [table.key for table in TABLES]
    assert client.get(LIST).json()["results"] == [told]


def test_its_tables_are_those_of_the_page(client: StrictClient) -> None:
    release = filled()
    told = client.get(detail(release)).json()
    stored = numbers.protected(release)
    for table, shown in zip(stored, told["tables"], strict=True):
        assert {name: shown[name] for name in ("title", "says", "kind", "columns", "total", "hidden")} == {
            name: table[name] for name in ("title", "says", "kind", "columns", "total", "hidden")
        }
        assert [row["cells"] for row in shown["rows"]] == [row["cells"] for row in table["rows"]]


def test_a_number_of_associations_is_n_and_a_hidden_cell_has_none(client: StrictClient) -> None:
    found = {"shown": 0, "hidden": 0, "zero": 0, "missing": 0}
    for kind, cell in cells(client.get(detail(filled())).json()):
        found[cell["state"]] += 1
        names = set(cell) - {"since"}
        if cell["state"] == "shown":
            assert names <= {"state", "n", *numbers.OF_KIND[kind]}
            assert cell["n"] % 5 == 0
        else:
            assert names == ({"state", "n"} if cell["state"] == "zero" else {"state"})
    assert all(found.values())


def test_what_a_table_should_not_hold_stays_in(client: StrictClient) -> None:
    release = filled()
    stored = release.tables.get(key="participation-region")
    for row in stored.protected["rows"]:
        row["cells"]["n"] = {"state": "hidden", "n": 98765, "exact": 98764}
        row["exact"] = 98763
    stored.protected["secret"] = 98762
    stored.save()
    assert b"9876" not in client.get(detail(release)).content
    assert b"9876" not in client.get(LIST).content


def test_answers_have_the_shape_that_the_schema_tells(client: StrictClient) -> None:
    document = json.loads(json.dumps(schema.document()))
    shape = {**document["components"]["schemas"]["Release"], "components": document["components"]}
    check = Draft202012Validator(nullable(shape))
    told = client.get(detail(filled())).json()
    assert list(check.iter_errors(told)) == []
    (broken, *_) = [cell for _, cell in cells(told) if cell["state"] == "hidden"]
    broken["exact"] = 7
    assert len(list(check.iter_errors(told))) == 1


def nullable(shape: Any) -> Any:
    """OpenAPI 3.0 says null in a word of its own."""
    if isinstance(shape, list):
        return [nullable(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    made = {name: nullable(one) for name, one in shape.items() if name != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if shape.get("nullable") is True else made


# Who


def around() -> tuple[Release, dict[str, User]]:
    funder = platform_person(PlatformRole.FUNDER)
    of = programme(funder)
    organisation = OrganisationFactory.create()
    Consent.objects.create(programme=of, organisation=organisation, words="accord-1")
    people = {
        "funder": funder,
        "member": member(organisation, "staff"),
        "operator": platform_person(PlatformRole.OPERATOR),
        "stranger": UserFactory.create(),
        "other funder": platform_person(PlatformRole.FUNDER),
    }
    return filled(of), people


def test_a_token_adds_the_releases_of_her_programmes(bearer: Bearer, client: StrictClient) -> None:
    theirs, people = around()
    national = filled(quarter=Quarter(2026, 2))
    for name, user in people.items():
        reads = name in ("funder", "member", "operator")
        program = bearer(user)
        assert (str(theirs.pk) in listed(program)) is reads, name
        assert str(national.pk) in listed(program)
        assert program.get(detail(theirs)).status_code == (200 if reads else 404), name
    assert listed(client) == [str(national.pk)]
    told = bearer(people["funder"]).get(detail(theirs)).json()
    assert (told["scope"], told["programme"]) == ("programme", "Appuis ruraux")
    assert told["title"] == "Programme «\u202fAppuis ruraux\u202f», 3e trimestre 2026"


def test_what_may_not_be_read_answers_like_what_is_not(bearer: Bearer, client: StrictClient) -> None:
    theirs, people = around()
    draft = filled(state=ReleaseState.BUILT, version=4)
    addresses = [detail(theirs), detail(draft), f"{LIST}00000000-0000-4000-8000-000000000000/"]
    for asker in (client, bearer(people["stranger"])):
        answers = [asker.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        told = [{k: v for k, v in answer.headers.items() if k != "Expires"} for answer in answers]
        assert told[0] == told[1] == told[2]


def test_a_draft_is_in_no_list(client: StrictClient, bearer: Bearer) -> None:
    for version, state in enumerate((ReleaseState.BUILT, ReleaseState.SET_ASIDE, ReleaseState.REQUESTED)):
        filled(state=state, quarter=Quarter(2025, version + 1), version=version + 1)
    assert listed(client) == []
    assert listed(bearer(platform_person(PlatformRole.OPERATOR))) == []


# Kept copies


def test_who_has_it_already_is_told_so(client: StrictClient) -> None:
    release = filled()
    for address in (LIST, detail(release)):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]


def test_its_version_tells_nothing_of_what_is_behind(client: StrictClient) -> None:
    release = filled()
    before = client.get(detail(release))
    release.exact_tables.update(exact={"cells": {"53/n": {"n": 7}}, "bases": {}, "rows": [], "columns": []})
    release.suppressions.create(table="axes", row="tout", column="A", reason="small")
    release.audits.create(attacks=[], is_clean=True)
    Release.objects.filter(pk=release.pk).update(size=905, attempts=2, built_at=timezone.now())
    after = client.get(detail(release))
    assert after.content == before.content
    assert after["ETag"] == before["ETag"]
    stored = release.tables.get(key="axes")
    stored.protected["rows"][0]["cells"]["A"] = {"state": "hidden"}
    stored.save()
    assert client.get(detail(release))["ETag"] != before["ETag"]


def test_an_answer_to_a_token_is_kept_by_its_reader_alone(bearer: Bearer) -> None:
    release = filled()
    answer = bearer(UserFactory.create()).get(detail(release))
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


# Lists


def test_the_newest_comes_first_a_few_a_page(client: StrictClient) -> None:
    for version in range(1, 13):
        filled(version=version)
    first = client.get(LIST).json()
    assert first["count"] == 12
    assert [row["version"] for row in first["results"]] == list(range(12, 2, -1))
    second = client.get(first["next"]).json()
    assert [row["version"] for row in second["results"]] == [2, 1]
    assert client.get(f"{LIST}?page=9").status_code == 404


def test_one_release_or_three_cost_the_same_queries(client: StrictClient, bearer: Bearer) -> None:
    funder = platform_person(PlatformRole.FUNDER)
    of = programme(funder)
    askers = (client, bearer(funder))
    filled(of)
    filled()
    costs = [cost(asker) for asker in askers]
    for version in (2, 3):
        filled(version=version)
        filled(of, version=version)
    assert [cost(asker) for asker in askers] == costs
    # How many, the releases, their tables; for a token also its holder and her roles.
    assert costs == [3, 7]


def cost(asker: StrictClient) -> int:
    """Without the counter of demands, in the cache."""
    with CaptureQueriesContext(connection) as queries:
        asker.get(LIST)
    return len([one for one in counted(queries) if "SAVEPOINT" not in one])


def test_it_is_only_read(client: StrictClient) -> None:
    release = filled()
    for address in (LIST, detail(release)):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(address).status_code == 405
